//! What TLB entries say, and where the tables have come to say otherwise.

use crate::machine::Machine;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::entry::RawEntry;
use crate::machine::tlb::TlbEntry;
use crate::machine::walk::Walk;
use crate::playground::snapshot::TlbRow;

/// Returns why an entry contradicts the tables, if it does: "the tables lead to frame 0x40007".
///
/// An entry may lag behind harmlessly (the tables may have set A and D); it contradicts when it
/// leads elsewhere or grants what the tables no longer grant. Rights that were only added are
/// no contradiction: the processor walks again before it faults (Intel SDM vol. 3, 4.10.4.3).
pub(in crate::playground) fn contradiction(machine: &Machine, entry: &TlbEntry) -> Option<String> {
    let walk = machine.explain(entry.page, Access::supervisor(AccessKind::Read));
    let Ok(translation) = walk.outcome else {
        return Some("the tables map the page no more".to_string());
    };
    let cached = entry.translate(entry.page).frame();
    let now = translation.physical.frame();
    if cached != now {
        return Some(format!("the tables lead to frame {now}"));
    }
    let granted = rights(&walk);
    let lost = entry.entry.0 & (RawEntry::WRITABLE | RawEntry::USER) & !granted;
    match lost {
        0 => None,
        RawEntry::WRITABLE => Some("the tables forbid writing".to_string()),
        RawEntry::USER => Some("the tables forbid user mode".to_string()),
        _ => Some("the tables forbid writing and user mode".to_string()),
    }
}

/// Returns the W and U bits that every level grants.
fn rights(walk: &Walk) -> u32 {
    walk.steps().fold(u32::MAX, |granted, step| granted & step.entry.0)
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
            stale: contradiction(machine, entry),
            is_changed: before.is_some() && previous(set, way) != Some(entry),
        })
    });
    in_use.collect()
}
