//! The notes of the state shown, under the panes: they stay while one does what they say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Block;
use ratatui::widgets::Widget;

use crate::tui::app::App;
use crate::tui::overlays::window;
use crate::tui::theme::Theme;

/// Returns the rows that the notes take from a body of this size; none while they are hidden.
///
/// Never more than a part of it: what they talk about must stay in sight.
pub(crate) fn height(app: &App, body: Rect) -> u16 {
    if !app.is_reading {
        return 0;
    }
    let lines = wrapped(app, body).len();
    u16::try_from(lines + 2).unwrap_or(u16::MAX).min(body.height * 2 / 5)
}

/// Draws the notes; the last row counts the lines that found no room.
pub(crate) fn draw(app: &App, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = area.intersection(buf.area);
    if area.height < 3 {
        return;
    }
    let hint = format!(" {} hides ", app.keymap.key_of("notes"));
    Block::bordered()
        .border_set(theme.border_set(false))
        .border_style(theme.border(false))
        .title(Line::styled(" Notes ", theme.title(true)))
        .title(Line::styled(hint, theme.dim()).right_aligned())
        .render(area, buf);
    let inner = window::inner(area);
    let lines = wrapped(app, area);
    let room = usize::from(inner.height);
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    for (row, line) in (0..inner.height).zip(&lines[..shown]) {
        window::put(inner, row, Line::styled(line.as_str(), theme.text()), buf);
    }
    if shown < lines.len() {
        let rest = format!("… {} more lines on a larger screen", lines.len() - shown);
        window::put(inner, inner.height - 1, Line::styled(rest, theme.dim()), buf);
    }
}

/// The notes broken into lines for this width.
fn wrapped(app: &App, area: Rect) -> Vec<String> {
    window::wrap_notes(app.playground.notes(), window::inner(area).width)
}
