//! Where the user is: the focus, the pane, and how deep each pane was entered.
//!
//! Plain data. [`navigate`](motion::navigate) and [`go_to`](jump::go_to) are the only ways
//! it moves; drawing only reads it.

pub(crate) mod jump;
pub(crate) mod motion;
pub(crate) mod rows;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::playground::snapshot::Focus;
use crate::playground::snapshot::Snapshot;

/// A pane, numbered as on its key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Pane {
    Processes = 1,
    Tables = 2,
    Frames = 3,
    Machine = 4,
    Trace = 5,
    Changes = 6,
}

impl Pane {
    /// Every pane, in the order of its keys.
    pub(crate) const ALL: [Pane; 6] =
        [Pane::Processes, Pane::Tables, Pane::Frames, Pane::Machine, Pane::Trace, Pane::Changes];

    /// Returns the key that focuses it.
    pub(crate) fn key(self) -> char {
        char::from(b'0' + self as u8)
    }

    /// Returns its name, as in its title.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Pane::Processes => "Processes",
            Pane::Tables => "Page tables",
            Pane::Frames => "Frames",
            Pane::Machine => "Machine",
            Pane::Trace => "Trace",
            Pane::Changes => "Changes",
        }
    }

    /// Returns the pane after it, round and round.
    pub(crate) fn next(self) -> Pane {
        Pane::ALL[self as usize % Pane::ALL.len()]
    }

    /// Returns the pane before it, round and round.
    pub(crate) fn previous(self) -> Pane {
        Pane::ALL[(self as usize + Pane::ALL.len() - 2) % Pane::ALL.len()]
    }
}

/// How deep pane 2 was entered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum TablesLevel {
    /// The 1024 entries of the page directory.
    Directory,
    /// The 1024 entries of one page table.
    Table,
    /// The 1024 words of the frame behind an entry.
    Words,
}

/// How deep pane 3 was entered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum FramesLevel {
    /// All of 4 GiB, 1024 frames a cell.
    Map,
    /// 1024 frames, one a cell.
    Region,
    /// The 1024 words of one frame.
    Words,
}

/// What is selected in pane 4.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MachineCursor {
    /// A register, by name.
    Register(&'static str),
    /// A slot of the TLB.
    Tlb { set: u32, way: u32 },
}

/// How much room the pane in focus takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Zoom {
    /// Its place in the layout.
    Normal,
    /// The whole body.
    Full,
}

/// Everything the screen remembers that is not the machine's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct UiState {
    /// The process, address and frame that every pane lights.
    pub(crate) focus: Focus,
    /// The pane that keys go to.
    pub(crate) pane: Pane,
    /// The one of panes 4, 5 and 6 that the middle layout has room for.
    pub(crate) side: Pane,
    pub(crate) zoom: Zoom,
    pub(crate) tables: TablesLevel,
    pub(crate) frames: FramesLevel,
    /// The word of the focused frame that is selected.
    pub(crate) word: u32,
    pub(crate) machine: MachineCursor,
    /// The selected row of the trace, by its place in the snapshot.
    pub(crate) trace: usize,
    /// Trace rows whose descendants are hidden.
    pub(crate) folds: BTreeSet<usize>,
    /// The selected row of changes and invariants.
    pub(crate) change: usize,
}

impl UiState {
    /// Starts with the frames of what is focused.
    pub(crate) fn new(focus: Focus) -> UiState {
        UiState {
            focus,
            pane: Pane::Frames,
            side: Pane::Trace,
            zoom: Zoom::Normal,
            tables: TablesLevel::Directory,
            frames: FramesLevel::Region,
            word: 0,
            machine: MachineCursor::Register("CR0"),
            trace: 0,
            folds: BTreeSet::new(),
            change: 0,
        }
    }

    /// Moves the keys to a pane.
    pub(crate) fn focus_pane(&mut self, pane: Pane) {
        self.pane = pane;
        if matches!(pane, Pane::Machine | Pane::Trace | Pane::Changes) {
            self.side = pane;
        }
    }

    /// Makes the pane in focus take the whole body, or gives it back its place.
    pub(crate) fn toggle_zoom(&mut self) {
        self.zoom = match self.zoom {
            Zoom::Normal => Zoom::Full,
            Zoom::Full => Zoom::Normal,
        };
    }

    /// Forgets what belonged to another step: the rows selected and folded in its trace and changes.
    pub(crate) fn start_step(&mut self) {
        self.trace = 0;
        self.folds.clear();
        self.change = 0;
    }

    /// Brings every cursor back onto something that exists, after the snapshot changed.
    pub(crate) fn settle(&mut self, snapshot: &Snapshot) {
        self.focus.frame = self.focus.frame.min(rows::LAST_FRAME);
        self.word = self.word.min(1023);
        self.trace = self.trace.min(snapshot.trace.len().saturating_sub(1));
        self.change = self.change.min(rows::change_items(snapshot).len().saturating_sub(1));
        let is_alive = snapshot.processes.iter().any(|row| row.id == self.focus.process);
        if let (false, Some(first)) = (is_alive, snapshot.processes.first()) {
            self.focus.process = first.id;
        }
    }
}
