//! A few lines to type: the name of a mark, or where and under which title to save.

use std::path::Path;
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

/// The places of a save's two lines.
const TITLE: usize = 0;
const FILE: usize = 1;

/// Labelled lines, one of which has the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Prompt {
    purpose: Purpose,
    fields: Vec<(&'static str, LineEditor)>,
    at: usize,
    /// Where the file follows the title, until somebody types another.
    follows: Option<PathBuf>,
}

impl Prompt {
    /// Asks for the name of a mark.
    pub(crate) fn mark(name: &str) -> Self {
        Prompt {
            purpose: Purpose::Mark,
            fields: vec![("name", LineEditor::offer(name))],
            at: 0,
            follows: None,
        }
    }

    /// Asks for a title and where to save: in the file it has, or in one of a directory that
    /// is named after the title.
    pub(crate) fn save(title: &str, file: Option<&Path>, directory: &Path) -> Self {
        let path = file.map_or_else(|| file_for(directory, title), Path::to_path_buf);
        let path = LineEditor::new(&path.display().to_string());
        Prompt {
            purpose: Purpose::Save,
            fields: vec![("title", LineEditor::offer(title)), ("file", path)],
            at: 0,
            follows: file.is_none().then(|| directory.to_path_buf()),
        }
    }

    /// Edits, moves between lines, or answers.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> Reply {
        let count = self.fields.len();
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept => return self.answer().map_or(Reply::Stay, Reply::Ask),
            Stroke::Next | Stroke::Down => self.at = (self.at + 1) % count,
            Stroke::Previous | Stroke::Up => self.at = (self.at + count - 1) % count,
            _ if self.fields[self.at].1.handle(stroke) => self.follow(),
            _ => {}
        }
        Reply::Stay
    }

    /// Puts pasted text into the line in use.
    pub(crate) fn paste(&mut self, text: &str) {
        self.fields[self.at].1.insert(text);
        self.follow();
    }

    /// Names the file after the title, or stops doing so once the file was typed.
    fn follow(&mut self) {
        if self.at == FILE {
            self.follows = None;
        }
        if let Some(directory) = &self.follows {
            let path = file_for(directory, &self.text(TITLE));
            self.fields[FILE].1.set(&path.display().to_string());
        }
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
            Purpose::Save if self.text(FILE).is_empty() => return None,
            Purpose::Save => Request::Save { path: PathBuf::from(self.text(FILE)), title: first },
        })
    }

    /// Returns what will happen, as a sentence.
    fn advice(&self) -> String {
        let first = self.text(0);
        match self.purpose {
            Purpose::Mark if first.is_empty() => "type a name for this step".to_string(),
            Purpose::Mark => "the name stands in the list of steps and in the save".to_string(),
            Purpose::Save if first.is_empty() => "type what this state is called".to_string(),
            Purpose::Save if self.text(FILE).is_empty() => "type where to save".to_string(),
            Purpose::Save if PathBuf::from(self.text(FILE)).exists() => {
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
        let hints = [(Stroke::Next, "field"), (Stroke::Accept, "do it"), (Stroke::Cancel, "close")];
        let hints = if self.fields.len() > 1 { &hints[..] } else { &hints[1..] };
        let inner = Window { title, hints }.open(window::place(area, 76, 7), buf, theme);
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

/// Returns a file of a directory named after a title: `quota-tree.ron`.
fn file_for(directory: &Path, title: &str) -> PathBuf {
    let words = title.to_lowercase();
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(5).collect();
    let name = if words.is_empty() { "state".to_string() } else { words.join("-") };
    directory.join(format!("{name}.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_follows_the_title_until_it_is_typed() {
        let mut prompt = Prompt::save("A world", None, Path::new("saves"));
        assert_eq!(prompt.text(FILE), "saves/a-world.ron");
        "Two".chars().for_each(|letter| _ = prompt.handle(Stroke::Type(letter)));
        assert_eq!((prompt.text(TITLE), prompt.text(FILE)), ("Two".into(), "saves/two.ron".into()));
        prompt.handle(Stroke::Next);
        prompt.handle(Stroke::Type('x'));
        prompt.handle(Stroke::Next);
        prompt.handle(Stroke::Type('s'));
        assert_eq!(prompt.text(FILE), "saves/two.ronx");
    }
}
