//! A line to type in and a list under it: the part that palette, picker and steps share.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::overlays::line::LineEditor;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;

/// What was typed, and which row is selected.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Menu {
    pub(crate) line: LineEditor,
    pub(crate) selected: usize,
}

/// What a click did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Click {
    Missed,
    Selected,
    Chose,
}

/// How far a page is.
const PAGE: usize = 10;

impl Menu {
    /// Moves among this many rows or edits the line; says whether the text changed.
    pub(crate) fn handle(&mut self, stroke: Stroke, rows: usize) -> bool {
        let last = rows.saturating_sub(1);
        let selected = match stroke {
            Stroke::Up => self.selected.saturating_sub(1),
            Stroke::Down => self.selected + 1,
            Stroke::PageUp => self.selected.saturating_sub(PAGE),
            Stroke::PageDown => self.selected + PAGE,
            _ => {
                let is_changed = self.line.handle(stroke);
                if is_changed {
                    self.selected = 0;
                }
                return is_changed;
            }
        };
        self.selected = selected.min(last);
        false
    }

    /// Draws the line with a sign in front of it.
    pub(crate) fn draw_line(&self, sign: &str, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let room = area.width.saturating_sub(2);
        let mut line = self.line.draw(room, true, theme);
        line.spans.insert(0, Span::styled(format!("{sign} "), theme.key()));
        window::put(area, 0, line, buf);
    }

    /// Takes a click on one of this many rows: it is selected, and a second click chooses it.
    pub(crate) fn click(&mut self, rows: usize, area: Rect, position: Position) -> Click {
        if !area.contains(position) {
            return Click::Missed;
        }
        let first = rows::first_row(self.selected, rows, usize::from(area.height));
        let row = first + usize::from(position.y - area.y);
        if row >= rows {
            return Click::Missed;
        }
        let was_selected = row == self.selected;
        self.selected = row;
        if was_selected { Click::Chose } else { Click::Selected }
    }

    /// Draws the rows, the selected one marked and in view.
    pub(crate) fn draw_rows(&self, lines: &[Line<'_>], area: Rect, buf: &mut Buffer, theme: &Theme) {
        let first = rows::first_row(self.selected, lines.len(), usize::from(area.height));
        for (row, index) in (0..area.height).zip(first..lines.len()) {
            let is_selected = index == self.selected;
            let mark = if is_selected { theme.sign(Sign::Selected) } else { ' ' };
            let mut line = lines[index].clone();
            line.spans.insert(0, Span::styled(format!("{mark} "), theme.key()));
            window::put(area, row, line, buf);
            if is_selected {
                window::select(area, row, theme.selected(), buf);
            }
        }
    }
}
