//! Moving: what the arrows, Enter and Esc do in each pane.
//!
//! Selecting anything moves the focus, so every other pane lights the same thing.

use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::RegisterRow;
use crate::playground::snapshot::Snapshot;
use crate::tui::state::FramesLevel;
use crate::tui::state::MachineCursor;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;
use crate::tui::state::jump;
use crate::tui::state::rows;

/// A movement, whatever key asked for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    /// The first of what is shown.
    Home,
    /// The last of what is shown.
    End,
    /// One level deeper, or to what the row names.
    In,
    /// One level back.
    Out,
    /// Fold or unfold.
    Toggle,
}

/// Moves within the pane in focus.
pub(crate) fn navigate(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    match state.pane {
        Pane::Processes => in_processes(state, snapshot, motion),
        Pane::Tables => in_tables(state, snapshot, motion),
        Pane::Frames => in_frames(state, motion),
        Pane::Machine => in_machine(state, snapshot, motion),
        Pane::Trace => in_trace(state, snapshot, motion),
        Pane::Changes => in_changes(state, snapshot, motion),
    }
}

fn in_processes(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    let processes = &snapshot.processes;
    let Some(current) = processes.iter().position(|row| row.id == state.focus.process) else {
        state.focus.process = processes.first().map_or(0, |row| row.id);
        return;
    };
    let next = match motion {
        Motion::In => {
            state.tables = TablesLevel::Directory;
            state.focus_pane(Pane::Tables);
            return;
        }
        Motion::Left | Motion::Out => processes.iter().position(|row| row.id == processes[current].parent),
        Motion::Right => processes
            .iter()
            .position(|row| row.parent == processes[current].id && row.id != processes[current].id),
        _ => Some(in_list(current, processes.len(), motion)),
    };
    if let Some(row) = next.and_then(|index| processes.get(index)) {
        state.focus.process = row.id;
    }
}

fn in_tables(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    match (motion, state.tables) {
        (Motion::In, _) => enter_entry(state, snapshot),
        (Motion::Out, TablesLevel::Words) => {
            let entry = snapshot.directory.get((state.focus.address >> 22) as usize);
            let is_big = entry.is_some_and(|entry| rows::is_big(*entry));
            state.tables = if is_big { TablesLevel::Directory } else { TablesLevel::Table };
        }
        (Motion::Out, TablesLevel::Table | TablesLevel::Directory) => state.tables = TablesLevel::Directory,
        (_, TablesLevel::Directory) => {
            let index = in_grid(state.focus.address >> 22, 0, 1023, motion);
            select_directory_entry(state, snapshot, index);
        }
        (_, TablesLevel::Table) => {
            let page =
                in_grid(state.focus.address >> 12, state.focus.address >> 22 << 10, rows::LAST_FRAME, motion);
            select_page(state, snapshot, page);
        }
        (_, TablesLevel::Words) => {
            state.word = in_words(state.word, motion);
            state.focus.address = state.focus.address & !0xfff | state.word << 2;
        }
    }
}

/// Selects a directory entry, and the frame it names.
pub(crate) fn select_directory_entry(state: &mut UiState, snapshot: &Snapshot, index: u32) {
    state.focus.address = state.focus.address & 0x3f_ffff | index.min(1023) << 22;
    follow_entry(state, snapshot.directory.get(index as usize));
}

/// Selects a page by its number, and the frame its entry names.
pub(crate) fn select_page(state: &mut UiState, snapshot: &Snapshot, page: u32) {
    let shown = state.focus.address >> 22;
    state.focus.address = page << 12;
    let entries = snapshot.table.as_ref().filter(|_| page >> 10 == shown).map(|table| &table.entries);
    follow_entry(state, entries.and_then(|entries| entries.get((page & 0x3ff) as usize)));
}

fn follow_entry(state: &mut UiState, entry: Option<&EntryCell>) {
    if let Some(frame) = entry.and_then(|entry| rows::entry_frame(*entry)) {
        state.focus.frame = frame;
        state.word = 0;
    }
}

fn enter_entry(state: &mut UiState, snapshot: &Snapshot) {
    let address = state.focus.address;
    let entry = snapshot.directory.get((address >> 22) as usize).copied().unwrap_or_default();
    match state.tables {
        TablesLevel::Directory if rows::is_big(entry) => {
            // Intel SDM vol. 3, 4.3: a 4 MiB page's frame is in bits 31 to 22.
            state.focus.frame = entry.raw >> 22 << 10 | address >> 12 & 0x3ff;
            state.tables = TablesLevel::Words;
        }
        TablesLevel::Directory if rows::entry_frame(entry).is_some() => {
            state.tables = TablesLevel::Table;
            select_page(state, snapshot, address >> 12);
        }
        TablesLevel::Table => {
            let entries = snapshot.table.as_ref().map(|table| &table.entries);
            let entry = entries.and_then(|entries| entries.get((address >> 12 & 0x3ff) as usize));
            if let Some(frame) = entry.and_then(|entry| rows::entry_frame(*entry)) {
                state.focus.frame = frame;
                state.word = address >> 2 & 0x3ff;
                state.tables = TablesLevel::Words;
            }
        }
        TablesLevel::Directory | TablesLevel::Words => {}
    }
}

fn in_frames(state: &mut UiState, motion: Motion) {
    let frame = state.focus.frame;
    match (motion, state.frames) {
        (Motion::In, FramesLevel::Map) | (Motion::Out, FramesLevel::Words) => {
            state.frames = FramesLevel::Region;
        }
        (Motion::In, FramesLevel::Region) => {
            state.frames = FramesLevel::Words;
            state.word = 0;
        }
        (Motion::Out, FramesLevel::Region) => state.frames = FramesLevel::Map,
        (_, FramesLevel::Map) => {
            state.focus.frame = in_grid(frame >> 10, 0, 1023, motion) << 10 | frame & 0x3ff;
        }
        (_, FramesLevel::Region) => {
            state.focus.frame = in_grid(frame, frame & !0x3ff, rows::LAST_FRAME, motion);
        }
        (_, FramesLevel::Words) => state.word = in_words(state.word, motion),
    }
}

fn in_machine(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    if motion == Motion::In {
        if let Some(place) = machine_place(state, snapshot) {
            jump::go_to(state, place);
        }
        return;
    }
    state.machine = match state.machine {
        MachineCursor::Register(name) => from_register(snapshot, name, motion),
        MachineCursor::Tlb { set, way } => from_tlb(snapshot, set, way, motion),
    };
}

/// The registers stand above or left of the TLB, so Down and Right lead into it.
fn from_register(snapshot: &Snapshot, name: &'static str, motion: Motion) -> MachineCursor {
    let registers = &snapshot.machine.registers;
    let index = registers.iter().position(|row| row.name == name).unwrap_or(0);
    match motion {
        Motion::Right => MachineCursor::Tlb { set: 0, way: 0 },
        Motion::Down if index + 1 >= registers.len() => MachineCursor::Tlb { set: 0, way: 0 },
        _ => {
            let next = registers.get(in_list(index, registers.len(), motion));
            MachineCursor::Register(next.map_or(name, |row| row.name))
        }
    }
}

fn from_tlb(snapshot: &Snapshot, set: u32, way: u32, motion: Motion) -> MachineCursor {
    let machine = &snapshot.machine;
    let register = |row: Option<&RegisterRow>| MachineCursor::Register(row.map_or("CR0", |row| row.name));
    match motion {
        Motion::Up if set == 0 => register(machine.registers.last()),
        Motion::Left if way == 0 => register(machine.registers.first()),
        Motion::Out => register(machine.registers.first()),
        Motion::Left => MachineCursor::Tlb { set, way: way - 1 },
        Motion::Right => MachineCursor::Tlb { set, way: (way + 1).min(machine.tlb_ways.saturating_sub(1)) },
        _ => {
            let next = in_list(set as usize, machine.tlb_sets as usize, motion);
            MachineCursor::Tlb { set: u32::try_from(next).unwrap_or(set), way }
        }
    }
}

/// Returns where the selected register or TLB entry leads.
fn machine_place(state: &UiState, snapshot: &Snapshot) -> Option<Place> {
    match state.machine {
        MachineCursor::Register(name) => {
            let register = snapshot.machine.registers.iter().find(|row| row.name == name)?;
            match name {
                "CR2" => Some(Place::Page(state.focus.process, register.value)),
                "CR3" => Some(Place::Frame(register.value >> 12)),
                _ => None,
            }
        }
        MachineCursor::Tlb { set, way } => {
            let row = snapshot.machine.tlb.iter().find(|row| row.set == set && row.way == way)?;
            Some(Place::Page(state.focus.process, row.address))
        }
    }
}

fn in_trace(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    let trace = &snapshot.trace;
    let Some(row) = trace.get(state.trace) else { return };
    let is_folded = state.folds.contains(&state.trace);
    match motion {
        Motion::In => {
            if let Some(place) = row.place {
                jump::go_to(state, place);
            }
        }
        Motion::Toggle if is_folded => _ = state.folds.remove(&state.trace),
        Motion::Toggle | Motion::Left if row.descendants > 0 && !is_folded => {
            _ = state.folds.insert(state.trace);
        }
        Motion::Right => _ = state.folds.remove(&state.trace),
        Motion::Left | Motion::Out => {
            let parent = trace[..state.trace].iter().rposition(|above| above.depth < row.depth);
            state.trace = parent.unwrap_or(state.trace);
        }
        Motion::Toggle => {}
        _ => {
            let visible = rows::visible_trace(trace, &state.folds);
            let current = visible.iter().position(|index| *index >= state.trace).unwrap_or(0);
            state.trace = visible[in_list(current, visible.len(), motion)];
        }
    }
}

fn in_changes(state: &mut UiState, snapshot: &Snapshot, motion: Motion) {
    let items = rows::change_items(snapshot);
    if motion == Motion::In {
        let item = items.get(state.change).copied();
        if let Some(place) = item.and_then(|item| rows::change_place(snapshot, item)) {
            jump::go_to(state, place);
        }
        return;
    }
    state.change = in_list(state.change, items.len(), motion);
}

/// Moves in a list of rows.
fn in_list(current: usize, length: usize, motion: Motion) -> usize {
    let last = length.saturating_sub(1);
    let next = match motion {
        Motion::Up => current.saturating_sub(1),
        Motion::Down => current + 1,
        Motion::PageUp => current.saturating_sub(10),
        Motion::PageDown => current + 10,
        Motion::Home => 0,
        Motion::End => last,
        _ => current,
    };
    next.min(last)
}

/// Moves in a 64 × 16 grid whose first cell is `first`; the arrows may leave it, up to `last`.
fn in_grid(current: u32, first: u32, last: u32, motion: Motion) -> u32 {
    let next = match motion {
        Motion::Left => current.saturating_sub(1),
        Motion::Right => current + 1,
        Motion::Up => current.checked_sub(64).unwrap_or(current),
        Motion::Down if current + 64 > last => current,
        Motion::Down => current + 64,
        Motion::PageUp => current.saturating_sub(256),
        Motion::PageDown => current + 256,
        Motion::Home => first,
        Motion::End => first + 1023,
        Motion::In | Motion::Out | Motion::Toggle => current,
    };
    next.min(last)
}

/// Moves among a frame's words, eight a row.
fn in_words(current: u32, motion: Motion) -> u32 {
    let next = match motion {
        Motion::Left => current.saturating_sub(1),
        Motion::Right => current + 1,
        Motion::Up => current.checked_sub(8).unwrap_or(current),
        Motion::Down if current + 8 > 1023 => current,
        Motion::Down => current + 8,
        Motion::PageUp => current.saturating_sub(128),
        Motion::PageDown => current + 128,
        Motion::Home => 0,
        Motion::End => 1023,
        Motion::In | Motion::Out | Motion::Toggle => current,
    };
    next.min(1023)
}
