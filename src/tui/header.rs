//! The first row: which state this is, where in its history, and what holds no more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::snapshot::Snapshot;
use crate::tui::overlays::window;
use crate::tui::state::UiState;
use crate::tui::theme::Theme;

/// What the header tells besides the snapshot.
pub(crate) struct Header<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) is_mouse_on: bool,
}

impl Header<'_> {
    /// Draws the row; what finds no room is left out from the end.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let right = self.right(theme);
        let right_width = u16::try_from(right.width()).unwrap_or(u16::MAX);
        let mut line = Line::default();
        for (text, style) in self.left(theme) {
            let is_first = line.spans.is_empty();
            let is_room = line.width() + text.chars().count() + 2 + right.width() < usize::from(area.width);
            if is_first || is_room {
                let gap = " ".repeat(2 - usize::from(is_first));
                line.spans.extend([Span::raw(gap), Span::styled(text, style)]);
            }
        }
        window::put(area, 0, line, buf);
        if right_width < area.width {
            let place = Rect { x: area.right() - right_width, width: right_width, ..area };
            window::put(place, 0, right, buf);
        }
    }

    /// Returns the parts from the left, the first one never left out.
    fn left(&self, theme: &Theme) -> Vec<(String, Style)> {
        let position = &self.snapshot.position;
        let step = format!("step {}/{}", position.step, position.last);
        let mut parts = vec![(self.snapshot.title.clone(), theme.heading()), (step, theme.key())];
        if let Some(mark) = &position.mark {
            parts.push((format!("[{mark}]"), theme.key()));
        }
        if position.branches > 1 {
            parts.push((format!("branch {}/{}", position.branch + 1, position.branches), theme.text()));
        }
        let process = self.snapshot.processes.iter().find(|row| row.id == self.state.focus.process);
        if let Some(process) = process {
            parts.push((format!("process {} {}", process.id, process.name), theme.text()));
        }
        parts.push((position.command.clone(), theme.dim()));
        parts
    }

    fn right(&self, theme: &Theme) -> Line<'static> {
        let mut spans = Vec::new();
        let broken = self.snapshot.invariants.iter().filter(|row| !row.broken.is_empty()).count();
        if broken > 0 {
            spans.push(Span::styled(format!("× {broken} broken  "), theme.error()));
        }
        let mouse = if self.is_mouse_on { "mouse " } else { "no mouse " };
        spans.push(Span::styled(mouse, theme.dim()));
        Line::from(spans)
    }
}
