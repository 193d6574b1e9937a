//! Colour and sign by role: the only place that knows what anything looks like.
//!
//! Panes ask for a role ("error", "selected", "a page of process 3") and get a style.
//! Every state also has a sign of its own, so nothing is ever told by colour alone.

pub(crate) mod depth;
pub(crate) mod glyphs;
pub(crate) mod palette;
pub(crate) mod roles;
pub(crate) mod wire;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;
use ratatui::symbols::border;

use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;
use crate::tui::theme::glyphs::Sign;
use crate::tui::theme::palette::Palette;

/// One look: a palette at a depth, with or without Unicode.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    name: ThemeName,
    depth: Depth,
    is_ascii: bool,
    palette: Palette,
}

impl Theme {
    /// Builds the look that a name, a depth and `--ascii` ask for.
    pub(crate) fn new(name: ThemeName, depth: Depth, is_ascii: bool) -> Theme {
        Theme { name, depth, is_ascii, palette: palette::palette(name, depth) }
    }

    /// Returns another theme for the same terminal.
    pub(crate) fn named(&self, name: ThemeName) -> Theme {
        Theme::new(name, self.depth, self.is_ascii)
    }

    /// Returns which theme this is.
    pub(crate) fn name(&self) -> ThemeName {
        self.name
    }

    /// Returns whether it is without colour, so that modifiers carry everything.
    pub(crate) fn is_mono(&self) -> bool {
        self.name == ThemeName::Mono || self.depth == Depth::Mono
    }

    /// Returns a sign, in ASCII if asked for.
    pub(crate) fn sign(&self, sign: Sign) -> char {
        if self.is_ascii { glyphs::to_ascii(sign.as_char()) } else { sign.as_char() }
    }

    /// Finishes a drawn area: with `--ascii`, replaces every other sign.
    pub(crate) fn finish(&self, area: Rect, buf: &mut Buffer) {
        if self.is_ascii {
            glyphs::fold_to_ascii(area, buf);
        }
    }
}

/// The styles of chrome and text.
impl Theme {
    /// The page everything stands on.
    pub(crate) fn page(&self) -> Style {
        if !self.palette.paints_page {
            return Style::new();
        }
        Style::new().fg(wire::from_rgb(self.palette.ink)).bg(wire::from_rgb(self.palette.page))
    }

    /// Ordinary text.
    pub(crate) fn text(&self) -> Style {
        // The colour is named even where it is the terminal's own, so that a title does not
        // take the colour of the border it stands in.
        Style::new().fg(Color::Reset).patch(self.page())
    }

    /// Text that matters less.
    pub(crate) fn dim(&self) -> Style {
        if self.palette.chrome.dim == Color::Reset {
            return self.text().add_modifier(Modifier::DIM);
        }
        self.text().fg(self.palette.chrome.dim)
    }

    /// What leads the eye: the pane in focus.
    pub(crate) fn accent(&self) -> Style {
        self.text().fg(self.or_ink(self.palette.chrome.accent))
    }

    /// A key to press.
    pub(crate) fn key(&self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// A heading inside a pane.
    pub(crate) fn heading(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// Something to notice.
    pub(crate) fn warning(&self) -> Style {
        self.text().fg(self.or_ink(self.palette.chrome.warning)).add_modifier(Modifier::BOLD)
    }

    /// Something wrong.
    pub(crate) fn error(&self) -> Style {
        self.text().fg(self.or_ink(self.palette.chrome.error)).add_modifier(Modifier::BOLD)
    }

    /// The selected row; it also has a `▸`.
    pub(crate) fn selected(&self) -> Style {
        self.text().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// The row where one would be, in a list that is not in focus; it has a `▸` too.
    pub(crate) fn selected_elsewhere(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// The selected cell: a block of accent, which no owner's colour comes near.
    pub(crate) fn selected_cell(&self) -> Style {
        self.linked().add_modifier(Modifier::BOLD)
    }

    /// What is the same thing as the selection of another pane.
    pub(crate) fn linked(&self) -> Style {
        self.accent().add_modifier(Modifier::REVERSED)
    }

    /// What the last command changed.
    #[expect(clippy::unused_self, reason = "every look is asked of the theme")]
    pub(crate) fn changed(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A pane's border.
    pub(crate) fn border(&self, is_focused: bool) -> Style {
        if is_focused { self.accent() } else { self.dim() }
    }

    /// A pane's title.
    pub(crate) fn title(&self, is_focused: bool) -> Style {
        if is_focused { self.key() } else { self.dim() }
    }

    /// A pane's border lines: thick when it is in focus, so that colour is not needed.
    #[expect(clippy::unused_self, reason = "every look is asked of the theme")]
    pub(crate) fn border_set(&self, is_focused: bool) -> border::Set<'static> {
        if is_focused { border::THICK } else { border::ROUNDED }
    }

    /// A tab in the row of panes.
    pub(crate) fn tab(&self, is_active: bool) -> Style {
        if is_active { self.accent().add_modifier(Modifier::REVERSED | Modifier::BOLD) } else { self.dim() }
    }

    fn or_ink(&self, colour: Color) -> Color {
        if colour == Color::Reset { self.text().fg.unwrap_or(Color::Reset) } else { colour }
    }
}
