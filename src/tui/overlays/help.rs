//! Every key, the focused pane's first: derived from the table, searchable with `/`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::actions::ActionRow;
use crate::tui::actions::TOPICS;
use crate::tui::keymap;
use crate::tui::keymap::Keymap;
use crate::tui::overlays::Reply;
use crate::tui::overlays::line::LineEditor;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::state::Pane;
use crate::tui::theme::Theme;

/// Columns that keys may take.
const KEY_COLUMNS: usize = 13;

/// A column of the help; wide screens show two or three.
const COLUMN_WIDTH: u16 = 77;
/// What no row of the table says.
const CLOSING: &[&str] = &[
    "Numbers are decimal, 0x hex, or end in k or M. Flags are letters: PWU.",
    "With the mouse on, Shift-drag (Option-drag on a Mac) still selects text.",
];

/// A line of the help.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Row {
    Heading(String),
    Key { keys: String, doc: &'static str },
    Note(&'static str),
}

/// The help, as far as it was searched and scrolled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Help {
    rows: Vec<Row>,
    query: LineEditor,
    is_searching: bool,
    scroll: usize,
}

impl Help {
    /// Collects the keys: those of a pane, then all of them by topic.
    pub(crate) fn new(keymap: &Keymap, pane: Pane) -> Self {
        let key = |row: &'static ActionRow| Row::Key { keys: keymap.keys_text(row), doc: row.doc };
        let mut rows = vec![Row::Heading(format!("In pane {}, {}", pane.key(), pane.name()))];
        let own = TOPICS.iter().flat_map(|topic| topic.rows).filter(|row| keymap::belongs_to(row, pane));
        rows.extend(own.map(key));
        for topic in TOPICS {
            rows.push(Row::Heading(topic.title.to_string()));
            rows.extend(topic.rows.iter().map(key));
        }
        rows.push(Row::Heading("Good to know".to_string()));
        rows.extend(CLOSING.iter().map(|note| Row::Note(note)));
        Help { rows, query: LineEditor::default(), is_searching: false, scroll: 0 }
    }

    /// Is the search line open?
    pub(crate) fn is_searching(&self) -> bool {
        self.is_searching
    }

    /// Scrolls, searches, closes.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> Reply {
        if self.is_searching {
            self.search(stroke);
            return Reply::Stay;
        }
        let last = self.shown().len().saturating_sub(1);
        self.scroll = match stroke {
            Stroke::Cancel | Stroke::Accept | Stroke::Type('?') => return Reply::Close,
            Stroke::Type('/') => {
                self.is_searching = true;
                0
            }
            Stroke::Up | Stroke::Type('k') => self.scroll.saturating_sub(1),
            Stroke::Down | Stroke::Type('j') => self.scroll + 1,
            Stroke::PageUp => self.scroll.saturating_sub(10),
            Stroke::PageDown | Stroke::Type(' ') => self.scroll + 10,
            Stroke::Home => 0,
            Stroke::End => last,
            _ => self.scroll,
        }
        .min(last);
        Reply::Stay
    }

    fn search(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Accept => self.is_searching = false,
            Stroke::Cancel => {
                self.is_searching = false;
                self.query = LineEditor::default();
            }
            _ if self.query.handle(stroke) => self.scroll = 0,
            _ => {}
        }
    }

    /// Returns the rows that the search leaves; a heading stays while a row under it does.
    fn shown(&self) -> Vec<&Row> {
        let query = self.query.text().to_lowercase();
        let fits = |row: &Row| match row {
            Row::Heading(_) => true,
            Row::Key { keys, doc } => {
                doc.to_lowercase().contains(&query) || keys.to_lowercase().contains(&query)
            }
            Row::Note(note) => note.to_lowercase().contains(&query),
        };
        let left: Vec<&Row> = self.rows.iter().filter(|row| fits(row)).collect();
        let is_heading = |at: usize| left.get(at).is_none_or(|row| matches!(row, Row::Heading(_)));
        (0..left.len()).filter(|&at| !(is_heading(at) && is_heading(at + 1))).map(|at| left[at]).collect()
    }

    /// Draws the help over the whole area, in as many columns as fit.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let hints = [(Stroke::Type('/'), "search"), (Stroke::Down, "scroll"), (Stroke::Cancel, "close")];
        let mut inner = Window { title: "All keys", hints: &hints }.open(area, buf, theme);
        if self.is_searching || !self.query.text().is_empty() {
            let mut line = self.query.draw(inner.width.saturating_sub(2), self.is_searching, theme);
            line.spans.insert(0, Span::styled("/ ", theme.key()));
            window::put(inner, 0, line, buf);
            inner =
                Rect { y: inner.y + inner.height.min(1), height: inner.height.saturating_sub(1), ..inner };
        }
        let columns = (inner.width / COLUMN_WIDTH).clamp(1, 3);
        let width = inner.width / columns;
        let rows = self.shown();
        let mut rest = rows.iter().skip(self.scroll);
        for column in 0..columns {
            let part = Rect { x: inner.x + column * width, width: width - u16::from(columns > 1), ..inner };
            for (row, line) in (0..part.height).zip(rest.by_ref()) {
                window::put(part, row, draw_row(line, theme), buf);
            }
        }
    }
}

fn draw_row<'a>(row: &'a Row, theme: &Theme) -> Line<'a> {
    match row {
        Row::Heading(title) => Line::styled(title.as_str(), theme.heading()),
        Row::Note(note) => Line::styled(format!("  {note}"), theme.dim()),
        Row::Key { keys, doc } => Line::from(vec![
            Span::styled(format!("  {keys:<KEY_COLUMNS$} "), theme.key()),
            Span::styled(*doc, theme.text()),
        ]),
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::key_file::Overrides;

    use super::*;

    fn shown(query: &str) -> Vec<String> {
        let mut help = Help::new(&Keymap::new(&Overrides::new()), Pane::Frames);
        help.handle(Stroke::Type('/'));
        query.chars().for_each(|letter| _ = help.handle(Stroke::Type(letter)));
        let name = |row: &&Row| match row {
            Row::Heading(title) => format!("# {title}"),
            Row::Key { keys, .. } => keys.clone(),
            Row::Note(note) => (*note).to_string(),
        };
        help.shown().iter().map(name).collect()
    }

    /// Columns that a sentence may take: what 80 columns leave it.
    const DOC_COLUMNS: usize = 60;

    #[test]
    fn every_row_fits_the_narrowest_column() {
        for row in TOPICS.iter().flat_map(|topic| topic.rows) {
            assert!(row.doc.chars().count() <= DOC_COLUMNS, "{}: {}", row.name, row.doc);
        }
    }

    #[test]
    fn a_search_leaves_the_rows_that_say_it() {
        assert_eq!(shown("registers"), ["# Moving", "4"]);
        assert!(shown("nothing says this").is_empty());
        assert_eq!(shown("")[0], "# In pane 3, Frames");
    }
}
