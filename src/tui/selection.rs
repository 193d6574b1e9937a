//! What is selected, as text that can be copied into a report.

use crate::playground::snapshot::Change;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::TraceRow;
use crate::tui::state::MachineCursor;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::state::rows::ChangeItem;

/// Returns the selection of the focused pane.
pub(crate) fn text(snapshot: &Snapshot, state: &UiState) -> String {
    match state.pane {
        Pane::Processes => process(snapshot, state.focus.process),
        Pane::Tables => walk(snapshot),
        Pane::Frames => frame(snapshot),
        Pane::Machine => machine(snapshot, state.machine),
        Pane::Trace => trace(snapshot, state.trace),
        Pane::Changes => change(snapshot, state.change),
    }
}

fn process(snapshot: &Snapshot, id: u32) -> String {
    let Some(row) = snapshot.processes.iter().find(|row| row.id == id) else { return String::new() };
    let stopped = row.stopped.as_ref().map(|why| format!("; stopped: {why}")).unwrap_or_default();
    format!(
        "process {} {}: quota {}, usage {} (own {}, lent {}), {} of {} children{stopped}",
        row.id, row.name, row.quota, row.usage, row.own, row.lent, row.children, row.max_children
    )
}

fn walk(snapshot: &Snapshot) -> String {
    let walk = &snapshot.walk;
    let mut lines = vec![format!("{} at {:#010x}", walk.access, walk.address)];
    lines.extend(walk.steps.iter().map(|step| {
        format!(
            "{} {:#x} at {:#010x}: {:#010x} {}; {}",
            step.level, step.index, step.entry_address, step.raw, step.flags, step.verdict
        )
    }));
    lines.push(walk.verdict.clone());
    lines.join("\n")
}

fn frame(snapshot: &Snapshot) -> String {
    let frame = &snapshot.frame;
    let mut lines = vec![format!("frame {:#07x}: {}", frame.number, frame.sentence)];
    lines.extend(frame.mappers.iter().map(|mapper| {
        let mode = if mapper.is_writable { "writable" } else { "read-only" };
        format!("mapped by process {} at {:#010x}, {mode}", mapper.process, mapper.address)
    }));
    lines.join("\n")
}

fn machine(snapshot: &Snapshot, cursor: MachineCursor) -> String {
    let machine = &snapshot.machine;
    match cursor {
        MachineCursor::Register(name) => {
            let register = machine.registers.iter().find(|row| row.name == name);
            register
                .map(|row| format!("{} = {:#010x} {}", row.name, row.value, row.meaning))
                .unwrap_or_default()
        }
        MachineCursor::Tlb { set, way } => {
            let row = machine.tlb.iter().find(|row| row.set == set && row.way == way);
            let empty = || format!("TLB set {set} way {way}: empty");
            row.map_or_else(empty, |row| {
                let stale = row.stale.as_ref().map(|why| format!("; stale: {why}")).unwrap_or_default();
                format!(
                    "TLB set {set} way {way}: {:#010x} → frame {:#07x} {}{stale}",
                    row.address, row.frame, row.flags
                )
            })
        }
    }
}

/// Returns a call with everything below it, indented.
fn trace(snapshot: &Snapshot, selected: usize) -> String {
    let Some(top) = snapshot.trace.get(selected) else { return String::new() };
    let count = 1 + top.descendants as usize;
    let line = |row: &TraceRow| {
        let indent = "  ".repeat(row.depth.saturating_sub(top.depth) as usize);
        let result = row.result.as_ref().map(|result| format!(" => {result}")).unwrap_or_default();
        format!("{indent}{} {}{result}", row.layer, row.text)
    };
    snapshot.trace.iter().skip(selected).take(count).map(line).collect::<Vec<_>>().join("\n")
}

fn change(snapshot: &Snapshot, selected: usize) -> String {
    let broken =
        |row: usize, witness: usize| -> Option<&Change> { snapshot.invariants.get(row)?.broken.get(witness) };
    match rows::change_items(snapshot).get(selected) {
        Some(ChangeItem::Change(index)) => snapshot.changes.get(*index).map(|change| change.text.clone()),
        Some(ChangeItem::Invariant(index)) => {
            snapshot.invariants.get(*index).map(|row| format!("{}: {}", row.name, row.sentence))
        }
        Some(ChangeItem::Witness(index, witness)) => {
            broken(*index, *witness).map(|change| change.text.clone())
        }
        None => None,
    }
    .unwrap_or_default()
}
