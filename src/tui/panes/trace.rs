//! Pane 5: what the last command did, call by call, hardware events where they happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::TraceKind;
use crate::playground::snapshot::TraceRow;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;

/// From this width on, each call's layer stands at the right.
const LAYERS: u16 = 60;
/// Deeper rows are drawn no further to the right.
const DEEPEST: u32 = 24;

/// Pane 5.
pub(crate) struct Trace<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

impl Widget for &Trace<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let position = &self.snapshot.position;
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Trace,
            is_focused: self.state.pane == Pane::Trace,
            place: lines::printable(&position.command),
            note: format!("step {}", position.step),
            legend: Line::default(),
        };
        frame.render(area, buf);
        let (list, details) = split(pane_frame::inner(area));
        if self.snapshot.trace.is_empty() {
            lines::draw(list, buf, &self.empty(list.width));
            return;
        }
        let visible = rows::visible_trace(&self.snapshot.trace, &self.state.folds);
        let first = first_row(&visible, self.state, list.height);
        for (line, index) in (0..list.height).zip(visible.iter().skip(first)) {
            let row = &self.snapshot.trace[*index];
            let is_last = *index + 1 == self.snapshot.trace.len();
            self.draw_row(list, buf, line, *index, row, is_last);
        }
        lines::draw(details, buf, &self.details(details.width));
    }
}

/// Returns the trace row under a position of the pane.
pub(crate) fn row_at(area: Rect, snapshot: &Snapshot, state: &UiState, position: Position) -> Option<usize> {
    let (list, _) = split(pane_frame::inner(area));
    if !list.contains(position) {
        return None;
    }
    let visible = rows::visible_trace(&snapshot.trace, &state.folds);
    let row = first_row(&visible, state, list.height) + usize::from(position.y - list.y);
    visible.get(row).copied()
}

/// The list, and two lines that tell the selected row in full.
fn split(inner: Rect) -> (Rect, Rect) {
    let details = if inner.height >= 8 { 2 } else { 0 };
    let list = Rect { height: inner.height - details, ..inner };
    (list, Rect { y: list.bottom(), height: details, ..inner })
}

fn first_row(visible: &[usize], state: &UiState, height: u16) -> usize {
    let selected = visible.iter().position(|index| *index >= state.trace).unwrap_or(0);
    rows::first_row(selected, visible.len(), usize::from(height))
}

impl Trace<'_> {
    fn draw_row(&self, list: Rect, buf: &mut Buffer, line: u16, index: usize, row: &TraceRow, is_last: bool) {
        let theme = self.theme;
        let is_selected = index == self.state.trace;
        let style = match is_selected {
            true if self.state.pane == Pane::Trace => theme.selected(),
            true => self.kind_style(row.kind).add_modifier(theme.selected_elsewhere().add_modifier),
            false => self.kind_style(row.kind),
        };
        let is_folded = self.state.folds.contains(&index);
        let fold = match (row.kind, row.descendants) {
            (TraceKind::Fault, _) => theme.sign(Sign::Fault),
            (_, 0) => ' ',
            _ if is_folded => theme.sign(Sign::Folded),
            _ => theme.sign(Sign::Open),
        };
        let mark = if is_selected { theme.sign(Sign::Selected) } else { ' ' };
        let mut spans = vec![
            Span::styled(mark.to_string(), theme.key()),
            Span::styled("│ ".repeat(row.depth.min(DEEPEST) as usize), theme.dim()),
            Span::styled(format!("{fold} "), self.kind_style(row.kind)),
            Span::styled(lines::printable(&row.text), style),
        ];
        if let Some(result) = &row.result {
            spans.push(Span::styled(" → ", theme.dim()));
            spans.push(Span::styled(lines::printable(result), theme.heading()));
        }
        if is_folded {
            spans.push(Span::styled(format!("  +{}", row.descendants), theme.dim()));
        }
        if is_last {
            spans.push(Span::styled("  ◂ now", theme.accent()));
        }
        let width = u16::try_from(row.layer.len()).unwrap_or(0).min(list.width / 2);
        let has_room = list.width >= LAYERS;
        let text = if has_room { Rect { width: list.width.saturating_sub(width + 1), ..list } } else { list };
        lines::draw_row(text, buf, line, &lines::cut(Line::from(spans), text.width));
        if has_room {
            let right = Rect { x: list.right() - width, width, ..list };
            lines::draw_row(right, buf, line, &Line::styled(row.layer, theme.dim()));
        }
    }

    fn kind_style(&self, kind: TraceKind) -> Style {
        match kind {
            TraceKind::Call => self.theme.text(),
            TraceKind::Hardware => self.theme.accent(),
            TraceKind::Fault => self.theme.error(),
            TraceKind::Dropped => self.theme.dim(),
        }
    }

    /// The selected row in full, for where the list had to cut it.
    fn details(&self, width: u16) -> Vec<Line<'static>> {
        let Some(row) = self.snapshot.trace.get(self.state.trace) else { return Vec::new() };
        let result = row.result.as_ref().map_or(String::new(), |result| format!(" → {result}"));
        lines::wrap(
            &lines::printable(&format!("{}: {}{result}", row.layer, row.text)),
            width,
            self.theme.dim(),
        )
    }

    fn empty(&self, width: u16) -> Vec<Line<'static>> {
        let said = if self.snapshot.position.command.is_empty() {
            "No command has run yet. Press : and type one, for example  touch 1 write 0x40000000"
        } else {
            "The last command called no layer and no hardware."
        };
        lines::wrap(said, width, self.theme.dim())
    }
}
