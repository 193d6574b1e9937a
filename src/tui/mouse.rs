//! The mouse: a click selects, the wheel moves.

use crossterm::event::MouseButton;
use crossterm::event::MouseEvent;
use crossterm::event::MouseEventKind;
use ratatui::layout::Position;

use crate::tui::app::App;
use crate::tui::click;
use crate::tui::layout;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::screen;
use crate::tui::state::motion;
use crate::tui::state::motion::Motion;

/// How many rows one notch of the wheel moves.
const NOTCH: u16 = 3;

/// Takes a click or the wheel while no window is open.
pub(crate) fn handle(app: &mut App, event: MouseEvent) {
    let body = screen::body(app);
    let position = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            click::click(&mut app.state, &app.snapshot, &app.theme, body, position);
        }
        MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
            let motion = if event.kind == MouseEventKind::ScrollUp { Motion::Up } else { Motion::Down };
            if let Some((pane, _)) = layout::pane_at(body, &app.state, position) {
                app.state.focus_pane(pane);
                (0..NOTCH).for_each(|_| motion::navigate(&mut app.state, &app.snapshot, motion));
            }
        }
        _ => return,
    }
    if app.state.focus != app.snapshot.focus {
        app.refresh();
    }
}

/// Returns where the left button was pressed.
pub(crate) fn click(event: MouseEvent) -> Option<Position> {
    let is_click = event.kind == MouseEventKind::Down(MouseButton::Left);
    is_click.then(|| Position::new(event.column, event.row))
}

/// Returns what the wheel means inside a window.
pub(crate) fn wheel(kind: MouseEventKind) -> Option<Stroke> {
    match kind {
        MouseEventKind::ScrollUp => Some(Stroke::Up),
        MouseEventKind::ScrollDown => Some(Stroke::Down),
        _ => None,
    }
}
