//! The last row: the keys that matter here, the most important first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::keymap::Keymap;
use crate::tui::overlays::window;
use crate::tui::state::Pane;
use crate::tui::theme::Theme;

/// Draws as many keys as fit. The key that shows all of them stands at the right and is
/// the last to go.
pub(crate) fn draw(keymap: &Keymap, pane: Pane, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let help_width = draw_help(keymap, area, buf, theme);
    let mut line = Line::default();
    for (key, word) in keymap.footer(pane) {
        let hint = hint(&key.to_string(), word, theme);
        if line.width() + hint.width() + usize::from(help_width) <= usize::from(area.width) {
            line.spans.extend(hint.spans);
        }
    }
    window::put(Rect { width: area.width - help_width, ..area }, 0, line, buf);
}

/// Draws the key that shows all keys, and returns its width.
pub(crate) fn draw_help(keymap: &Keymap, area: Rect, buf: &mut Buffer, theme: &Theme) -> u16 {
    let help = hint(&keymap.key_of("help"), "all keys", theme);
    let width = u16::try_from(help.width()).unwrap_or(u16::MAX).min(area.width);
    window::put(Rect { x: area.right() - width, width, ..area }, 0, help, buf);
    width
}

fn hint(key: &str, word: &'static str, theme: &Theme) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!(" {key}"), theme.key()),
        Span::styled(format!(" {word} "), theme.dim()),
    ])
}
