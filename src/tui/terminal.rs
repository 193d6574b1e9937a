//! The terminal: its modes are taken on entering and given back on every way out.
//!
//! Given back: on a normal end, on an error, on a panic of the drawing thread and while
//! the program is suspended. A worker's panic must not tear the screen down under a main
//! loop that keeps drawing, so the panic hook looks at the thread.
//! Never here: what is drawn.

use std::io;
use std::io::Write;
use std::panic;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::DisableBracketedPaste;
use crossterm::event::EnableBracketedPaste;
use crossterm::execute;
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal;
use crossterm::terminal::BeginSynchronizedUpdate;
use crossterm::terminal::EndSynchronizedUpdate;
use crossterm::terminal::EnterAlternateScreen;
use crossterm::terminal::LeaveAlternateScreen;
use ratatui::Frame;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use crate::tui::frame_writer::FrameWriter;

/// Clicks, drags and the wheel in SGR coordinates. crossterm's own command also asks for
/// every movement of the pointer (1003), which would wake an idle program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Are the terminal's modes ours at present? Whoever clears it gives them back.
static IS_ENTERED: AtomicBool = AtomicBool::new(false);

/// The screen, for as long as the modes are ours.
pub(crate) struct Screen {
    terminal: Terminal<CrosstermBackend<FrameWriter<io::Stdout>>>,
    is_mouse_on: bool,
    /// Must the next frame be written whole?
    is_forgotten: bool,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste and, if asked, the mouse.
    ///
    /// # Errors
    /// The terminal does not answer; whatever was taken of it is given back.
    pub(crate) fn enter(is_mouse_on: bool) -> io::Result<Self> {
        Screen::try_enter(is_mouse_on).inspect_err(|_| give_back())
    }

    fn try_enter(is_mouse_on: bool) -> io::Result<Self> {
        take_modes(is_mouse_on)?;
        let backend = CrosstermBackend::new(FrameWriter::new(io::stdout()));
        let mut screen = Screen { terminal: Terminal::new(backend)?, is_mouse_on, is_forgotten: false };
        screen.terminal.hide_cursor()?;
        Ok(screen)
    }

    /// Draws one frame in one write, inside a synchronised update (DEC mode 2026).
    pub(crate) fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.is_forgotten) {
            // Not `Terminal::clear`: that asks for the cursor's position, and the answer
            // would race with the thread that reads keys.
            let size = self.terminal.size()?;
            self.terminal.resize(Rect::from(size))?;
        }
        self.terminal.draw(render)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what the terminal shows, so that the next frame is written whole.
    pub(crate) fn forget(&mut self) {
        self.is_forgotten = true;
    }

    /// Turns mouse reports on or off; off, the terminal's own selection works again.
    pub(crate) fn set_mouse(&mut self, is_on: bool) -> io::Result<()> {
        self.is_mouse_on = is_on;
        execute!(io::stdout(), Print(if is_on { MOUSE_ON } else { MOUSE_OFF }))
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal
    /// again once the shell's `fg` lets it go on.
    pub(crate) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        stop()?;
        self.take_again()
    }

    /// Takes the modes again after the process was stopped, by us or from outside.
    pub(crate) fn take_again(&mut self) -> io::Result<()> {
        // crossterm believes that raw mode is still on, and would do nothing.
        terminal::disable_raw_mode()?;
        take_modes(self.is_mouse_on)?;
        self.forget();
        self.terminal.hide_cursor()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Makes a panic of this thread give the terminal back before its report is printed.
pub(crate) fn install_panic_hook() {
    let drawing_thread = thread::current().id();
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == drawing_thread {
            give_back();
        }
        report(info);
    }));
}

fn take_modes(is_mouse_on: bool) -> io::Result<()> {
    IS_ENTERED.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if is_mouse_on { execute!(io::stdout(), Print(MOUSE_ON)) } else { Ok(()) }
}

/// Undoes every mode, once. Errors are dropped: the terminal may be gone already.
///
/// A frame cut short comes first, or the terminal would go on holding the screen still;
/// the modes come before anything is printed. `Show`, because leaving the alternate screen
/// does not bring a hidden cursor back.
pub(crate) fn give_back() {
    if !IS_ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(out, EndSynchronizedUpdate, Print(MOUSE_OFF), DisableBracketedPaste, Show);
    let _ = queue!(out, LeaveAlternateScreen);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}
