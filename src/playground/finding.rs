//! What can be wrong with a single frame; the invariants gather these.

/// One thing that is wrong with a frame.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::playground) enum Finding {
    /// Marked allocated, and no live process pays for it.
    Unowned,
    /// Paid for, and mapped nowhere.
    Orphan,
    /// Free, and mapped by a process.
    FreeButMapped,
    /// Mapped by a process, and not memory that the allocator gives.
    NotNormalButMapped,
    /// Writable by two processes, and not marked as shared on purpose.
    TwoWriters,
    /// A directory or a page table, and a user program can reach it.
    TableReachable,
}

/// The things that are wrong with one frame: a bit each, for there may be a million of these.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in crate::playground) struct Findings(u8);

impl Findings {
    /// Returns these findings and one more, if it holds.
    pub(in crate::playground) fn with(self, finding: Finding, holds: bool) -> Self {
        Findings(self.0 | u8::from(holds) << finding as u8)
    }

    /// Is this among them?
    pub(in crate::playground) fn contains(self, finding: Finding) -> bool {
        self.0 >> finding as u8 & 1 == 1
    }

    /// Is nothing wrong?
    pub(in crate::playground) fn is_empty(self) -> bool {
        self.0 == 0
    }
}
