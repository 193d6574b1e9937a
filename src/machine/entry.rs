//! A paging entry as it lies in memory: any 32 bits.
//!
//! ```text
//! table entry       31          12 11   9   8   7   6   5    4     3    2   1   0
//!                   ┌─────────────┬──────┬───┬───┬───┬───┬─────┬─────┬───┬───┬───┐
//!                   │    frame    │ free │ G │PAT│ D │ A │ PCD │ PWT │ U │ W │ P │
//!                   └─────────────┴──────┴───┴───┴───┴───┴─────┴─────┴───┴───┴───┘
//! 4 MiB directory   31    22 21     13 12            7
//! entry             ┌───────┬─────────┬───┐        ┌────┐
//!                   │ frame │ must be │PAT│  …     │ PS │   the rest as above
//!                   │       │  zero   │   │        │ =1 │
//!                   └───────┴─────────┴───┘        └────┘
//! ```
//! Intel SDM vol. 3, figure 4-4 and tables 4-4 to 4-6.

use std::fmt;

use crate::machine::access::Access;
use crate::machine::address::FrameNumber;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::registers;

/// An entry of a page directory or a page table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct RawEntry(pub(crate) u32);

impl RawEntry {
    /// P: the entry counts at all.
    pub(crate) const PRESENT: u32 = 0x001;
    /// W, the manual's R/W: writes are allowed.
    pub(crate) const WRITABLE: u32 = 0x002;
    /// U, the manual's U/S: level 3 is allowed.
    pub(crate) const USER: u32 = 0x004;
    /// PWT: caches write through.
    pub(crate) const WRITE_THROUGH: u32 = 0x008;
    /// PCD: not cached.
    pub(crate) const CACHE_DISABLED: u32 = 0x010;
    /// A: the processor has used the entry.
    pub(crate) const ACCESSED: u32 = 0x020;
    /// D: the processor has written to the page.
    pub(crate) const DIRTY: u32 = 0x040;
    /// PS: a directory entry maps 4 MiB itself. In a table entry this bit is PAT.
    pub(crate) const BIG: u32 = 0x080;
    /// G: a CR3 load does not make the processor forget the page.
    pub(crate) const GLOBAL: u32 = 0x100;
    /// Ours, one of the three bits the hardware leaves to software: shared on purpose.
    pub(crate) const SHARED: u32 = 0x200;
    /// mCertiKOS's `PTE_COW`, likewise free for software: to be copied at the first write.
    pub(crate) const COPY_ON_WRITE: u32 = 0x800;
    /// The frame's address in an entry that does not map 4 MiB.
    pub(crate) const FRAME: u32 = 0xffff_f000;
    /// The page's address in an entry that maps 4 MiB.
    pub(crate) const BIG_FRAME: u32 = 0xffc0_0000;
    /// Bits that must be zero in a present entry that maps 4 MiB.
    ///
    /// Intel SDM vol. 3, 4.3: bits 21 to M−19 are reserved with PSE-36, bits 21 to 13 without.
    /// This machine's physical addresses have M = 32 bits, so both readings name bits 21–13.
    pub(crate) const BIG_RESERVED: u32 = 0x003f_e000;

    /// The flags by the short name a view spells, in the order P W U first.
    pub(crate) const FLAGS: [(&'static str, u32); 11] = [
        ("P", Self::PRESENT),
        ("W", Self::WRITABLE),
        ("U", Self::USER),
        ("PWT", Self::WRITE_THROUGH),
        ("PCD", Self::CACHE_DISABLED),
        ("A", Self::ACCESSED),
        ("D", Self::DIRTY),
        ("PS", Self::BIG),
        ("G", Self::GLOBAL),
        ("SHARED", Self::SHARED),
        ("COW", Self::COPY_ON_WRITE),
    ];

    /// Returns whether all of `flags` are set.
    #[inline]
    pub(crate) fn has(self, flags: u32) -> bool {
        self.0 & flags == flags
    }

    /// Returns whether the entry counts.
    #[inline]
    pub(crate) fn is_present(self) -> bool {
        self.has(Self::PRESENT)
    }

    /// Returns whether the W bit is set.
    #[inline]
    pub(crate) fn is_writable(self) -> bool {
        self.has(Self::WRITABLE)
    }

    /// Returns whether the U bit is set.
    #[inline]
    pub(crate) fn is_user(self) -> bool {
        self.has(Self::USER)
    }

    /// Returns whether the D bit is set.
    #[inline]
    pub(crate) fn is_dirty(self) -> bool {
        self.has(Self::DIRTY)
    }

    /// Returns whether the PS bit is set. It means 4 MiB only in a directory and with CR4.PSE.
    #[inline]
    pub(crate) fn is_big(self) -> bool {
        self.has(Self::BIG)
    }

    /// Returns whether the G bit is set.
    #[inline]
    pub(crate) fn is_global(self) -> bool {
        self.has(Self::GLOBAL)
    }

    /// Returns whether the entry is marked as shared on purpose.
    pub(crate) fn is_shared(self) -> bool {
        self.has(Self::SHARED)
    }

    /// Returns whether the entry is marked copy-on-write.
    pub(crate) fn is_copy_on_write(self) -> bool {
        self.has(Self::COPY_ON_WRITE)
    }

    /// Returns bits 31–12 as a frame.
    #[inline]
    pub(crate) fn frame(self) -> FrameNumber {
        PhysicalAddress(self.0).frame()
    }

    /// Returns the entry with these flags set as well.
    #[inline]
    #[must_use]
    pub(crate) fn with(self, flags: u32) -> Self {
        RawEntry(self.0 | flags)
    }

    /// Returns the entry with these flags cleared.
    #[inline]
    #[must_use]
    pub(crate) fn without(self, flags: u32) -> Self {
        RawEntry(self.0 & !flags)
    }

    /// Returns the byte that `address` reaches in the page this entry maps.
    ///
    /// PS decides the page's size, so a table entry must come here without its PAT bit.
    #[inline]
    pub(crate) fn translate(self, address: VirtualAddress) -> PhysicalAddress {
        let frame = if self.is_big() { Self::BIG_FRAME } else { Self::FRAME };
        PhysicalAddress(self.0 & frame | address.0 & !frame)
    }

    /// Returns the flag this access misses here, or nothing if the entry allows it.
    ///
    /// Intel SDM vol. 3, 4.6.1: level 3 needs U for everything and W to write; the supervisor
    /// needs W to write only while CR0.WP is set.
    #[inline]
    pub(crate) fn missing_right(self, access: Access, registers: &registers::Registers) -> Option<Right> {
        if access.is_user() && !self.is_user() {
            return Some(Right::User);
        }
        let needs_writable = access.is_write() && (access.is_user() || registers.is_write_protect_on());
        (needs_writable && !self.is_writable()).then_some(Right::Write)
    }

    /// Returns the names of the flags that are set: `P W U A`.
    pub(crate) fn flags_text(self) -> String {
        registers::flags_text(self.0, &Self::FLAGS)
    }
}

/// A right that an entry can withhold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Right {
    /// U: level 3 may come here.
    User,
    /// W: the page may be written.
    Write,
}

impl fmt::Display for RawEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("empty");
        }
        write!(f, "frame {} {}", self.frame(), self.flags_text())
    }
}
