//! The screen: panes and windows over the playground's records, and the keys to them.
//!
//! ```text
//!  inputs ──▶ App::handle ──▶ UiState, Playground::apply ──▶ Snapshot ──▶ screen::draw ──▶ terminal
//! ```
//! `terminal` and `inputs` are the only files that know a terminal is there; everything
//! between is driven by tests with keys alone. Nothing here names the kernel or the machine.

// An input becomes an act.
pub(crate) mod inputs;
pub(crate) mod key;
pub(crate) mod key_file;
pub mod keymap;
pub(crate) mod actions;
pub(crate) mod app;
pub(crate) mod update;
pub(crate) mod template;
pub(crate) mod mouse;
pub(crate) mod click;

// Where the user is, and what was said.
pub(crate) mod state;
pub(crate) mod selection;
pub(crate) mod source;
pub(crate) mod search;
pub(crate) mod notice;

// The moment becomes a screen.
pub(crate) mod screen;
pub(crate) mod layout;
pub(crate) mod header;
pub(crate) mod footer;
pub(crate) mod notes;
pub(crate) mod view;
pub(crate) mod panes;
pub(crate) mod widgets;
pub(crate) mod overlays;
pub(crate) mod theme;
pub(crate) mod look;

// The screen leaves the program.
pub(crate) mod terminal;
pub(crate) mod frame_writer;
pub(crate) mod clipboard;
pub(crate) mod render;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod shipped_tests;

use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use crate::playground::Playground;
use crate::tui::app::App;
use crate::tui::app::Effect;
use crate::tui::app::Files;
use crate::tui::inputs::Input;
use crate::tui::key_file::Overrides;
use crate::tui::keymap::Keymap;
use crate::tui::notice::Notice;
use crate::tui::terminal::Screen;

/// What the command line decided.
pub struct RunOptions {
    /// What to show.
    pub playground: Playground,
    /// What the user should read first: warnings from loading, for example.
    pub notices: Vec<String>,
    /// `auto`, or the name of a theme.
    pub theme: String,
    /// `auto`, `true`, `256`, `16` or `none`.
    pub color: String,
    /// Draw with ASCII signs only.
    pub is_ascii: bool,
    /// Hear the mouse from the start.
    pub is_mouse_on: bool,
    /// The user's keys, if the file is there.
    pub keys_file: Option<PathBuf>,
    /// The save that was opened.
    pub save: Option<PathBuf>,
    /// Where saves are looked for; new ones go to the first.
    pub save_directories: Vec<PathBuf>,
    /// Where the state goes when the program ends.
    pub autosave: Option<PathBuf>,
    /// Where the state goes when the program breaks.
    pub crash_save: Option<PathBuf>,
    /// Panic once the first frame is drawn; lets a test see that the terminal is given back.
    pub panics_after_start: bool,
}

/// Shows the playground until the user quits.
///
/// # Errors
/// There is no terminal to draw on, an option names nothing, or the terminal failed.
pub fn run(options: RunOptions) -> color_eyre::Result<()> {
    look::require_terminal()?;
    let theme = look::choose(&options.theme, &options.color, options.is_ascii)?;
    let (overrides, key_mistake) = match options.keys_file.as_deref().map(key_file::read) {
        Some(Err(mistake)) => (Overrides::new(), Some(format!("{mistake}; the usual keys hold"))),
        Some(Ok(overrides)) => (overrides, None),
        None => (Overrides::new(), None),
    };
    let mut app = App::new(options.playground, theme, Keymap::new(&overrides));
    app.is_mouse_on = options.is_mouse_on;
    app.files = Files {
        autosave: options.autosave,
        directories: options.save_directories,
        current: options.save,
        is_saved: true,
    };
    if let Some(notice) = key_mistake.or_else(|| options.notices.into_iter().next()) {
        app.notice = Notice::warned(notice);
    }
    terminal::install_panic_hook();
    let mut screen = Screen::enter(app.is_mouse_on)?;
    let inputs = inputs::start()?;
    app.size = crossterm::terminal::size()?;
    let run = || run_loop(&mut app, &mut screen, &inputs, options.panics_after_start);
    let ended = panic::catch_unwind(AssertUnwindSafe(run));
    drop(screen);
    match ended {
        Ok(Ok(())) => {
            app.last_word().iter().for_each(|word| eprintln!("{word}"));
            Ok(())
        }
        Ok(Err(error)) => {
            // The terminal is gone, the user's work is not.
            let _ = app.autosave();
            Err(error.into())
        }
        Err(payload) => {
            save_after_panic(&app.playground, options.crash_save);
            panic::resume_unwind(payload)
        }
    }
}

/// Draws what is new, then waits for the next input: an idle program does neither.
fn run_loop(
    app: &mut App,
    screen: &mut Screen,
    inputs: &Receiver<Input>,
    panics: bool,
) -> std::io::Result<()> {
    loop {
        if app.take_dirty() {
            screen.draw(|frame| screen::draw(app, frame.area(), frame.buffer_mut()))?;
        }
        assert!(!panics, "asked to panic by --panic-after-start");
        // The threads say goodbye before they end, so the channel never closes silently.
        let Ok(input) = inputs.recv() else { return Ok(()) };
        app.handle(input);
        // What is already waiting (a paste, a spun wheel) is taken before the next frame.
        for input in inputs.try_iter() {
            app.handle(input);
        }
        for effect in app.take_effects() {
            match effect {
                Effect::Quit => return Ok(()),
                Effect::Suspend => screen.suspend()?,
                Effect::TakeAgain => screen.take_again()?,
                Effect::Redraw => screen.forget(),
                Effect::Mouse { is_on } => screen.set_mouse(is_on)?,
                Effect::Copy(text) => clipboard::copy(&text)?,
            }
        }
    }
}

/// Saves what the user had, and says where; the report of the panic stands above it.
fn save_after_panic(playground: &Playground, path: Option<PathBuf>) {
    let Some(path) = path else { return };
    match playground.save(&path) {
        Ok(()) => eprintln!("The state is saved in {}; open it with `certiscope {0}`.", path.display()),
        Err(error) => eprintln!("The state could not be saved: {error}"),
    }
}
