//! What TLB entries say, and where the tables have come to say otherwise.

use crate::machine::Machine;
use crate::machine::tlb::TlbEntry;
use crate::playground::snapshot::TlbRow;

/// Returns why an entry contradicts the tables, if it does: "the tables name frame 0x40007 now".
pub(in crate::playground) fn contradiction(machine: &Machine, entry: TlbEntry) -> Option<String> {
    machine.staleness(entry).map(|why| why.to_string())
}

/// Returns every entry of the TLB as a row; `before` tells which are new.
pub(in crate::playground) fn rows(machine: &Machine, before: Option<&Machine>) -> Vec<TlbRow> {
    let entries = machine.tlb.entries();
    let previous = |set: usize, way: usize| {
        before.and_then(|machine| machine.tlb.entries().find(|(s, w, _)| (*s, *w) == (set, way))?.2)
    };
    let in_use = entries.filter_map(|(set, way, entry)| {
        let entry = entry?;
        Some(TlbRow {
            set: u32::try_from(set).ok()?,
            way: u32::try_from(way).ok()?,
            address: entry.page.0,
            frame: entry.translate(entry.page).frame().number(),
            flags: entry.entry.flags_text(),
            is_big: entry.entry.is_big(),
            stale: contradiction(machine, *entry),
            is_changed: before.is_some() && previous(set, way) != Some(entry),
        })
    });
    in_use.collect()
}
