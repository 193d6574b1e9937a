//! 1024 cells as 64 × 16: the shape of everything in two-level paging.
//!
//! A directory, a table, the frames under one directory entry and all of 4 GiB at 4 MiB
//! a cell each have 1024 parts, and 64 × 16 of them fit a classroom's 80 × 24.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;

/// How many rows the grid has where 64 columns fit.
pub(crate) const ROWS: u16 = 16;
/// The width of the address column: eight digits and the selected row's mark.
const LABEL: u16 = 9;

/// 1024 cells to draw.
pub(crate) struct Grid1024<'a> {
    pub(crate) theme: &'a Theme,
    /// Sign and style of each cell.
    pub(crate) cells: Vec<(char, Style)>,
    /// The address of cell 0.
    pub(crate) first_address: u32,
    /// How much of the address space one cell stands for.
    pub(crate) bytes_per_cell: u32,
    /// The selected cell.
    pub(crate) selected: u32,
}

/// Where the cells of a grid stand in an area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shape {
    /// Cells in a row: 64, or the next power of two that fits.
    columns: u16,
    /// The first row drawn, where not all fit.
    first_row: u16,
    /// The width of the address column, 0 where there is no room for it.
    label: u16,
    area: Rect,
}

impl Shape {
    /// Fits 1024 cells into an area, with the selected one in sight.
    pub(crate) fn fit(area: Rect, selected: u32) -> Shape {
        let label =
            if area.width >= LABEL + 64 || (LABEL + 16..64).contains(&area.width) { LABEL } else { 0 };
        let room = area.width - label.min(area.width);
        let columns = [64, 32, 16, 8, 4, 2].into_iter().find(|columns| *columns <= room).unwrap_or(1);
        let rows = usize::from(1024 / columns);
        let selected_row = selected.min(1023) as usize / usize::from(columns);
        let first = rows::first_row(selected_row, rows, usize::from(area.height));
        Shape { columns, first_row: u16::try_from(first).unwrap_or(0), label, area }
    }

    /// Returns the cell under a position of the screen.
    pub(crate) fn cell_at(self, position: Position) -> Option<u32> {
        let column = position.x.checked_sub(self.area.x + self.label)?;
        if !self.area.contains(position) || column >= self.columns {
            return None;
        }
        let row = u32::from(self.first_row) + u32::from(position.y - self.area.y);
        let cell = row * u32::from(self.columns) + u32::from(column);
        (cell < 1024).then_some(cell)
    }
}

impl Widget for &Grid1024<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let shape = Shape::fit(area, self.selected);
        for position in area.positions() {
            let Some(cell) = shape.cell_at(position) else { continue };
            if let Some((sign, style)) = self.cells.get(cell as usize) {
                buf[position].set_char(*sign).set_style(*style);
            }
        }
        self.draw_labels(shape, buf);
    }
}

impl Grid1024<'_> {
    fn draw_labels(&self, shape: Shape, buf: &mut Buffer) {
        if shape.label == 0 {
            return;
        }
        let columns = u32::from(shape.columns);
        for line in 0..shape.area.height {
            let row = u32::from(shape.first_row + line);
            if row >= 1024 / columns {
                return;
            }
            let address = self.first_address.wrapping_add((row * columns).wrapping_mul(self.bytes_per_cell));
            let is_selected = row == self.selected / columns;
            let style = if is_selected { self.theme.key() } else { self.theme.dim() };
            let mark = if is_selected { self.theme.sign(Sign::Selected) } else { ' ' };
            let label = format!("{address:08x}{mark}");
            buf.set_stringn(shape.area.x, shape.area.y + line, label, usize::from(shape.label), style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::render;
    use crate::tui::theme::depth::Depth;
    use crate::tui::theme::depth::ThemeName;

    fn draw(width: u16, height: u16, selected: u32) -> String {
        let theme = Theme::new(ThemeName::Mono, Depth::Mono, false);
        let sign = |index: u32| char::from_digit(index / 64 % 16, 16).unwrap();
        let cells = (0..1024).map(|index| (sign(index), theme.text())).collect();
        let grid = Grid1024 { theme: &theme, cells, first_address: 0, bytes_per_cell: 1 << 22, selected };
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        (&grid).render(area, &mut buf);
        render::text(&buf)
    }

    #[test]
    fn the_whole_grid_fits_78_by_16() {
        let screen = draw(78, 16, 0x105);
        let lines: Vec<&str> = screen.lines().collect();
        assert_eq!(lines.len(), 16);
        assert_eq!(lines[4], format!("40000000▸{}", "4".repeat(64)));
        assert_eq!(lines[15], format!("f0000000 {}", "f".repeat(64)));
    }

    #[test]
    fn a_low_area_scrolls_to_the_selected_row() {
        assert!(draw(78, 4, 1023).lines().last().unwrap().starts_with("f0000000▸"));
    }

    #[test]
    fn a_narrow_area_has_shorter_rows() {
        assert!(draw(60, 16, 0).lines().nth(2).unwrap().starts_with("10000000 1"));
    }

    #[test]
    fn a_click_finds_the_cell_that_is_drawn_there() {
        let shape = Shape::fit(Rect::new(1, 2, 78, 16), 0);
        assert_eq!(shape.cell_at(Position::new(10, 2)), Some(0));
        assert_eq!(shape.cell_at(Position::new(73, 17)), Some(1023));
        assert_eq!(shape.cell_at(Position::new(74, 17)), None);
        assert_eq!(shape.cell_at(Position::new(9, 2)), None);
    }
}
