//! A writer that sends each frame as one write, and an unchanged frame not at all.
//!
//! crossterm flushes in the middle of a frame (when it clears, when it hides the cursor),
//! which tears the picture. So between the begin and the end of a synchronised update
//! nothing leaves this buffer. A panic in the middle leaves the half frame here, unsent.

use std::io;
use std::io::Write;

/// DEC private mode 2026: the terminal shows what lies between the two at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// What ratatui writes when no cell changed: colour and style resets, and hide the cursor.
const UNCHANGED: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m\x1b[?25l";
/// Room for a frame of 200x60 in which every cell changes colour (133 KB).
const FRAME_BYTES: usize = 256 << 10;

/// Holds a frame back until it is whole.
pub(crate) struct FrameWriter<W: Write> {
    frame: Vec<u8>,
    out: W,
}

impl<W: Write> FrameWriter<W> {
    /// Returns a writer in front of another.
    pub(crate) fn new(out: W) -> Self {
        FrameWriter { frame: Vec::with_capacity(FRAME_BYTES), out }
    }

    /// Returns whether the buffer is a frame in which nothing but resets was written.
    fn is_unchanged(&self) -> bool {
        let inside = self.frame.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
        inside.is_some_and(|inside| inside == UNCHANGED)
    }
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let is_half = self.frame.starts_with(BEGIN) && !self.frame.ends_with(END);
        if self.frame.is_empty() || is_half {
            return Ok(());
        }
        let is_unchanged = self.is_unchanged();
        let sent = if is_unchanged { Ok(()) } else { self.out.write_all(&self.frame) };
        self.frame.clear();
        sent?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crossterm::execute;
    use crossterm::queue;
    use crossterm::terminal::BeginSynchronizedUpdate;
    use crossterm::terminal::EndSynchronizedUpdate;
    use ratatui::Terminal;
    use ratatui::TerminalOptions;
    use ratatui::Viewport;
    use ratatui::backend::CrosstermBackend;
    use ratatui::layout::Rect;
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// A writer that keeps each write apart.
    #[derive(Clone, Default)]
    struct Writes(Rc<RefCell<Vec<Vec<u8>>>>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Draws each text as a frame and returns how many bytes each write had.
    fn draw(frames: &[&str]) -> Vec<usize> {
        let writes = Writes::default();
        let backend = CrosstermBackend::new(FrameWriter::new(writes.clone()));
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 2));
        let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        for text in frames {
            queue!(terminal.backend_mut(), BeginSynchronizedUpdate).unwrap();
            terminal.draw(|frame| frame.render_widget(*text, frame.area())).unwrap();
            execute!(terminal.backend_mut(), EndSynchronizedUpdate).unwrap();
        }
        writes.0.borrow().iter().map(Vec::len).collect::<Vec<_>>()
    }

    #[test]
    fn a_frame_is_one_write() {
        assert_eq!(draw(&["hello"]).len(), 1);
        assert_eq!(draw(&["hello", "help!"]).len(), 2);
    }

    #[test]
    fn an_unchanged_frame_is_no_write() {
        assert_eq!(draw(&["hello", "hello", "hello"]).len(), 1);
    }

    #[test]
    fn a_moved_cursor_costs_few_bytes() {
        assert!(draw(&["hello", "hellO"])[1] <= 128);
    }

    #[test]
    fn half_a_frame_stays_here() {
        let writes = Writes::default();
        let mut writer = FrameWriter::new(writes.clone());
        queue!(writer, BeginSynchronizedUpdate).unwrap();
        writer.write_all(b"half").unwrap();
        writer.flush().unwrap();
        drop(writer);
        assert!(writes.0.borrow().is_empty());
    }
}
