//! Which rows a list pane shows: the same list for drawing, for keys and for the mouse.

use std::collections::BTreeSet;

use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::TraceRow;

/// The number of the last frame of the address space.
pub(crate) const LAST_FRAME: u32 = 0xf_ffff;

/// A row of pane 6.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ChangeItem {
    /// A change, by its place in the snapshot.
    Change(usize),
    /// An invariant.
    Invariant(usize),
    /// What breaks an invariant: invariant, then which of its witnesses.
    Witness(usize, usize),
}

/// Returns the rows of pane 6: the changes, then the broken invariants with what breaks them, then the rest.
pub(crate) fn change_items(snapshot: &Snapshot) -> Vec<ChangeItem> {
    let changes = (0..snapshot.changes.len()).map(ChangeItem::Change);
    let mut invariants: Vec<_> = snapshot.invariants.iter().enumerate().collect();
    invariants.sort_by_key(|(_, row)| row.broken.is_empty());
    let invariants = invariants.into_iter().flat_map(|(index, row)| {
        let witnesses = (0..row.broken.len()).map(move |witness| ChangeItem::Witness(index, witness));
        std::iter::once(ChangeItem::Invariant(index)).chain(witnesses)
    });
    changes.chain(invariants).collect()
}

/// Returns where a row of pane 6 leads.
pub(crate) fn change_place(snapshot: &Snapshot, item: ChangeItem) -> Option<Place> {
    match item {
        ChangeItem::Change(index) => snapshot.changes.get(index)?.place,
        ChangeItem::Invariant(index) => snapshot.invariants.get(index)?.broken.first()?.place,
        ChangeItem::Witness(index, witness) => snapshot.invariants.get(index)?.broken.get(witness)?.place,
    }
}

/// Returns the trace rows that no fold hides.
pub(crate) fn visible_trace(trace: &[TraceRow], folds: &BTreeSet<usize>) -> Vec<usize> {
    let mut visible = Vec::new();
    let mut index = 0;
    while let Some(row) = trace.get(index) {
        visible.push(index);
        let hidden = if folds.contains(&index) { row.descendants as usize } else { 0 };
        index = index.saturating_add(hidden).saturating_add(1);
    }
    visible
}

/// Returns the frame that an entry names; nothing if it is not present.
pub(crate) fn entry_frame(entry: EntryCell) -> Option<u32> {
    // Intel SDM vol. 3, 4.3: bit 0 is P, bits 31 to 12 are the frame.
    (entry.raw & 1 == 1).then_some(entry.raw >> 12)
}

/// Returns whether a directory entry maps 4 MiB by itself.
pub(crate) fn is_big(entry: EntryCell) -> bool {
    // Intel SDM vol. 3, 4.3: bit 7 of a directory entry is PS.
    entry.raw & 0x81 == 0x81
}

/// Returns the first row to draw so that the selected one stands in the middle, ends aside.
pub(crate) fn first_row(selected: usize, rows: usize, height: usize) -> usize {
    selected.saturating_sub(height / 2).min(rows.saturating_sub(height))
}
