//! The whole screen: header, panes, what just happened, keys, and a window over them.

use ratatui::buffer::Buffer;
use ratatui::layout::Constraint;
use ratatui::layout::Layout;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::footer;
use crate::tui::header::Header;
use crate::tui::layout::SMALLEST;
use crate::tui::view;

/// Draws everything. Only reads; drawing twice gives the same screen.
pub(crate) fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    let theme = &app.theme;
    buf.set_style(area, theme.page());
    if !is_big_enough((area.width, area.height)) {
        view::draw_card(area, buf, theme, (area.width, area.height));
        theme.finish(area, buf);
        return;
    }
    let [header, body, notice, footer] = rows(area);
    Header { snapshot: &app.snapshot, state: &app.state, is_mouse_on: app.is_mouse_on }
        .draw(header, buf, theme);
    view::draw(body, buf, &app.snapshot, &app.state, theme);
    app.notice.draw(notice, buf, theme);
    match &app.overlay {
        Some(overlay) => overlay.draw(body, buf, theme),
        None => footer::draw(&app.keymap, app.state.pane, footer, buf, theme),
    }
    theme.finish(area, buf);
}

/// Returns whether there is room for panes, and not only for the card that says there is none.
pub(crate) fn is_big_enough((width, height): (u16, u16)) -> bool {
    width >= SMALLEST.0 && height >= SMALLEST.1
}

/// Returns where the panes are drawn, for the mouse.
pub(crate) fn body(size: (u16, u16)) -> Rect {
    rows(Rect::new(0, 0, size.0, size.1))[1]
}

fn rows(area: Rect) -> [Rect; 4] {
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(1), Constraint::Length(1)];
    Layout::vertical(rows).areas(area)
}
