//! The frame of a window over the panes, and writing into it without ever leaving it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Block;
use ratatui::widgets::Clear;
use ratatui::widgets::Widget;

use crate::tui::overlays::stroke::Stroke;
use crate::tui::theme::Theme;

/// What a window's border says: its title, and what keys do in it.
pub(crate) struct Window<'a> {
    pub(crate) title: &'a str,
    pub(crate) hints: &'a [(Stroke, &'a str)],
}

impl Window<'_> {
    /// Draws the border over whatever is there and returns the room inside.
    pub(crate) fn open(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Rect {
        let area = area.intersection(buf.area);
        Clear.render(area, buf);
        buf.set_style(area, theme.page());
        let block = Block::bordered()
            .border_set(theme.border_set(true))
            .border_style(theme.border(true))
            .title(Line::styled(format!(" {} ", self.title), theme.title(true)))
            .title_bottom(self.hints_line(theme).right_aligned());
        block.render(area, buf);
        inner(area)
    }

    fn hints_line(&self, theme: &Theme) -> Line<'static> {
        let spans = self.hints.iter().flat_map(|(stroke, word)| {
            [
                Span::styled(format!(" {}", stroke.shown()), theme.key()),
                Span::styled(format!(" {word} "), theme.dim()),
            ]
        });
        Line::from(spans.collect::<Vec<_>>())
    }
}

/// Returns the room inside a window's border, a column of air on either side.
pub(crate) fn inner(area: Rect) -> Rect {
    let inner = Block::bordered().inner(area);
    Rect { x: inner.x + u16::from(inner.width > 2), width: inner.width.saturating_sub(2), ..inner }
}

/// Returns an area without its first rows.
pub(crate) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Returns a rectangle of at most this size in the middle of an area, a third from the top.
pub(crate) fn place(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height }
}

/// Returns a rectangle of at most this size at the bottom right: clear of the grids, whose
/// cells a window may talk about.
pub(crate) fn corner(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.right() - width, y: area.bottom() - height, width, height }
}

/// Writes one line into a row of an area; a row outside is not written.
pub(crate) fn put<'a>(area: Rect, row: u16, line: impl Into<Line<'a>>, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if row < area.height {
        buf.set_line(area.x, area.y + row, &line.into(), area.width);
    }
}

/// Marks one row of an area as selected.
pub(crate) fn select(area: Rect, row: u16, style: Style, buf: &mut Buffer) {
    let line = Rect { y: area.y.saturating_add(row), height: 1, ..area };
    buf.set_style(line.intersection(area).intersection(buf.area), style);
}

/// Breaks a text into lines of at most this width, at spaces where there are any.
pub(crate) fn wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width).max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace().flat_map(|word| chunks(word, width)) {
            let joined = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && joined > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// Breaks notes into lines: their own line ends are an editor's, and only an empty line ends
/// a paragraph.
pub(crate) fn wrap_notes(notes: &str, width: u16) -> Vec<String> {
    notes.split("\n\n").flat_map(|text| wrap(&text.replace('\n', " "), width)).collect()
}

/// Cuts a word that is wider than a line.
fn chunks(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width).map(|chunk| chunk.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_at_spaces_and_only_then_inside_words() {
        assert_eq!(wrap("a page walk", 6), ["a page", "walk"]);
        assert_eq!(wrap("0x40001000!", 4), ["0x40", "0010", "00!"]);
        assert_eq!(wrap("one\n\ntwo", 9), ["one", "", "two"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn only_an_empty_line_ends_a_paragraph_of_notes() {
        assert_eq!(wrap_notes("one\ntwo\n\nthree", 9), ["one two", "three"]);
    }
}
