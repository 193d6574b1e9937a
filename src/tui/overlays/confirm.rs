//! A question before something is lost.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;

/// A question, and what a yes asks for. Enter is no answer: it is pressed too easily.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Confirm {
    pub(crate) question: String,
    pub(crate) request: Request,
}

impl Confirm {
    /// Answers the question.
    pub(crate) fn handle(&self, stroke: Stroke) -> Reply {
        match stroke {
            Stroke::Type('y') => Reply::Ask(self.request.clone()),
            Stroke::Type('n') | Stroke::Cancel => Reply::Close,
            _ => Reply::Stay,
        }
    }

    /// Draws the question.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let hints = [(Stroke::Type('y'), "yes"), (Stroke::Type('n'), "no")];
        let inner = Window { title: "Sure?", hints: &hints }.open(window::place(area, 64, 6), buf, theme);
        for (row, line) in (1..inner.height).zip(window::wrap(&self.question, inner.width)) {
            window::put(inner, row, Line::styled(line, theme.warning()), buf);
        }
    }
}
