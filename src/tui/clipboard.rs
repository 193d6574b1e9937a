//! Offering text to the clipboard, also over ssh and inside tmux.
//!
//! The terminal takes it as an escape (OSC 52). tmux by default drops that silently, so
//! inside tmux its own command is asked first.

use std::io;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Offers text to whatever clipboard can be reached.
pub(crate) fn copy(text: &str) -> io::Result<()> {
    let is_in_tmux = std::env::var_os("TMUX").is_some();
    if is_in_tmux && load_into_tmux(text).is_ok() {
        Ok(())
    } else {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

/// Hands text to tmux, which passes it on to the terminal (`-w`).
fn load_into_tmux(text: &str) -> io::Result<()> {
    let mut tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = tmux.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    let status = tmux.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("tmux did not take the text")) }
}
