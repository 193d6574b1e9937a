//! What a walk says about itself.

use super::*;

use crate::machine::walk::Step;

/// Checks a user access, told step by step.
#[track_caller]
fn check(kind: AccessKind, directory: u32, table: u32, expect: &str) {
    let machine = machine(0, registers::CR4_PSE, directory, table);
    let walk = machine.explain(ADDRESS, Access::user(kind));
    let mut told: Vec<String> = walk.steps().map(step_text).collect();
    told.push(match walk.outcome {
        Ok(translation) => format!("{} {}", translation.physical, translation.page.flags_text()),
        Err(fault) => format!("{fault} ({})", fault.error.0),
    });
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(told.join("\n"), expect.join("\n"));
}

fn step_text(step: &Step) -> String {
    let sets = match step.flags_set() {
        RawEntry(0) => String::new(),
        flags => format!("; sets {}", flags.flags_text()),
    };
    format!("{}: {}: {}{sets}", step.level, step.arithmetic(), step.verdict)
}

#[test]
fn a_write_through_two_levels() {
    check(
        AccessKind::Write,
        TABLE | 7,
        PAGE | 7,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: present: names the page table; sets A
         table: 0x00002000 + 4·0x005 = 0x00002014: present: maps a 4 KiB page; sets A D
         0x03009678 P W U A D",
    );
}

#[test]
fn a_page_of_4_mib() {
    check(
        AccessKind::Read,
        BIG_PAGE | 0x85,
        0,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: present with PS = 1: maps a 4 MiB page; sets A
         0x00805678 P U A PS",
    );
}

#[test]
fn a_missing_page_table() {
    check(
        AccessKind::Read,
        0,
        0,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: not present (P = 0): a page fault
         The user read at 0x00405678 faults: the directory entry is not present (P = 0). (4)",
    );
}

#[test]
fn a_missing_page() {
    check(
        AccessKind::Write,
        TABLE | 7,
        0,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: present: names the page table; sets A
         table: 0x00002000 + 4·0x005 = 0x00002014: not present (P = 0): a page fault
         The user write at 0x00405678 faults: the table entry is not present (P = 0). (6)",
    );
}

#[test]
fn a_directory_entry_that_withholds_w_is_named_though_the_table_grants_it() {
    check(
        AccessKind::Write,
        TABLE | 5,
        PAGE | 7,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: read-only (W = 0): forbids this access; sets A
         table: 0x00002000 + 4·0x005 = 0x00002014: present: maps a 4 KiB page
         The user write at 0x00405678 faults: the directory entry is read-only (W = 0). (7)",
    );
}

#[test]
fn a_page_for_the_supervisor() {
    check(
        AccessKind::Fetch,
        TABLE | 7,
        PAGE | 3,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: present: names the page table; sets A
         table: 0x00002000 + 4·0x005 = 0x00002014: for the supervisor only (U = 0): forbids this access
         The user fetch at 0x00405678 faults: the table entry is for the supervisor only (U = 0). (5)",
    );
}

#[test]
fn a_reserved_bit() {
    check(
        AccessKind::Read,
        BIG_PAGE | 1 << 13 | 0x87,
        0,
        "directory: 0x00001000 + 4·0x001 = 0x00001004: one of bits 21–13 is set although PS = 1 reserves them: \
         a page fault
         The user read at 0x00405678 faults: the directory entry has a reserved bit set \
         (one of bits 21–13 with PS = 1). (13)",
    );
}

#[test]
fn with_paging_off_every_address_is_its_own() {
    let machine = Machine::new();
    let walk = machine.explain(ADDRESS, Access::user(AccessKind::Write));
    assert_eq!(walk.steps().count(), 0);
    assert_eq!(walk.outcome.unwrap().physical, PhysicalAddress(ADDRESS.0));
}

#[test]
fn an_entry_that_names_its_own_directory_is_marked_once_for_both_levels() {
    let mut machine = machine(0, 0, 0, 0);
    let last = PhysicalAddress(DIRECTORY + 4 * 1023);
    machine.memory.write_word(last, DIRECTORY | 3);
    let write = Access::supervisor(AccessKind::Write);
    let reached = machine.access(VirtualAddress(0xffff_f004), write);
    assert_eq!(reached, Ok(DIRECTORY_ENTRY));
    assert_eq!(machine.memory.read_word(last), DIRECTORY | 0x63);
}
