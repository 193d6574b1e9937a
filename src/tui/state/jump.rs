//! Going to a place: a change, a trace line or an invariant names it, the focus follows.

use crate::playground::snapshot::Place;
use crate::tui::state::FramesLevel;
use crate::tui::state::MachineCursor;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;
use crate::tui::state::rows;

/// Moves pane and focus to a place.
pub(crate) fn go_to(state: &mut UiState, place: Place) {
    match place {
        Place::Process(process) => {
            state.focus.process = process;
            state.focus_pane(Pane::Processes);
        }
        Place::Frame(frame) => {
            state.focus.frame = frame.min(rows::LAST_FRAME);
            state.frames = FramesLevel::Region;
            state.focus_pane(Pane::Frames);
        }
        Place::Word(frame, word) => {
            state.focus.frame = frame.min(rows::LAST_FRAME);
            state.word = word.min(1023);
            state.frames = FramesLevel::Words;
            state.focus_pane(Pane::Frames);
        }
        Place::Page(process, address) => {
            state.focus.process = process;
            state.focus.address = address;
            state.tables = TablesLevel::Table;
            state.focus_pane(Pane::Tables);
        }
        Place::DirectoryEntry(process, index) => {
            state.focus.process = process;
            state.focus.address = index.min(1023) << 22;
            state.tables = TablesLevel::Directory;
            state.focus_pane(Pane::Tables);
        }
        Place::Register(name) => {
            state.machine = MachineCursor::Register(name);
            state.focus_pane(Pane::Machine);
        }
        Place::Tlb(set, way) => {
            state.machine = MachineCursor::Tlb { set, way };
            state.focus_pane(Pane::Machine);
        }
    }
}
