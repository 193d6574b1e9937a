//! The one line that tells what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

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

    /// Draws the sentence; `!` marks what went wrong, so that colour is not needed.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let line = match self.weight {
            Weight::Said => Line::styled(format!(" {}", self.text), theme.text()),
            Weight::Warned => Line::styled(format!(" ! {}", self.text), theme.warning()),
            Weight::Refused => Line::styled(format!(" ! {}", self.text), theme.error()),
        };
        window::put(area, 0, line, buf);
    }
}
