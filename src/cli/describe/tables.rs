//! Directories, page tables and walks.

use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::WalkView;

/// The part of an entry that says what it points at, and one page of it.
const FRAME_STEP: u32 = 0x1000;

/// Returns the focused process's directory, empty entries left out.
pub(in crate::cli) fn directory(snapshot: &Snapshot) -> String {
    let frame = snapshot.directory_frame;
    format!("directory of process {}, frame {frame:#07x}\n", snapshot.focus.process)
        + &entries(&snapshot.directory)
}

/// Returns the page table under the focused address, empty entries left out.
pub(in crate::cli) fn table(snapshot: &Snapshot) -> String {
    let (process, address) = (snapshot.focus.process, snapshot.focus.address);
    let Some(table) = &snapshot.table else {
        return format!("process {process} has no page table for {address:#010x}\n");
    };
    let (index, frame) = (table.directory_index, table.frame);
    format!("page table {index:#05x} of process {process}, frame {frame:#07x}\n") + &entries(&table.entries)
}

/// Returns a walk step by step.
pub(in crate::cli) fn walk(walk: &WalkView) -> String {
    let mut text = format!("{} of {:#010x}\n", walk.access, walk.address);
    for step in &walk.steps {
        let entry = format!("{:#010x} {}", step.raw, step.flags);
        text += &format!(
            "{} {:#05x} at {:#010x} holds {}: {}\n",
            step.level,
            step.index,
            step.entry_address,
            entry.trim_end(),
            step.verdict
        );
    }
    text + &format!("{}\n", walk.verdict)
}

/// Returns the entries that are not empty; those that go on from one to the next, as identity
/// entries do, share a line.
fn entries(entries: &[EntryCell]) -> String {
    let goes_on = |one: &(usize, &EntryCell), next: &(usize, &EntryCell)| {
        one.0 + 1 == next.0 && one.1.raw.wrapping_add(FRAME_STEP) == next.1.raw
    };
    let present: Vec<(usize, &EntryCell)> =
        entries.iter().enumerate().filter(|(_, entry)| entry.raw != 0).collect();
    let mut text = String::new();
    for run in present.chunk_by(goes_on) {
        match run {
            [(index, entry)] => text += &format!("{index:#05x}: {}\n", entry.in_words()),
            [(first, entry), .., (last, last_entry)] => {
                let (from, to) = (entry.in_words(), last_entry.in_words());
                text += &format!("{first:#05x} to {last:#05x}: {from}, to {to}\n");
            }
            [] => {}
        }
    }
    if text.is_empty() { "every entry is empty\n".to_string() } else { text }
}
