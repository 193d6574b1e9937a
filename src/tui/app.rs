//! The application: what one input does. Knows nothing of the terminal.
//!
//! Only [`crate::tui::update`] and this file change the screen's state, and only
//! `Playground::apply` changes the world. What the terminal must do is left in
//! [`App::take_effects`], so a test drives the application with keys and looks at it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossterm::event::MouseEvent;

use crate::playground::Playground;
use crate::playground::snapshot::Snapshot;
use crate::tui::actions::Action;
use crate::tui::inputs::Input;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::mouse;
use crate::tui::notice::Notice;
use crate::tui::overlays::Context;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::Reply;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::screen;
use crate::tui::state::UiState;
use crate::tui::theme::Theme;

/// Something that only the terminal's owner can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Effect {
    /// End the program.
    Quit,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Take the terminal's modes again.
    TakeAgain,
    /// Write the whole screen again.
    Redraw,
    /// Turn mouse reports on or off.
    Mouse { is_on: bool },
    /// Offer text to the clipboard.
    Copy(String),
}

/// Where states are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// Where the state goes when the program ends.
    pub(crate) autosave: Option<PathBuf>,
    /// Where the picker looks for saves; the first one is the user's own.
    pub(crate) directories: Vec<PathBuf>,
    /// The save that was opened or written last.
    pub(crate) current: Option<PathBuf>,
    /// Is everything that was done also in that save?
    pub(crate) is_saved: bool,
}

/// Everything between the inputs and the screen.
pub(crate) struct App {
    pub(crate) playground: Playground,
    /// The moment shown; always that of the playground and the focus.
    pub(crate) snapshot: Snapshot,
    pub(crate) state: UiState,
    pub(crate) theme: Theme,
    pub(crate) keymap: Keymap,
    pub(crate) overlay: Option<Overlay>,
    pub(crate) notice: Notice,
    pub(crate) files: Files,
    pub(crate) is_mouse_on: bool,
    /// The lines run from palette and forms, oldest first.
    pub(crate) lines: Vec<String>,
    pub(in crate::tui) effects: Vec<Effect>,
    /// Columns and rows of the terminal.
    pub(crate) size: (u16, u16),
    /// Do the state's notes stand under the panes?
    pub(crate) is_reading: bool,
    is_dirty: bool,
    /// The way out that was asked for once and must be asked for again.
    asked: Option<Action>,
    last_word: Option<String>,
}

impl App {
    /// Starts with a playground, and a word on what to do next.
    pub(crate) fn new(playground: Playground, theme: Theme, keymap: Keymap) -> Self {
        let state = UiState::new(playground.first_focus());
        let snapshot = playground.snapshot(&state.focus);
        let notice = welcome(&keymap, !playground.notes().is_empty());
        App {
            playground,
            snapshot,
            state,
            theme,
            keymap,
            overlay: None,
            notice,
            files: Files { is_saved: true, ..Files::default() },
            is_mouse_on: true,
            lines: Vec::new(),
            effects: Vec::new(),
            size: (0, 0),
            is_reading: false,
            is_dirty: true,
            asked: None,
            last_word: None,
        }
    }

    /// Takes one input.
    pub(crate) fn handle(&mut self, input: Input) {
        self.is_dirty = true;
        match input {
            Input::Key(event) => self.key(Key::of(&event)),
            Input::Mouse(event) => self.mouse(event),
            Input::Paste(text) => self.paste(&text),
            Input::Resize(columns, rows) => self.resize((columns, rows)),
            Input::Continued => self.effects.push(Effect::TakeAgain),
            Input::Terminate => self.end(),
        }
    }

    /// Returns what the terminal must do, once.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Returns whether there is anything new to draw, once.
    pub(crate) fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.is_dirty)
    }

    /// Returns what to tell the user once the screen is gone.
    pub(crate) fn last_word(&self) -> Option<&str> {
        self.last_word.as_deref()
    }

    /// Takes the records of the moment shown again, after world or focus changed.
    pub(crate) fn refresh(&mut self) {
        let parents: BTreeMap<u32, u32> =
            self.snapshot.processes.iter().map(|row| (row.id, row.parent)).collect();
        self.snapshot = self.playground.snapshot(&self.state.focus);
        self.leave_the_dead(&parents);
        self.state.settle(&self.snapshot);
        if self.state.focus != self.snapshot.focus {
            self.snapshot = self.playground.snapshot(&self.state.focus);
        }
    }

    /// Moves the focus from a process that is no longer there to its nearest living ancestor,
    /// by the parents it had a moment ago.
    fn leave_the_dead(&mut self, parents: &BTreeMap<u32, u32>) {
        let is_alive = |id: u32| self.snapshot.processes.iter().any(|row| row.id == id);
        let mut process = self.state.focus.process;
        // Process 0 is its own parent: there the climb ends.
        while let Some(&parent) = parents.get(&process).filter(|&&parent| parent != process) {
            if is_alive(process) {
                break;
            }
            process = parent;
        }
        self.state.focus.process = process;
    }

    fn key(&mut self, key: Key) {
        let row = self.keymap.find(key, self.state.pane);
        let action = row.map(|row| row.action);
        self.asked = self.asked.filter(|asked| Some(*asked) == action);
        // These work whatever is open, and even where nothing can be drawn.
        let is_always = matches!(action, Some(Action::Interrupt | Action::Suspend | Action::Redraw));
        let is_blind = !screen::is_big_enough(self.size) && action != Some(Action::Quit);
        match row {
            Some(row) if is_always => self.invoke(row),
            _ if is_blind => {}
            _ if self.overlay.is_some() => self.window_key(key, action),
            Some(row) => self.invoke(row),
            None => {
                let help = self.keymap.key_of("help");
                self.notice = Notice::said(format!("{key} does nothing here; {help} shows all keys"));
            }
        }
    }

    /// Hands a key to the open window, and carries out what it asks for.
    fn window_key(&mut self, key: Key, action: Option<Action>) {
        let Some(mut overlay) = self.overlay.take() else { return };
        let closes = action == Some(Action::Quit) && !overlay.takes_text();
        let reply = match Stroke::of(key) {
            _ if closes => Reply::Close,
            Some(stroke) => overlay.handle(stroke, &self.context()),
            None => Reply::Stay,
        };
        self.answer(overlay, reply);
    }

    /// Keeps a window open, or carries out what it asks for.
    fn answer(&mut self, overlay: Overlay, reply: Reply) {
        match reply {
            Reply::Stay => self.overlay = Some(overlay),
            Reply::Close => {}
            Reply::Ask(request) => self.perform(request),
        }
    }

    /// Returns what windows may look at.
    pub(crate) fn context(&self) -> Context<'_> {
        Context { playground: &self.playground, snapshot: &self.snapshot }
    }

    /// Quits on the second of two interrupts in a row.
    pub(in crate::tui) fn interrupt(&mut self) {
        if self.asked == Some(Action::Interrupt) {
            return self.end();
        }
        self.asked = Some(Action::Interrupt);
        self.overlay = None;
        self.notice = Notice::warned("Press Ctrl-C again to quit; the state will be saved");
    }

    /// Saves and ends the program. If saving fails, the user is told and may insist.
    pub(in crate::tui) fn quit(&mut self) {
        match self.autosave() {
            Err(error) if self.asked != Some(Action::Quit) => {
                self.asked = Some(Action::Quit);
                self.notice = Notice::refused(format!("{error}; save elsewhere, or quit again to lose it"));
            }
            _ => self.end(),
        }
    }

    /// Saves and ends the program whether or not saving worked: nobody is left to ask.
    fn end(&mut self) {
        let is_worth_a_word = self.files.autosave.is_some() && !self.files.is_saved;
        self.last_word = match self.autosave() {
            Err(error) => Some(format!("certiscope: the state is lost: {error}")),
            Ok(()) => {
                is_worth_a_word.then(|| "The state is saved; `certiscope --resume` goes on.".to_string())
            }
        };
        self.effects.push(Effect::Quit);
    }

    /// Saves the state where `--resume` finds it.
    pub(in crate::tui) fn autosave(&self) -> Result<(), String> {
        match &self.files.autosave {
            Some(path) => self.playground.save(path).map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    fn mouse(&mut self, event: MouseEvent) {
        if self.overlay.is_none() {
            mouse::handle(self, event);
            return;
        }
        let Some(mut overlay) = self.overlay.take() else { return };
        let reply = match (mouse::wheel(event.kind), mouse::click(event)) {
            (Some(stroke), _) => overlay.handle(stroke, &self.context()),
            (None, Some(position)) => overlay.click(screen::whole(self), position, &self.context()),
            (None, None) => Reply::Stay,
        };
        self.answer(overlay, reply);
    }

    fn paste(&mut self, text: &str) {
        if let Some(mut overlay) = self.overlay.take() {
            overlay.paste(text, &self.context());
            self.overlay = Some(overlay);
        }
    }

    /// A resize to the same size is how a terminal multiplexer says that somebody attached.
    fn resize(&mut self, size: (u16, u16)) {
        if self.size == size {
            self.effects.push(Effect::Redraw);
        }
        self.size = size;
    }
}

fn welcome(keymap: &Keymap, has_notes: bool) -> Notice {
    let key = |name| keymap.key_of(name);
    if has_notes {
        return Notice::said(format!("{} shows the notes: what this is, and what to try", key("notes")));
    }
    Notice::said(format!(
        "{} touches an address, {} spawns a process, {} goes back in time",
        key("touch"),
        key("spawn"),
        key("undo")
    ))
}
