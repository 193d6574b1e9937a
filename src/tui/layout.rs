//! Which panes stand where: one with tabs, four, or all six, by the room there is.

use ratatui::layout::Position;
use ratatui::layout::Rect;

use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::Zoom;

/// The smallest terminal that is drawn in; below it stands a card that says so.
pub(crate) const SMALLEST: (u16, u16) = (60, 16);
/// The header, the notice and the footer that the shell keeps for itself.
pub(crate) const SHELL_ROWS: u16 = 3;
/// A grid of 64 columns, its addresses and its border.
const GRID_WIDTH: u16 = 64 + 9 + 2;
/// A whole grid, its border and four lines about the selection.
const GRID_HEIGHT: u16 = 22;

/// How much fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum SizeClass {
    /// Nothing: a card.
    Tiny,
    /// One pane, and tabs for the others.
    Small,
    /// Frames, tables, processes, and one of the rest.
    Medium,
    /// Everything.
    Large,
}

/// Where each pane that is shown stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Arrangement {
    pub(crate) class: SizeClass,
    /// The row of tabs, in the small class.
    pub(crate) tabs: Option<Rect>,
    pub(crate) panes: Vec<(Pane, Rect)>,
}

/// Returns the size class of a body: the terminal without the shell's rows.
pub(crate) fn size_class(body: Rect) -> SizeClass {
    let (width, height) = (body.width, body.height.saturating_add(SHELL_ROWS));
    match (width, height) {
        _ if width < SMALLEST.0 || height < SMALLEST.1 => SizeClass::Tiny,
        _ if width >= 160 && height >= 50 => SizeClass::Large,
        _ if width >= 100 && height >= 30 => SizeClass::Medium,
        _ => SizeClass::Small,
    }
}

/// Arranges the panes in a body.
pub(crate) fn arrange(body: Rect, state: &UiState) -> Arrangement {
    let class = size_class(body);
    let whole = |tabs, area| Arrangement { class, tabs, panes: vec![(state.pane, area)] };
    match class {
        SizeClass::Tiny => Arrangement { class, tabs: None, panes: Vec::new() },
        _ if state.zoom == Zoom::Full => whole(None, body),
        SizeClass::Small => {
            let [tabs, area] = cut_rows(body, 1);
            whole(Some(tabs), area)
        }
        SizeClass::Medium => Arrangement { class, tabs: None, panes: medium(body, state) },
        SizeClass::Large => Arrangement { class, tabs: None, panes: large(body) },
    }
}

/// Returns the pane under a position, through its tab or its area.
pub(crate) fn pane_at(body: Rect, state: &UiState, position: Position) -> Option<(Pane, Rect)> {
    let arrangement = arrange(body, state);
    if let Some(tabs) = arrangement.tabs.filter(|tabs| tabs.contains(position)) {
        return tab_spans(tabs).into_iter().find(|(_, area)| area.contains(position));
    }
    arrangement.panes.into_iter().find(|(_, area)| area.contains(position))
}

/// Returns where each tab stands in the row of tabs: `▐3 Frames▌`.
pub(crate) fn tab_spans(tabs: Rect) -> Vec<(Pane, Rect)> {
    let mut left = tabs.x;
    let mut spans = Vec::new();
    for pane in Pane::ALL {
        let width = u16::try_from(pane.name().len()).unwrap_or(0) + 4;
        spans.push((pane, Rect { x: left, width, ..tabs }.intersection(tabs)));
        left = left.saturating_add(width);
    }
    spans
}

/// Frames above tables at the left, the one in focus with its whole grid; lists at the right.
fn medium(body: Rect, state: &UiState) -> Vec<(Pane, Rect)> {
    let left_width = if body.width >= GRID_WIDTH + 40 { GRID_WIDTH } else { 64 + 2 };
    let [left, right] = cut_columns(body, left_width);
    let whole_grid = GRID_HEIGHT.min(body.height.saturating_sub(8));
    let frames_height = if state.pane == Pane::Tables { body.height - whole_grid } else { whole_grid };
    let [frames, tables] = cut_rows(left, frames_height);
    let [processes, side] = cut_rows(right, body.height / 3);
    vec![(Pane::Processes, processes), (Pane::Tables, tables), (Pane::Frames, frames), (state.side, side)]
}

/// Three columns: memory with the trace, tables with the changes, processes with the machine.
fn large(body: Rect) -> Vec<(Pane, Rect)> {
    let grid_width = if body.width >= 2 * GRID_WIDTH + 40 { GRID_WIDTH } else { 64 + 2 };
    // What is left of a very wide body is shared, so that lists and sentences get it too.
    let spare = body.width.saturating_sub(2 * grid_width + 48) / 3;
    let [left, rest] = cut_columns(body, grid_width + spare);
    let [middle, right] = cut_columns(rest, grid_width + spare);
    // Two grids above each other, their headings, the border and seven lines about the selection.
    let grids = 43.min(body.height.saturating_sub(8));
    let [frames, trace] = cut_rows(left, grids);
    let [tables, changes] = cut_rows(middle, grids);
    let [processes, machine] = cut_rows(right, body.height.saturating_sub(32).max(body.height / 3));
    vec![
        (Pane::Processes, processes),
        (Pane::Tables, tables),
        (Pane::Frames, frames),
        (Pane::Machine, machine),
        (Pane::Trace, trace),
        (Pane::Changes, changes),
    ]
}

fn cut_rows(area: Rect, rows: u16) -> [Rect; 2] {
    let rows = rows.min(area.height);
    let upper = Rect { height: rows, ..area };
    [upper, Rect { y: area.y + rows, height: area.height - rows, ..area }]
}

fn cut_columns(area: Rect, columns: u16) -> [Rect; 2] {
    let columns = columns.min(area.width);
    let left = Rect { width: columns, ..area };
    [left, Rect { x: area.x + columns, width: area.width - columns, ..area }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playground::snapshot::Focus;

    fn state() -> UiState {
        UiState::new(Focus::default())
    }

    #[track_caller]
    fn check(width: u16, height: u16, class: SizeClass, panes: &[Pane]) {
        let arrangement = arrange(Rect::new(0, 1, width, height), &state());
        assert_eq!(arrangement.class, class);
        let shown: Vec<Pane> = arrangement.panes.iter().map(|(pane, _)| *pane).collect();
        assert_eq!(shown, panes);
    }

    #[test]
    fn the_room_decides_how_many_panes_there_are() {
        let medium = [Pane::Processes, Pane::Tables, Pane::Frames, Pane::Trace];
        check(59, 40, SizeClass::Tiny, &[]);
        check(80, 21, SizeClass::Small, &[Pane::Frames]);
        check(120, 37, SizeClass::Medium, &medium);
        check(100, 27, SizeClass::Medium, &medium);
        check(200, 57, SizeClass::Large, &Pane::ALL);
        check(160, 47, SizeClass::Large, &Pane::ALL);
    }

    #[test]
    fn panes_never_overlap_and_fill_the_body() {
        for (width, height) in [(80, 21), (100, 27), (120, 37), (160, 47), (200, 57), (500, 197)] {
            let body = Rect::new(3, 2, width, height);
            let arrangement = arrange(body, &state());
            let areas = arrangement.panes.iter().map(|(_, area)| area.area());
            let tabs = arrangement.tabs.map_or(0, Rect::area);
            assert_eq!(areas.sum::<u32>() + tabs, body.area(), "{width}x{height}");
            for (pane, area) in &arrangement.panes {
                assert_eq!(area.intersection(body), *area);
                let others = arrangement.panes.iter().filter(|(other, _)| other != pane);
                assert!(others.map(|(_, other)| other).all(|other| !other.intersects(*area)));
            }
        }
    }

    #[test]
    fn full_zoom_gives_one_pane_everything() {
        let mut state = state();
        state.toggle_zoom();
        let body = Rect::new(0, 1, 120, 38);
        assert_eq!(arrange(body, &state).panes, [(Pane::Frames, body)]);
    }

    #[test]
    fn a_tab_is_found_under_the_mouse() {
        let body = Rect::new(0, 1, 80, 22);
        let at = |x| pane_at(body, &state(), Position::new(x, 1)).map(|(pane, _)| pane);
        assert_eq!([at(0), at(14), at(79)], [Some(Pane::Processes), Some(Pane::Tables), None]);
    }
}
