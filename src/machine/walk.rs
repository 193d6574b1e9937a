//! The page walk: CR3, directory entry, table entry, frame, as a list of steps.
//!
//! [`walk`] reads and changes nothing; each step says what the hardware writes back, and the
//! MMU commits that. Intel SDM vol. 3, 4.3 (translation), 4.6 (rights), 4.8 (A and D).
//!
//! Two choices the manual leaves open:
//! * A walk that faults at the table has *used* the directory entry, so its A bit is set all the
//!   same (4.8: "whenever the processor uses a paging-structure entry"). QEMU does so; Bochs
//!   does not.
//! * The machine has PAT and no memory types, so bit 7 of a table entry and bit 12 of a 4 MiB
//!   entry are accepted and mean nothing.

use std::fmt;

use crate::machine::access::Access;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::entry::Right;
use crate::machine::fault::FaultCause;
use crate::machine::fault::Level;
use crate::machine::fault::PageFault;
use crate::machine::memory::PhysicalMemory;
use crate::machine::registers::Registers;

#[cfg(test)]
mod tests;

/// One translation, step by step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Walk {
    pub(crate) address: VirtualAddress,
    pub(crate) access: Access,
    /// Nothing while paging is off.
    pub(crate) directory: Option<Step>,
    /// Nothing if the directory entry ended the walk.
    pub(crate) table: Option<Step>,
    pub(crate) outcome: Result<Translation, PageFault>,
}

/// One entry looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    pub(crate) level: Level,
    /// Where the directory or the table begins.
    pub(crate) base: PhysicalAddress,
    /// Which of its 1024 entries the address selects.
    pub(crate) index: u32,
    pub(crate) entry_address: PhysicalAddress,
    /// The entry as the walk found it.
    pub(crate) entry: RawEntry,
    /// The entry as the hardware leaves it: A set, D set by a write.
    pub(crate) after: RawEntry,
    pub(crate) verdict: Verdict,
}

/// What one entry does with the walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// P is zero: the walk ends in a fault.
    NotPresent,
    /// A bit that must be zero is set: the walk ends in a fault.
    ReservedBit,
    /// The entry withholds a right. The walk goes on to its last entry, then faults.
    Forbids(Right),
    /// The entry names a page table.
    PointsToTable,
    /// The entry maps a 4 KiB page.
    MapsPage,
    /// The entry maps a 4 MiB page.
    MapsBigPage,
}

/// Where an address leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Translation {
    pub(crate) physical: PhysicalAddress,
    /// The page's frame, size, G and D as the last entry has them after this access; P, and W
    /// and U only where every level grants them. PS tells the size, never PAT. While paging is
    /// off it is the identity, with every right.
    pub(crate) page: RawEntry,
}

/// Returns how the tables translate `address`, without the TLB and without changing anything.
#[inline]
pub(crate) fn walk(
    memory: &PhysicalMemory,
    registers: &Registers,
    address: VirtualAddress,
    access: Access,
) -> Walk {
    if !registers.is_paging_on() {
        return Walk { address, access, directory: None, table: None, outcome: Ok(identity(address)) };
    }
    let walker = Walker { memory, registers, address, access };
    let (directory, onward) = walker.directory_step();
    let (table, outcome) = match onward {
        Onward::End(outcome) => (None, outcome),
        Onward::Table(base) => {
            let (step, outcome) = walker.table_step(directory.entry, base);
            (Some(step), outcome)
        }
    };
    Walk { address, access, directory: Some(directory), table, outcome }
}

impl Walk {
    /// Returns the steps there are, directory first.
    #[inline]
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.directory.iter().chain(&self.table)
    }
}

impl Step {
    /// Returns how the entry's address comes about: `0x01003000 + 4·0x101 = 0x01003404`.
    pub(crate) fn arithmetic(&self) -> String {
        format!("{} + 4·{:#05x} = {}", self.base, self.index, self.entry_address)
    }

    /// Returns the flags that the walk sets in this entry.
    pub(crate) fn flags_set(&self) -> RawEntry {
        self.after.without(self.entry.0)
    }

    #[inline]
    fn judged(self, verdict: Verdict) -> Self {
        Step { verdict, ..self }
    }

    #[inline]
    fn leaving(self, after: RawEntry) -> Self {
        Step { after, ..self }
    }
}

/// What one walk needs at each of its steps.
struct Walker<'a> {
    memory: &'a PhysicalMemory,
    registers: &'a Registers,
    address: VirtualAddress,
    access: Access,
}

/// Where the walk goes from the directory.
enum Onward {
    Table(PhysicalAddress),
    End(Result<Translation, PageFault>),
}

impl Walker<'_> {
    /// Looks at the directory entry. It ends the walk, or names the table to go on with.
    #[inline]
    fn directory_step(&self) -> (Step, Onward) {
        let base = self.registers.directory();
        let step = self.read(Level::Directory, base, self.address.directory_index());
        let entry = step.entry;
        if !entry.is_present() {
            let fault = self.fault(FaultCause::NotPresent(Level::Directory));
            return (step.judged(Verdict::NotPresent), Onward::End(Err(fault)));
        }
        if !(entry.is_big() && self.registers.has_big_pages()) {
            let verdict = self.verdict(entry, Verdict::PointsToTable);
            let onward = Onward::Table(entry.frame().start());
            return (step.judged(verdict).leaving(entry.with(RawEntry::ACCESSED)), onward);
        }
        if entry.0 & RawEntry::BIG_RESERVED != 0 {
            let fault = self.fault(FaultCause::ReservedBit(Level::Directory));
            return (step.judged(Verdict::ReservedBit), Onward::End(Err(fault)));
        }
        let step = step.judged(self.verdict(entry, Verdict::MapsBigPage));
        if let Some(right) = entry.missing_right(self.access, self.registers) {
            let fault = self.fault(FaultCause::Forbidden(Level::Directory, right));
            return (step, Onward::End(Err(fault)));
        }
        let after = self.used(entry);
        (step.leaving(after), Onward::End(Ok(self.reach(after))))
    }

    /// Looks at the table entry, and judges the access by the rights of both entries.
    #[inline]
    fn table_step(
        &self,
        directory: RawEntry,
        base: PhysicalAddress,
    ) -> (Step, Result<Translation, PageFault>) {
        let step = self.read(Level::Table, base, self.address.table_index());
        let entry = step.entry;
        if !entry.is_present() {
            let fault = self.fault(FaultCause::NotPresent(Level::Table));
            return (step.judged(Verdict::NotPresent), Err(fault));
        }
        let step = step.judged(self.verdict(entry, Verdict::MapsPage));
        let levels = [(Level::Directory, directory), (Level::Table, entry)];
        let refusal = levels.into_iter().find_map(|(level, entry)| {
            entry.missing_right(self.access, self.registers).map(|right| FaultCause::Forbidden(level, right))
        });
        if let Some(cause) = refusal {
            return (step, Err(self.fault(cause)));
        }
        let after = self.used(entry);
        // SDM vol. 3, 4.6.1: a right holds only if every entry on the way grants it.
        let withheld = (RawEntry::WRITABLE | RawEntry::USER) & !directory.0;
        (step.leaving(after), Ok(self.reach(after.without(withheld | RawEntry::BIG))))
    }

    /// Reads the entry that a level of the walk comes to; the verdict is still open.
    #[inline]
    fn read(&self, level: Level, base: PhysicalAddress, index: u32) -> Step {
        let entry_address = base.frame().word(index);
        let entry = RawEntry(self.memory.read_word(entry_address));
        Step { level, base, index, entry_address, entry, after: entry, verdict: Verdict::NotPresent }
    }

    /// Returns what a present entry does with the walk: withholds a right, or what it is there for.
    #[inline]
    fn verdict(&self, entry: RawEntry, allowed: Verdict) -> Verdict {
        entry.missing_right(self.access, self.registers).map_or(allowed, Verdict::Forbids)
    }

    /// Returns the entry that maps the page, marked as this access marks it.
    #[inline]
    fn used(&self, entry: RawEntry) -> RawEntry {
        let dirty = if self.access.is_write() { RawEntry::DIRTY } else { 0 };
        entry.with(RawEntry::ACCESSED | dirty)
    }

    /// Returns the translation by the entry that maps the page.
    #[inline]
    fn reach(&self, page: RawEntry) -> Translation {
        Translation { physical: page.translate(self.address), page }
    }

    fn fault(&self, cause: FaultCause) -> PageFault {
        PageFault::new(self.address, self.access, cause)
    }
}

/// Returns the translation while paging is off: every address is its own.
fn identity(address: VirtualAddress) -> Translation {
    let rights = RawEntry::PRESENT | RawEntry::WRITABLE | RawEntry::USER;
    Translation { physical: PhysicalAddress(address.0), page: RawEntry(address.page_start().0 | rights) }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::NotPresent => "not present (P = 0): a page fault",
            Verdict::ReservedBit => "one of bits 21–13 is set although PS = 1 reserves them: a page fault",
            Verdict::Forbids(Right::User) => "for the supervisor only (U = 0): forbids this access",
            Verdict::Forbids(Right::Write) => "read-only (W = 0): forbids this access",
            Verdict::PointsToTable => "present: names the page table",
            Verdict::MapsPage => "present: maps a 4 KiB page",
            Verdict::MapsBigPage => "present with PS = 1: maps a 4 MiB page",
        })
    }
}
