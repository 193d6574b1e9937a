//! Addresses and frame numbers, one type each, so that they cannot be swapped.
//!
//! ```text
//! virtual address   31        22 21       12 11         0
//!                   ┌───────────┬───────────┬────────────┐
//!                   │ directory │   table   │   offset   │   1024 · 1024 · 4096
//!                   └───────────┴───────────┴────────────┘
//! ```

use std::fmt;

/// Bytes in a frame and in a page.
pub(crate) const PAGE_SIZE: u32 = 4096;
/// Entries in a page directory, in a page table, and words in a frame.
pub(crate) const ENTRIES: u32 = 1024;
/// Frames in the 4 GiB of physical address space.
pub(crate) const FRAMES: u32 = 1 << 20;

/// A byte's place in physical memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct PhysicalAddress(pub(crate) u32);

/// A byte's place as a program sees it, before translation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct VirtualAddress(pub(crate) u32);

/// The number of a 4 KiB frame: a physical address without its offset. Always below [`FRAMES`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct FrameNumber(u32);

impl PhysicalAddress {
    /// Returns the frame that holds this byte.
    pub(crate) fn frame(self) -> FrameNumber {
        FrameNumber(self.0 / PAGE_SIZE)
    }

    /// Returns which of the frame's 1024 words holds this byte.
    pub(crate) fn word_index(self) -> u32 {
        self.0 % PAGE_SIZE / 4
    }
}

impl VirtualAddress {
    /// Returns the first address of the page that a directory index and a table index name.
    pub(crate) fn of_indices(directory: u32, table: u32) -> Self {
        VirtualAddress((directory % ENTRIES) << 22 | (table % ENTRIES) << 12)
    }

    /// Returns bits 31–22: which directory entry translates this address.
    pub(crate) fn directory_index(self) -> u32 {
        self.0 >> 22
    }

    /// Returns bits 21–12: which page-table entry translates this address.
    pub(crate) fn table_index(self) -> u32 {
        self.0 >> 12 & 0x3ff
    }

    /// Returns bits 31–12, the page's number.
    pub(crate) fn page_number(self) -> u32 {
        self.0 >> 12
    }

    /// Returns the first address of the page.
    pub(crate) fn page_start(self) -> Self {
        VirtualAddress(self.0 & !0xfff)
    }
}

impl FrameNumber {
    /// Returns the frame with this number, or nothing from [`FRAMES`] on.
    pub(crate) fn new(number: u32) -> Option<Self> {
        (number < FRAMES).then_some(FrameNumber(number))
    }

    /// Returns the number itself.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// Returns the address of the frame's first byte.
    pub(crate) fn start(self) -> PhysicalAddress {
        PhysicalAddress(self.0 * PAGE_SIZE)
    }

    /// Returns the address of one of the frame's 1024 words.
    pub(crate) fn word(self, index: u32) -> PhysicalAddress {
        PhysicalAddress(self.0 * PAGE_SIZE + index % ENTRIES * 4)
    }
}

impl fmt::Display for PhysicalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#010x}", self.0)
    }
}

impl fmt::Display for VirtualAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#010x}", self.0)
    }
}

impl fmt::Display for FrameNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#07x}", self.0)
    }
}
