//! Stale TLB entries: where the processor's memory contradicts the tables.
//!
//! A stale entry is no fault of the machine. It is what the tables said once, and it serves
//! accesses until something makes the TLB forget it.

use std::fmt;

use crate::machine::Machine;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::FrameNumber;
use crate::machine::entry::RawEntry;
use crate::machine::tlb::TlbEntry;

/// How a TLB entry contradicts the tables that CR3 names now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Staleness {
    /// The tables map nothing there.
    Unmapped,
    /// The tables map the page with another size.
    OtherSize,
    /// The tables name another frame.
    OtherFrame { remembered: FrameNumber, tables: FrameNumber },
    /// The entry grants W or U, or both, and the tables no longer do.
    LostRights(RawEntry),
    /// The entry is global, the page in the tables is not.
    NotGlobal,
    /// The entry takes writes as noted already, but D is clear in the tables.
    NotDirty,
}

impl Machine {
    /// Returns how a TLB entry contradicts the tables, or nothing if they agree.
    ///
    /// Only an entry that goes too far contradicts. One that lacks a right, D or G which the
    /// tables have got since makes the processor look again or forget too much, never too little.
    pub(crate) fn staleness(&self, entry: TlbEntry) -> Option<Staleness> {
        let read = Access::supervisor(AccessKind::Read);
        let Ok(translation) = self.explain(entry.page, read).outcome else {
            return Some(Staleness::Unmapped);
        };
        let remembered = entry.entry;
        let tables = translation.page;
        let gone = remembered.without(tables.0);
        let lost = RawEntry(gone.0 & (RawEntry::WRITABLE | RawEntry::USER));
        if remembered.is_big() != tables.is_big() {
            Some(Staleness::OtherSize)
        } else if remembered.translate(entry.page) != translation.physical {
            Some(Staleness::OtherFrame { remembered: remembered.frame(), tables: tables.frame() })
        } else if lost.0 != 0 {
            Some(Staleness::LostRights(lost))
        } else if gone.is_global() {
            Some(Staleness::NotGlobal)
        } else if gone.is_dirty() {
            Some(Staleness::NotDirty)
        } else {
            None
        }
    }
}

impl fmt::Display for Staleness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Staleness::Unmapped => f.write_str("the tables map nothing there any more"),
            Staleness::OtherSize => f.write_str("the tables map a page of another size there"),
            Staleness::OtherFrame { remembered, tables } => {
                write!(f, "the tables name frame {tables} now, not {remembered}")
            }
            Staleness::LostRights(lost) => write!(f, "the tables no longer grant {}", lost.flags_text()),
            Staleness::NotGlobal => f.write_str("the tables no longer call the page global"),
            Staleness::NotDirty => f.write_str("D is clear in the tables, and a write will not set it"),
        }
    }
}
