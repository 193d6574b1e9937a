//! The registers: control registers, flags and the privilege level.
//!
//! Intel SDM vol. 3, 2.3 (EFLAGS) and 2.5 (control registers). General registers, `eip` and
//! segments become neighbours here when instructions arrive.

use std::fmt;

use crate::machine::address::PhysicalAddress;

/// CR0: protected mode.
pub(crate) const CR0_PE: u32 = 1 << 0;
/// CR0: WAIT and FWAIT heed TS.
pub(crate) const CR0_MP: u32 = 1 << 1;
/// CR0: the floating-point unit is emulated.
pub(crate) const CR0_EM: u32 = 1 << 2;
/// CR0: a task switch left the floating-point state behind.
pub(crate) const CR0_TS: u32 = 1 << 3;
/// CR0: a 387 is present; always one.
pub(crate) const CR0_ET: u32 = 1 << 4;
/// CR0: floating-point errors raise an exception.
pub(crate) const CR0_NE: u32 = 1 << 5;
/// CR0: the supervisor, too, heeds read-only pages.
pub(crate) const CR0_WP: u32 = 1 << 16;
/// CR0: alignment checks are possible.
pub(crate) const CR0_AM: u32 = 1 << 18;
/// CR0: caches do not write through.
pub(crate) const CR0_NW: u32 = 1 << 29;
/// CR0: caches are disabled.
pub(crate) const CR0_CD: u32 = 1 << 30;
/// CR0: paging is on.
pub(crate) const CR0_PG: u32 = 1 << 31;

/// CR4: directory entries may map 4 MiB pages.
pub(crate) const CR4_PSE: u32 = 1 << 4;
/// CR4: entries may be global.
pub(crate) const CR4_PGE: u32 = 1 << 7;

/// EFLAGS: bit 1, which always reads as one.
pub(crate) const EFLAGS_FIXED: u32 = 1 << 1;
/// EFLAGS: interrupts are taken.
pub(crate) const EFLAGS_IF: u32 = 1 << 9;

/// The bits of CR0 by name, highest first.
pub(crate) const CR0_FLAGS: [(&str, u32); 11] = [
    ("PG", CR0_PG),
    ("CD", CR0_CD),
    ("NW", CR0_NW),
    ("AM", CR0_AM),
    ("WP", CR0_WP),
    ("NE", CR0_NE),
    ("ET", CR0_ET),
    ("TS", CR0_TS),
    ("EM", CR0_EM),
    ("MP", CR0_MP),
    ("PE", CR0_PE),
];

/// The bits of CR4 that this machine has, by name.
pub(crate) const CR4_FLAGS: [(&str, u32); 2] = [("PGE", CR4_PGE), ("PSE", CR4_PSE)];

/// The bits of EFLAGS by name, highest first.
pub(crate) const EFLAGS_FLAGS: [(&str, u32); 9] = [
    ("OF", 1 << 11),
    ("DF", 1 << 10),
    ("IF", EFLAGS_IF),
    ("TF", 1 << 8),
    ("SF", 1 << 7),
    ("ZF", 1 << 6),
    ("AF", 1 << 4),
    ("PF", 1 << 2),
    ("CF", 1 << 0),
];

/// Everything the processor holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Registers {
    pub(crate) cr0: u32,
    /// The address of the last page fault.
    pub(crate) cr2: u32,
    /// The page directory's address and two cache flags.
    pub(crate) cr3: u32,
    pub(crate) cr4: u32,
    pub(crate) eflags: u32,
    pub(crate) privilege: Privilege,
}

/// Who runs: the current privilege level, as far as paging can tell levels apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Privilege {
    /// Levels 0 to 2.
    Supervisor,
    /// Level 3.
    User,
}

/// The registers an event can name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RegisterName {
    Cr0,
    Cr2,
    Cr3,
    Cr4,
}

impl Registers {
    /// Returns the registers as a boot loader leaves them: protected mode, paging off.
    pub(crate) fn new() -> Self {
        Registers {
            cr0: CR0_PE | CR0_ET,
            cr2: 0,
            cr3: 0,
            cr4: 0,
            eflags: EFLAGS_FIXED,
            privilege: Privilege::Supervisor,
        }
    }

    /// Returns whether addresses are translated.
    #[inline]
    pub(crate) fn is_paging_on(&self) -> bool {
        self.cr0 & CR0_PG != 0
    }

    /// Returns whether read-only pages bind the supervisor too.
    #[inline]
    pub(crate) fn is_write_protect_on(&self) -> bool {
        self.cr0 & CR0_WP != 0
    }

    /// Returns whether a directory entry may map 4 MiB.
    #[inline]
    pub(crate) fn has_big_pages(&self) -> bool {
        self.cr4 & CR4_PSE != 0
    }

    /// Returns whether the G bit of an entry means anything.
    #[inline]
    pub(crate) fn has_global_pages(&self) -> bool {
        self.cr4 & CR4_PGE != 0
    }

    /// Returns where the page directory lies: bits 31–12 of CR3.
    #[inline]
    pub(crate) fn directory(&self) -> PhysicalAddress {
        PhysicalAddress(self.cr3 & 0xffff_f000)
    }
}

impl fmt::Display for Privilege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Privilege::Supervisor => "supervisor",
            Privilege::User => "user",
        })
    }
}

impl fmt::Display for RegisterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RegisterName::Cr0 => "CR0",
            RegisterName::Cr2 => "CR2",
            RegisterName::Cr3 => "CR3",
            RegisterName::Cr4 => "CR4",
        })
    }
}

/// Returns the names of the bits that are set, in the table's order: `PG WP PE`.
pub(crate) fn flags_text(bits: u32, table: &[(&str, u32)]) -> String {
    let names: Vec<&str> = table.iter().filter(|(_, bit)| bits & bit != 0).map(|(name, _)| *name).collect();
    names.join(" ")
}
