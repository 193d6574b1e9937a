//! One remembered translation, and the key it is found by.

use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::tlb::SETS;

/// One remembered translation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TlbEntry {
    /// The first address of the page, 4 KiB or 4 MiB.
    pub(crate) page: VirtualAddress,
    /// The page's frame, PS for 4 MiB, and W, U, G and D as they were when it was filled.
    pub(crate) entry: RawEntry,
}

/// A page to look for: its size, its first address, and so its set.
#[derive(Clone, Copy)]
pub(in crate::machine::tlb) struct Key {
    page: VirtualAddress,
    big: u32,
    pub(in crate::machine::tlb) set: usize,
}

impl TlbEntry {
    /// The flags an entry keeps. A is not among them: no page comes here whose A bit is clear
    /// (Intel SDM vol. 3, 4.10.2.3).
    const KEPT: u32 = RawEntry::PRESENT
        | RawEntry::WRITABLE
        | RawEntry::USER
        | RawEntry::DIRTY
        | RawEntry::BIG
        | RawEntry::GLOBAL;

    /// Returns the entry for the page around `address`; PS in `page` tells its size.
    #[inline]
    pub(crate) fn new(address: VirtualAddress, page: RawEntry) -> Self {
        let frame = if page.is_big() { RawEntry::BIG_FRAME } else { RawEntry::FRAME };
        TlbEntry { page: VirtualAddress(address.0 & frame), entry: RawEntry(page.0 & (frame | Self::KEPT)) }
    }

    /// Returns whether the page has 4 MiB.
    #[inline]
    pub(crate) fn is_big(self) -> bool {
        self.entry.is_big()
    }

    /// Returns whether a CR3 load spares the page.
    #[inline]
    pub(crate) fn is_global(self) -> bool {
        self.entry.is_global()
    }

    /// Returns the byte that `address`, which must lie in the page, reaches.
    #[inline]
    pub(crate) fn translate(self, address: VirtualAddress) -> PhysicalAddress {
        self.entry.translate(address)
    }
}

impl Key {
    /// Returns the key of the 4 KiB page around an address.
    #[inline]
    pub(in crate::machine::tlb) fn small(address: VirtualAddress) -> Self {
        Key { page: address.page_start(), big: 0, set: address.page_number() as usize % SETS }
    }

    /// Returns the key of the 4 MiB page around an address.
    #[inline]
    pub(in crate::machine::tlb) fn big(address: VirtualAddress) -> Self {
        Key {
            page: VirtualAddress(address.0 & RawEntry::BIG_FRAME),
            big: RawEntry::BIG,
            set: address.directory_index() as usize % SETS,
        }
    }

    /// Returns the key that finds an entry.
    #[inline]
    pub(in crate::machine::tlb) fn of(entry: TlbEntry) -> Self {
        if entry.is_big() { Key::big(entry.page) } else { Key::small(entry.page) }
    }

    /// Returns whether this is the entry looked for.
    #[inline]
    pub(in crate::machine::tlb) fn matches(self, entry: TlbEntry) -> bool {
        entry.page == self.page && entry.entry.0 & RawEntry::BIG == self.big
    }
}
