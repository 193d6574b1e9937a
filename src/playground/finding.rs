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
