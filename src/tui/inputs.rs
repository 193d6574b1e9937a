//! Everything that can wake the program: keys, mouse, pastes, resizes and signals.
//!
//! One thread reads the terminal, one hears signals, and both push into one channel. The
//! main loop blocks on it, so an idle program uses no time and writes nothing. Nobody
//! else may read from the terminal: two readers would tear escape sequences apart.

use std::io;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event;
use crossterm::event::Event;
use crossterm::event::KeyEvent;
use crossterm::event::KeyEventKind;
use crossterm::event::MouseEvent;

/// One thing that happened outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Input {
    /// A key was pressed or repeats.
    Key(KeyEvent),
    /// A click, a drag or the wheel.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The process was stopped and goes on; the terminal's modes may be gone.
    Continued,
    /// Somebody asks the program to end, or the terminal is gone.
    Terminate,
}

/// Starts both threads and returns the channel they feed.
pub(crate) fn start() -> io::Result<Receiver<Input>> {
    let (sender, receiver) = mpsc::channel();
    hear_signals(sender.clone())?;
    // Makes crossterm listen for resizes now: one that came before would never be told.
    event::poll(Duration::ZERO)?;
    thread::Builder::new().name("terminal reader".into()).spawn(move || read_terminal(sender))?;
    Ok(receiver)
}

/// Says goodbye for a reader that ends for whatever reason, a panic included.
struct LastWord(Sender<Input>);

impl Drop for LastWord {
    fn drop(&mut self) {
        let _ = self.0.send(Input::Terminate);
    }
}

fn read_terminal(sender: Sender<Input>) {
    let out = LastWord(sender);
    while let Ok(event) = event::read() {
        let Some(input) = from_event(event) else { continue };
        if out.0.send(input).is_err() {
            return;
        }
    }
}

/// Returns what an event means to us; the only place that drops key releases.
fn from_event(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

#[cfg(unix)]
fn hear_signals(sender: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::SIGCONT;
    use signal_hook::consts::SIGHUP;
    use signal_hook::consts::SIGINT;
    use signal_hook::consts::SIGQUIT;
    use signal_hook::consts::SIGTERM;
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT])?;
    let hear = move || {
        for signal in signals.forever() {
            let input = if signal == SIGCONT { Input::Continued } else { Input::Terminate };
            if sender.send(input).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(hear)?;
    Ok(())
}

#[cfg(not(unix))]
fn hear_signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;
    use crossterm::event::KeyModifiers;

    use super::*;

    #[test]
    fn a_key_counts_once_however_it_is_reported() {
        let kinds = [KeyEventKind::Press, KeyEventKind::Repeat, KeyEventKind::Release];
        let heard = kinds.map(|kind| {
            let key = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
            from_event(Event::Key(key)).is_some()
        });
        assert_eq!(heard, [true, true, false]);
    }

    #[test]
    fn a_reader_that_ends_says_so() {
        let (sender, receiver) = mpsc::channel();
        drop(LastWord(sender));
        assert_eq!(receiver.recv(), Ok(Input::Terminate));
    }
}
