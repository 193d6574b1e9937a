//! The 1024 words of a frame in hexadecimal, eight a row.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;

/// The offset in the page and the selected row's mark: `ff8▸`.
const LABEL: u16 = 4;
/// Eight digits and a space.
const WORD: u16 = 9;

/// A frame's words to draw.
pub(crate) struct Words<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) values: &'a [u32],
    /// Those that the last command changed.
    pub(crate) changed: &'a [u32],
    pub(crate) selected: u32,
}

/// Where the words of a frame stand in an area.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    columns: u16,
    first_row: u16,
    area: Rect,
}

impl Shape {
    /// Fits the words into an area, with the selected one in sight.
    pub(crate) fn fit(area: Rect, selected: u32) -> Shape {
        let columns =
            [8, 4, 2].into_iter().find(|columns| LABEL + columns * WORD - 1 <= area.width).unwrap_or(1);
        let selected_row = selected as usize / usize::from(columns);
        let first = rows::first_row(selected_row, usize::from(1024 / columns), usize::from(area.height));
        Shape { columns, first_row: u16::try_from(first).unwrap_or(0), area }
    }

    /// Returns the word under a position of the screen.
    pub(crate) fn word_at(self, position: Position) -> Option<u32> {
        let column = position.x.checked_sub(self.area.x + LABEL)? / WORD;
        if !self.area.contains(position) || column >= self.columns {
            return None;
        }
        let row = u32::from(self.first_row) + u32::from(position.y - self.area.y);
        let word = row * u32::from(self.columns) + u32::from(column);
        (word < 1024).then_some(word)
    }
}

impl Widget for &Words<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let shape = Shape::fit(area, self.selected);
        for line in 0..area.height.min(1024 / shape.columns) {
            self.draw_row(shape, line, buf);
        }
    }
}

impl Words<'_> {
    fn draw_row(&self, shape: Shape, line: u16, buf: &mut Buffer) {
        let columns = u32::from(shape.columns);
        let row = u32::from(shape.first_row + line);
        let is_selected_row = row == self.selected / columns;
        let style = if is_selected_row { self.theme.key() } else { self.theme.dim() };
        let mark = if is_selected_row { self.theme.sign(Sign::Selected) } else { ' ' };
        let (x, y) = (shape.area.x, shape.area.y + line);
        let width = usize::from(shape.area.width);
        buf.set_stringn(x, y, format!("{:03x}{mark}", row * columns * 4), width, style);
        for column in 0..shape.columns {
            let index = row * columns + u32::from(column);
            let left = LABEL + column * WORD;
            let room = usize::from(shape.area.width.saturating_sub(left));
            if let (Some(word), true) = (self.values.get(index as usize), room > 0) {
                buf.set_stringn(x + left, y, format!("{word:08x}"), room, self.word_style(index, *word));
            }
        }
    }

    fn word_style(&self, index: u32, word: u32) -> ratatui::style::Style {
        let style = match word {
            _ if index == self.selected => self.theme.selected(),
            0 => self.theme.dim(),
            _ => self.theme.text(),
        };
        if self.changed.contains(&index) { style.patch(self.theme.changed()) } else { style }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_finds_the_word_that_is_drawn_there() {
        let shape = Shape::fit(Rect::new(0, 0, 78, 10), 0);
        assert_eq!(shape.word_at(Position::new(4, 0)), Some(0));
        assert_eq!(shape.word_at(Position::new(74, 1)), Some(15));
        assert_eq!(shape.word_at(Position::new(2, 0)), None);
    }
}
