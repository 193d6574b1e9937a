//! What a click selects.

use ratatui::layout::Position;
use ratatui::layout::Rect;

use crate::playground::snapshot::Snapshot;
use crate::tui::layout;
use crate::tui::panes::changes::Changes;
use crate::tui::panes::frames;
use crate::tui::panes::frames::FrameTarget;
use crate::tui::panes::machine;
use crate::tui::panes::processes;
use crate::tui::panes::tables;
use crate::tui::panes::tables::TableTarget;
use crate::tui::panes::trace;
use crate::tui::state::FramesLevel;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;
use crate::tui::state::motion;
use crate::tui::theme::Theme;

/// Moves the keys to the pane under the mouse, and its selection to what stands there.
///
/// `body` is the area that was drawn. Returns whether anything was hit.
pub(crate) fn click(
    state: &mut UiState,
    snapshot: &Snapshot,
    theme: &Theme,
    body: Rect,
    position: Position,
) -> bool {
    let Some((pane, area)) = layout::pane_at(body, state, position) else { return false };
    select(state, snapshot, theme, pane, area, position);
    state.focus_pane(pane);
    true
}

fn select(
    state: &mut UiState,
    snapshot: &Snapshot,
    theme: &Theme,
    pane: Pane,
    area: Rect,
    position: Position,
) {
    match pane {
        Pane::Processes => {
            let process = processes::process_at(area, snapshot, state, position);
            state.focus.process = process.unwrap_or(state.focus.process);
        }
        Pane::Tables => {
            if let Some(target) = tables::target_at(area, state, position) {
                select_in_tables(state, snapshot, target);
            }
        }
        Pane::Frames => {
            if let Some(target) = frames::target_at(area, state, position) {
                select_in_frames(state, target);
            }
        }
        Pane::Machine => {
            state.machine = machine::cursor_at(area, snapshot, state, position).unwrap_or(state.machine);
        }
        Pane::Trace => state.trace = trace::row_at(area, snapshot, state, position).unwrap_or(state.trace),
        Pane::Changes => {
            let item = Changes { snapshot, state, theme }.item_at(area, position);
            state.change = item.unwrap_or(state.change);
        }
    }
}

fn select_in_tables(state: &mut UiState, snapshot: &Snapshot, target: TableTarget) {
    match target {
        TableTarget::DirectoryEntry(index) => {
            state.tables = TablesLevel::Directory;
            motion::select_directory_entry(state, snapshot, index);
        }
        TableTarget::Page(page) => {
            state.tables = TablesLevel::Table;
            motion::select_page(state, snapshot, page);
        }
        TableTarget::Word(word) => {
            state.word = word;
            state.focus.address = state.focus.address & !0xfff | word << 2;
        }
    }
}

fn select_in_frames(state: &mut UiState, target: FrameTarget) {
    match target {
        FrameTarget::Region(region) => {
            state.frames = FramesLevel::Map;
            state.focus.frame = region << 10 | state.focus.frame & 0x3ff;
        }
        FrameTarget::Frame(frame) => {
            state.frames = FramesLevel::Region;
            state.focus.frame = frame;
        }
        FrameTarget::Word(word) => state.word = word,
    }
}
