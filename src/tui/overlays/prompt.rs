//! A few lines to type: the name of a mark, or where and under which title to save.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::line::LineEditor;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;

/// What the answer is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Purpose {
    Mark,
    Save,
}

/// Labelled lines, one of which has the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Prompt {
    purpose: Purpose,
    fields: Vec<(&'static str, LineEditor)>,
    at: usize,
}

impl Prompt {
    /// Asks for the name of a mark.
    pub(crate) fn mark(name: &str) -> Self {
        Prompt { purpose: Purpose::Mark, fields: vec![("name", LineEditor::new(name))], at: 0 }
    }

    /// Asks where to save, and under which title.
    pub(crate) fn save(path: &str, title: &str) -> Self {
        let fields = vec![("file", LineEditor::new(path)), ("title", LineEditor::new(title))];
        Prompt { purpose: Purpose::Save, fields, at: 0 }
    }

    /// Edits, moves between lines, or answers.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> Reply {
        let count = self.fields.len();
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept => return self.answer().map_or(Reply::Stay, Reply::Ask),
            Stroke::Next | Stroke::Down => self.at = (self.at + 1) % count,
            Stroke::Previous | Stroke::Up => self.at = (self.at + count - 1) % count,
            _ => _ = self.fields[self.at].1.handle(stroke),
        }
        Reply::Stay
    }

    /// Puts pasted text into the line in use.
    pub(crate) fn paste(&mut self, text: &str) {
        self.fields[self.at].1.insert(text);
    }

    fn text(&self, at: usize) -> String {
        self.fields.get(at).map(|(_, line)| line.text().trim().to_string()).unwrap_or_default()
    }

    /// Returns what is asked for; nothing while a line that may not be empty is.
    fn answer(&self) -> Option<Request> {
        let first = self.text(0);
        if first.is_empty() {
            return None;
        }
        Some(match self.purpose {
            Purpose::Mark => Request::Mark(first),
            Purpose::Save => Request::Save { path: PathBuf::from(first), title: self.text(1) },
        })
    }

    /// Returns what will happen, as a sentence.
    fn advice(&self) -> String {
        let first = self.text(0);
        match self.purpose {
            Purpose::Mark if first.is_empty() => "type a name for this step".to_string(),
            Purpose::Mark => "the name stands in the list of steps and in the save".to_string(),
            Purpose::Save if first.is_empty() => "type where to save".to_string(),
            Purpose::Save if PathBuf::from(first).exists() => {
                "! a file is there; you will be asked".to_string()
            }
            Purpose::Save => "the state is saved with its history and marks".to_string(),
        }
    }

    /// Draws the lines.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let title = match self.purpose {
            Purpose::Mark => "Mark this step",
            Purpose::Save => "Save",
        };
        let hints = [(Stroke::Accept, "do it"), (Stroke::Cancel, "close")];
        let inner = Window { title, hints: &hints }.open(window::place(area, 76, 7), buf, theme);
        for (row, (at, (label, line))) in (1..inner.height).zip(self.fields.iter().enumerate()) {
            let is_active = at == self.at;
            let style = if is_active { theme.key() } else { theme.text() };
            let mut shown = line.draw(inner.width.saturating_sub(8), is_active, theme);
            shown.spans.insert(0, Span::styled(format!("{label:<7} "), style));
            window::put(inner, row, shown, buf);
        }
        let advice = self.advice();
        let style = if advice.starts_with('!') { theme.warning() } else { theme.dim() };
        window::put(inner, 4, Line::styled(advice, style), buf);
    }
}
