//! The walk against recorded runs, against the manual, and its words.

use crate::machine::Machine;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::registers;
use crate::machine::registers::Privilege;

mod manual;
mod recorded;
mod words;

/// Directory index 1, table index 5, offset 0x678.
const ADDRESS: VirtualAddress = VirtualAddress(0x0040_5678);
const DIRECTORY: u32 = 0x1000;
const TABLE: u32 = 0x2000;
const DIRECTORY_ENTRY: PhysicalAddress = PhysicalAddress(DIRECTORY + 4);
const TABLE_ENTRY: PhysicalAddress = PhysicalAddress(TABLE + 4 * 5);
/// Where the table entry leads; the low half is what a 4 MiB page at 0x00800000 holds too.
const PAGE: u32 = 0x0300_9000;
const BIG_PAGE: u32 = 0x0080_0000;

/// Returns a machine with one directory entry and one table entry, both as given.
fn machine(cr0: u32, cr4: u32, directory: u32, table: u32) -> Machine {
    let mut machine = Machine::new();
    machine.set_cr4(cr4);
    machine.load_cr3(DIRECTORY);
    machine.memory.write_word(DIRECTORY_ENTRY, directory);
    machine.memory.write_word(TABLE_ENTRY, table);
    machine.set_cr0(cr0 | registers::CR0_PG | registers::CR0_PE);
    machine
}

/// Returns both entries as memory holds them.
fn entries(machine: &Machine) -> (u32, u32) {
    (machine.memory.read_word(DIRECTORY_ENTRY), machine.memory.read_word(TABLE_ENTRY))
}

/// Returns every access there is.
fn accesses() -> impl Iterator<Item = Access> {
    [AccessKind::Read, AccessKind::Write, AccessKind::Fetch]
        .into_iter()
        .flat_map(|kind| [Privilege::Supervisor, Privilege::User].map(|privilege| Access { kind, privilege }))
}
