//! What the items of a save's lists must be, each after those above it.
//!
//! A broken rule is an error at the item's own line; see `list`.

use serde::Deserializer;
use serde::de::Error;

use crate::kernel::layout::MAX_CHILDREN;
use crate::kernel::process_id::KERNEL;
use crate::machine::tlb::Tlb;
use crate::machine::tlb::TlbEntry;
use crate::playground::save::FRAMES_MAX;
use crate::playground::save::MAP_ROWS_MAX;
use crate::playground::save::STEPS_MAX;
use crate::playground::save::list;
use crate::playground::save::record::FrameRecord;
use crate::playground::save::record::ProcessRecord;
use crate::playground::save::record::RunRecord;
use crate::playground::save::record::TlbEntryRecord;
use crate::playground::save::values::EntryRow;
use crate::playground::save::values::LogLine;
use crate::playground::save::values::MapRow;
use crate::playground::save::values::WordRow;

/// Reads the log: a line may begin a branch at any step above it.
pub(in crate::playground) fn log<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<LogLine>, D::Error> {
    list::read(deserializer, |before, line: &LogLine| {
        let steps = before.len();
        if steps >= STEPS_MAX {
            return Err(format!("expected at most {STEPS_MAX} steps"));
        }
        match line.after {
            Some(after) if after as usize > steps => {
                Err(format!("expected a step before this one, which is step {}, got {after}", steps + 1))
            }
            _ => Ok(()),
        }
    })
}

/// Reads the rows of a memory map, in any order.
pub(in crate::playground) fn map_rows<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<MapRow>, D::Error> {
    list::read(deserializer, |before, _| match before.len() {
        MAP_ROWS_MAX.. => Err(format!("expected at most {MAP_ROWS_MAX} rows")),
        _ => Ok(()),
    })
}

/// Reads what the TLB remembers: each entry must find its way free.
pub(in crate::playground) fn tlb_entries<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<TlbEntryRecord>, D::Error> {
    list::read(deserializer, |before, record: &TlbEntryRecord| {
        let entry = record.entry();
        if TlbEntry::new(entry.page, entry.entry) != entry {
            return Err("expected the first address of a page, and no flags but P W U D PS G".to_string());
        }
        let mut tlb = Tlb::new();
        for above in before {
            tlb.restore(above.way, above.entry());
        }
        match tlb.restore(record.way, entry) {
            true => Ok(()),
            false => Err(format!(
                "expected a free way of the set, 0 to 3, and a page not yet in it, got way {} for {}",
                record.way, entry.page
            )),
        }
    })
}

/// Reads the processes, parents above their children.
pub(in crate::playground) fn processes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<ProcessRecord>>, D::Error> {
    let processes = list::read(deserializer, can_follow)?;
    // Parents stand above their children, so the first there is can only be process 0.
    if processes.is_empty() {
        return Err(D::Error::custom("expected process 0, the kernel"));
    }
    Ok(Some(processes))
}

/// Says why a process cannot stand below the ones above it: with parents first there is no cycle.
fn can_follow(before: &[ProcessRecord], process: &ProcessRecord) -> Result<(), String> {
    let (id, parent) = (process.id.0, process.parent);
    let is_above = |number: u32| before.iter().any(|other| other.id.0.number() == number);
    if is_above(id.number()) {
        return Err(format!("expected each process once, got process {id} again"));
    }
    if id == KERNEL {
        let is_root = parent == KERNEL.number();
        return is_root
            .then_some(())
            .ok_or_else(|| format!("expected process 0 to be its own parent, got parent {parent}"));
    }
    let expected = (id.number() - 1) / MAX_CHILDREN;
    if parent != expected {
        return Err(format!("expected parent {expected} of process {id}, which is its slot, got {parent}"));
    }
    is_above(parent)
        .then_some(())
        .ok_or_else(|| format!("expected process {parent}, the parent, above process {id}"))
}

/// Reads runs of the allocation table, in ascending order.
pub(in crate::playground) fn allocation<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<RunRecord>, D::Error> {
    list::read(deserializer, |before, run: &RunRecord| {
        let (first, last) = (run.first.0, run.last.0);
        if last < first {
            return Err(format!("expected a last frame from {first} on, got {last}"));
        }
        if let Some(above) = before.last().map(|run| run.last.0).filter(|&above| above >= first) {
            return Err(format!("expected frames above {above}, in ascending order, got {first}"));
        }
        if run.paid_by.is_some() && !run.allocated {
            return Err("expected `allocated: true` where somebody pays".to_string());
        }
        Ok(())
    })
}

/// Reads frames of words, in ascending order.
pub(in crate::playground) fn memory<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<FrameRecord>, D::Error> {
    list::read(deserializer, |before, frame: &FrameRecord| {
        if before.len() >= FRAMES_MAX {
            return Err(format!("expected at most {FRAMES_MAX} frames"));
        }
        match before.last().map(|above| above.frame).filter(|above| *above >= frame.frame) {
            Some(above) => {
                Err(format!("expected a frame above {}, in ascending order, got {}", above.0, frame.frame.0))
            }
            None => Ok(()),
        }
    })
}

/// Reads entries of a table, in ascending order.
pub(in crate::playground) fn entries<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<EntryRow>, D::Error> {
    list::read(deserializer, |before, row: &EntryRow| {
        ascending(before.last().map(|above| above.index + 1), row.index)
    })
}

/// Reads runs of words, in ascending order.
pub(in crate::playground) fn words<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<WordRow>, D::Error> {
    list::read(deserializer, |before, row: &WordRow| {
        let next = |above: &WordRow| (above.index..).zip(&above.words).last().map(|(index, _)| index + 1);
        ascending(before.last().and_then(next), row.index)
    })
}

/// Refuses an index below the next that may come.
fn ascending(next: Option<u32>, index: u32) -> Result<(), String> {
    match next.filter(|&next| index < next) {
        Some(next) => {
            Err(format!("expected an index from {next:#05x} on, in ascending order, got {index:#05x}"))
        }
        None => Ok(()),
    }
}
