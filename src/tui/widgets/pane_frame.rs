//! The border of a pane: its key, its name, where one is in it, and a legend below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Block;
use ratatui::widgets::Borders;
use ratatui::widgets::Widget;

use crate::tui::state::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines;

/// Below this height a pane does without its lower border, so that 16 rows and what explains them fit.
const CLOSED_HEIGHT: u16 = 20;
/// But a pane that is small anyway keeps it: it scrolls, and looks whole.
const SMALL_HEIGHT: u16 = 17;

/// The border of a pane.
pub(crate) struct PaneFrame<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) pane: Pane,
    pub(crate) is_focused: bool,
    /// Where one is: "process 3, table 0x100".
    pub(crate) place: String,
    /// A count or a hint, at the right.
    pub(crate) note: String,
    /// Drawn into the lower border.
    pub(crate) legend: Line<'a>,
}

/// Returns the area inside a pane's border.
pub(crate) fn inner(area: Rect) -> Rect {
    Block::new().borders(borders(area)).inner(area)
}

fn borders(area: Rect) -> Borders {
    if (SMALL_HEIGHT..CLOSED_HEIGHT).contains(&area.height) {
        Borders::TOP | Borders::LEFT | Borders::RIGHT
    } else {
        Borders::ALL
    }
}

impl Widget for &PaneFrame<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let theme = self.theme;
        let title = vec![
            Span::styled(format!(" {} ", self.pane.key()), theme.key()),
            Span::styled(format!("{} ", self.pane.name()), theme.title(self.is_focused)),
        ];
        let taken = self.pane.name().len() + Span::raw(&self.note).width() + 12;
        let place = lines::fit(&self.place, usize::from(area.width).saturating_sub(taken));
        let mut block = Block::new()
            .borders(borders(area))
            .border_set(theme.border_set(self.is_focused))
            .border_style(theme.border(self.is_focused))
            .title_top(Line::from(title));
        if !place.is_empty() {
            block = block.title_top(Line::styled(format!(" {place} "), theme.text()));
        }
        if !self.note.is_empty() {
            block = block.title_top(Line::styled(format!(" {} ", self.note), theme.dim()).right_aligned());
        }
        if self.legend.width() > 0 && borders(area).contains(Borders::BOTTOM) {
            block = block.title_bottom(self.legend.clone());
        }
        block.render(area, buf);
    }
}
