//! Pane 6: what the last command changed, and whether the invariants still hold.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::InvariantRow;
use crate::playground::snapshot::Snapshot;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::state::rows::ChangeItem;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;

/// Pane 6.
pub(crate) struct Changes<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

impl Widget for &Changes<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let broken = self.snapshot.invariants.iter().filter(|row| !row.broken.is_empty()).count();
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Changes,
            is_focused: self.state.pane == Pane::Changes,
            place: String::new(),
            note: match broken {
                0 => format!("all {} invariants hold", self.snapshot.invariants.len()),
                count => format!("{} {count} broken", self.theme.sign(Sign::Fault)),
            },
            legend: Line::default(),
        };
        frame.render(area, buf);
        let inner = pane_frame::inner(area);
        let all = self.rows(inner.width);
        let first = self.first_row(&all, inner.height);
        let shown: Vec<Line> = all.into_iter().skip(first).map(|(_, line)| line).collect();
        lines::draw(inner, buf, &shown);
    }
}

impl Changes<'_> {
    /// Returns the item under a position of the pane, counted as in [`rows::change_items`].
    pub(crate) fn item_at(&self, area: Rect, position: Position) -> Option<usize> {
        let inner = pane_frame::inner(area);
        if !inner.contains(position) {
            return None;
        }
        let all = self.rows(inner.width);
        let row = self.first_row(&all, inner.height) + usize::from(position.y - inner.y);
        all.get(row).and_then(|(item, _)| *item)
    }

    fn first_row(&self, all: &[(Option<usize>, Line)], height: u16) -> usize {
        let selected = all.iter().position(|(item, _)| *item == Some(self.state.change)).unwrap_or(0);
        // The first item's heading stays in sight.
        let selected = if self.state.change == 0 { 0 } else { selected };
        rows::first_row(selected, all.len(), usize::from(height))
    }

    /// Every line of the pane, with the item it belongs to.
    fn rows(&self, width: u16) -> Vec<(Option<usize>, Line<'static>)> {
        let step = self.snapshot.position.step;
        let mut all = vec![(None, Line::styled(format!("  What step {step} changed"), self.theme.heading()))];
        if self.snapshot.changes.is_empty() {
            let said = if step == 0 {
                "  Nothing yet: this is the start. Press : to run a command."
            } else {
                "  Nothing."
            };
            all.push((None, Line::styled(said, self.theme.dim())));
        }
        let mut has_heading = false;
        for (index, item) in rows::change_items(self.snapshot).into_iter().enumerate() {
            if matches!(item, ChangeItem::Invariant(_)) && !has_heading {
                has_heading = true;
                all.push((None, Line::default()));
                all.push((None, Line::styled("  Invariants", self.theme.heading())));
            }
            all.extend(self.item(index, item, width).into_iter().map(|line| (Some(index), line)));
        }
        all
    }

    fn item(&self, index: usize, item: ChangeItem, width: u16) -> Vec<Line<'static>> {
        let is_selected = index == self.state.change && self.state.pane == Pane::Changes;
        let mark = if is_selected { self.theme.sign(Sign::Selected) } else { ' ' };
        let (sign, text, style) = match item {
            ChangeItem::Change(index) => {
                let text = self.snapshot.changes.get(index).map_or("", |change| change.text.as_str());
                (self.theme.sign(Sign::Changed), text.to_string(), self.theme.text())
            }
            ChangeItem::Invariant(index) => match self.snapshot.invariants.get(index) {
                Some(row) => self.invariant(row),
                None => return Vec::new(),
            },
            ChangeItem::Witness(index, witness) => {
                let row = self.snapshot.invariants.get(index);
                let text =
                    row.and_then(|row| row.broken.get(witness)).map_or("", |change| change.text.as_str());
                let more = row.filter(|row| row.more > 0 && witness + 1 == row.broken.len());
                let more = more.map_or(String::new(), |row| format!(" (and {} more)", row.more));
                (self.theme.sign(Sign::Broken), format!("{text}{more}"), self.theme.error())
            }
        };
        let indent = if matches!(item, ChangeItem::Witness(..)) { "  " } else { "" };
        let style = if is_selected { self.theme.selected() } else { style };
        let head = format!("{mark}{indent} {sign} ");
        self.hang(&head, &lines::printable(&text), width, style)
    }

    fn invariant(&self, row: &InvariantRow) -> (char, String, Style) {
        if row.broken.is_empty() {
            return (
                self.theme.sign(Sign::Holds),
                format!("{}: {}", row.name, row.sentence),
                self.theme.dim(),
            );
        }
        let since = row.since.map_or(String::new(), |step| format!(" (since step {step})"));
        (self.theme.sign(Sign::Fault), format!("{}: {}{since}", row.name, row.sentence), self.theme.error())
    }

    /// Breaks a text into lines that stand under each other behind its mark.
    fn hang(&self, head: &str, text: &str, width: u16, style: Style) -> Vec<Line<'static>> {
        let indent = Span::raw(head).width();
        let room = width.saturating_sub(u16::try_from(indent).unwrap_or(u16::MAX)).max(1);
        let wrapped = lines::wrap(text, room, style);
        let lead = |index: usize| if index == 0 { head.to_string() } else { " ".repeat(indent) };
        let line = |(index, line): (usize, Line<'static>)| {
            let mut spans = vec![Span::styled(lead(index), self.theme.key())];
            spans.extend(line.spans.into_iter().map(|span| span.style(style)));
            Line::from(spans)
        };
        wrapped.into_iter().enumerate().map(line).collect()
    }
}
