//! The whole screen: header, panes, what just happened, keys, and a window over them.

use ratatui::buffer::Buffer;
use ratatui::layout::Constraint;
use ratatui::layout::Layout;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::footer;
use crate::tui::header::Header;
use crate::tui::layout::SMALLEST;
use crate::tui::notes;
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
    let [header, whole, notice, footer] = rows(area);
    let (body, notes) = split(app, whole);
    Header { snapshot: &app.snapshot, state: &app.state, is_mouse_on: app.is_mouse_on }
        .draw(header, buf, theme);
    view::draw(body, buf, &app.snapshot, &app.state, theme);
    notes::draw(app, notes, buf, theme);
    // A sentence too long for its row takes the footer's, until the next key.
    let is_long = app.notice.is_long(area.width);
    let told = Rect { height: notice.height + if is_long { footer.height } else { 0 }, ..notice };
    app.notice.draw(told, buf, theme);
    match &app.overlay {
        Some(overlay) => overlay.draw(whole, buf, theme),
        None if is_long => _ = footer::draw_help(&app.keymap, footer, buf, theme),
        None => footer::draw(&app.keymap, app.state.pane, footer, buf, theme),
    }
    theme.finish(area, buf);
}

/// Returns whether there is room for panes, and not only for the card that says there is none.
pub(crate) fn is_big_enough((width, height): (u16, u16)) -> bool {
    width >= SMALLEST.0 && height >= SMALLEST.1
}

/// Returns where the panes are drawn, for the mouse.
pub(crate) fn body(app: &App) -> Rect {
    split(app, whole(app)).0
}

/// Returns where windows are drawn: over the panes and the notes.
pub(crate) fn whole(app: &App) -> Rect {
    rows(Rect::new(0, 0, app.size.0, app.size.1))[1]
}

/// Parts the panes from the notes under them.
fn split(app: &App, body: Rect) -> (Rect, Rect) {
    let height = notes::height(app, body);
    let panes = Rect { height: body.height - height, ..body };
    (panes, Rect { y: panes.bottom(), height, ..body })
}

fn rows(area: Rect) -> [Rect; 4] {
    let rows = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(1), Constraint::Length(1)];
    Layout::vertical(rows).areas(area)
}
