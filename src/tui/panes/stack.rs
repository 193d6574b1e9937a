//! How a grid pane shares its inside: one level or two above each other, and details below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;
use crate::tui::widgets::grid1024;
use crate::tui::widgets::lines;

/// The levels of a grid pane, from the widest to the narrowest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Stack {
    /// The level above the one the user is in, with a heading, where there is room for two.
    pub(crate) upper: Option<Level>,
    /// The level the user is in.
    pub(crate) lower: Level,
    /// What the selection means.
    pub(crate) details: Rect,
}

/// One level of a grid pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Level {
    /// The line above, of no height where there is only one level: the pane's title says it.
    pub(crate) heading: Rect,
    pub(crate) body: Rect,
}

/// Two grids, two headings and two lines about them.
const TWO_LEVELS: u16 = 2 * grid1024::ROWS + 4;
/// Where a whole grid does not fit, this many lines explain its selection.
const FEW_DETAILS: u16 = 4;

/// Shares the inside of a pane.
pub(crate) fn split(inner: Rect) -> Stack {
    let mut rest = inner;
    if inner.height >= TWO_LEVELS {
        let upper = Level { heading: take(&mut rest, 1), body: take(&mut rest, grid1024::ROWS) };
        let lower = Level { heading: take(&mut rest, 1), body: take(&mut rest, grid1024::ROWS) };
        return Stack { upper: Some(upper), lower, details: rest };
    }
    let rows = if inner.height > grid1024::ROWS {
        grid1024::ROWS
    } else {
        inner.height - FEW_DETAILS.min(inner.height / 2)
    };
    let lower = Level { heading: take(&mut rest, 0), body: take(&mut rest, rows) };
    Stack { upper: None, lower, details: rest }
}

/// Cuts rows off the top of what is left.
fn take(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let taken = Rect { height: rows, ..*rest };
    rest.y += rows;
    rest.height -= rows;
    taken
}

/// The line above a level: a mark where the user is, a branch where it hangs below another level.
pub(crate) struct Heading<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) text: String,
    pub(crate) is_here: bool,
    pub(crate) is_lower: bool,
}

impl Widget for Heading<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let style = if self.is_here { self.theme.heading() } else { self.theme.dim() };
        let mark = if self.is_here { self.theme.sign(Sign::Selected) } else { ' ' };
        let branch = if self.is_lower { "└ " } else { "" };
        lines::draw_row(area, buf, 0, &Line::styled(format!("{mark}{branch}{}", self.text), style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classroom_gets_a_whole_grid_and_three_lines() {
        let stack = split(Rect::new(1, 3, 78, 19));
        assert_eq!((stack.lower.body.height, stack.details.height, stack.upper), (16, 3, None));
    }

    #[test]
    fn a_tall_pane_shows_two_levels() {
        let stack = split(Rect::new(0, 0, 78, 40));
        assert_eq!(stack.upper.map(|level| level.body.y), Some(1));
        assert_eq!((stack.lower.body.y, stack.details.height), (18, 6));
    }

    #[test]
    fn a_low_pane_keeps_some_details() {
        let stack = split(Rect::new(0, 0, 78, 10));
        assert_eq!((stack.lower.body.height, stack.details.height), (6, 4));
        assert_eq!(split(Rect::ZERO).details, Rect::ZERO);
    }
}
