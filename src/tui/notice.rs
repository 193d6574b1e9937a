//! The one line that tells what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::overlays::window;
use crate::tui::theme::Theme;

/// How much a notice matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Weight {
    Said,
    Warned,
    Refused,
}

/// A sentence, until the next one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Notice {
    weight: Weight,
    text: String,
}

impl Notice {
    /// Tells what was done.
    pub(crate) fn said(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Said, text: text.into() }
    }

    /// Tells what to beware of.
    pub(crate) fn warned(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Warned, text: text.into() }
    }

    /// Tells what could not be done, and why.
    pub(crate) fn refused(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Refused, text: text.into() }
    }

    /// Returns the sentence.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Does the sentence need a second row at this width?
    pub(crate) fn is_long(&self, width: u16) -> bool {
        Span::raw(self.shown()).width() >= usize::from(width)
    }

    /// Draws the sentence, over as many rows as the area has.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let style = match self.weight {
            Weight::Said => theme.text(),
            Weight::Warned => theme.warning(),
            Weight::Refused => theme.error(),
        };
        let shown = self.shown();
        let mut rows = window::wrap(&shown, area.width.saturating_sub(2));
        let surplus = rows.split_off(rows.len().min(usize::from(area.height)));
        if let (Some(last), false) = (rows.last_mut(), surplus.is_empty()) {
            last.push('…');
        }
        for (row, text) in (0..area.height).zip(rows) {
            window::put(area, row, Line::styled(format!(" {text}"), style), buf);
        }
    }

    /// The sentence; `!` marks what went wrong, so that colour is not needed.
    fn shown(&self) -> String {
        match self.weight {
            Weight::Said => self.text.clone(),
            Weight::Warned | Weight::Refused => format!("! {}", self.text),
        }
    }
}
