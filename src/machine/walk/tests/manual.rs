//! Every combination of flags, against the manual's sentences written a second time.

use super::*;

use crate::machine::fault::ErrorCode;

/// Everything one walk depends on.
#[derive(Clone, Copy, Debug)]
struct Case {
    cr0: u32,
    cr4: u32,
    access: Access,
    directory: u32,
    table: u32,
}

/// What a walk leaves: the byte reached or the error code, and both entries.
#[derive(PartialEq, Debug)]
struct Answer {
    outcome: Result<u32, u32>,
    directory: u32,
    table: u32,
}

#[test]
fn every_combination_of_flags_does_what_the_manual_says() {
    let directory_flags = [0x01, 0x02, 0x04, 0x20, 0x40, 0x80];
    let table_flags = [0x01, 0x02, 0x04, 0x20, 0x40];
    let mut count = 0;
    for (cr0, cr4, access) in machines() {
        for directory in subsets(&directory_flags) {
            let is_big = cr4 != 0 && directory & 0x80 != 0;
            let directory = directory | if is_big { BIG_PAGE } else { TABLE };
            for table in subsets(&table_flags) {
                check(Case { cr0, cr4, access, directory, table: table | PAGE });
                count += 1;
            }
        }
    }
    assert_eq!(count, 2 * 2 * 6 * 64 * 32);
}

#[test]
fn each_bit_from_21_to_13_is_reserved_in_a_present_entry_that_maps_4_mib() {
    for (cr0, cr4, access) in machines() {
        for flags in subsets(&[0x01, 0x02, 0x04, 0x80]) {
            for bit in 0..32 {
                check(Case { cr0, cr4, access, directory: BIG_PAGE | flags | 1 << bit, table: PAGE | 7 });
            }
        }
    }
}

#[test]
fn no_bit_is_reserved_in_a_table_entry() {
    for access in accesses() {
        for bit in 0..32 {
            let table = PAGE | 7 | 1 << bit;
            check(Case { cr0: 0, cr4: registers::CR4_PSE, access, directory: TABLE | 7, table });
        }
    }
}

#[track_caller]
fn check(case: Case) {
    let mut machine = machine(case.cr0, case.cr4, case.directory, case.table);
    let before = machine.clone();
    let explained = machine.explain(ADDRESS, case.access).outcome.map(|to| to.physical);
    assert!(machine == before, "explaining changes nothing: {case:x?}");

    let outcome = machine.access(ADDRESS, case.access);
    assert_eq!(outcome, explained, "{case:x?}");
    let cr2 = if outcome.is_err() { ADDRESS.0 } else { 0 };
    assert_eq!(machine.registers.cr2, cr2, "{case:x?}");

    let outcome = outcome.map(|to| to.0).map_err(|fault| fault.error.0);
    let (directory, table) = entries(&machine);
    assert_eq!(Answer { outcome, directory, table }, manual(case), "{case:x?}");
}

/// Returns what Intel SDM vol. 3, chapter 4, says, slowly: first which entries take part, then
/// the rules as lists of conditions over all of them.
fn manual(case: Case) -> Answer {
    let [wp, pse] = [case.cr0 & 1 << 16 != 0, case.cr4 & 1 << 4 != 0];
    let bit = |entry: u32, number: u32| entry >> number & 1 == 1;
    let user = case.access.privilege == Privilege::User;
    let write = case.access.kind == AccessKind::Write;
    let is_big = bit(case.directory, 0) && bit(case.directory, 7) && pse;
    // A directory entry elsewhere than at TABLE names a page table of zeros.
    let table = if case.directory & 0xffff_f000 == TABLE { case.table } else { 0 };
    let path = if is_big { vec![case.directory] } else { vec![case.directory, table] };

    // 4.3: "If a paging-structure entry's P flag is 0 or if it sets any reserved bit, there is no translation."
    let reserved = is_big && (13..=21).any(|number| bit(case.directory, number));
    let translated = !reserved && path.iter().all(|&entry| bit(entry, 0));
    // 4.6.1, in its own order.
    let every = |number: u32| path.iter().all(|&entry| bit(entry, number));
    let permitted = match (user, write) {
        (false, false) => true,
        (false, true) => !wp || every(1),
        (true, false) => every(2),
        (true, true) => every(2) && every(1),
    };
    // 4.7, bit by bit. Bit 0 is also set with bit 3.
    let error = u32::from(translated || reserved)
        | u32::from(write) << 1
        | u32::from(user) << 2
        | u32::from(reserved) << 3;

    let offset = if is_big { 0x003f_ffff } else { 0x0000_0fff };
    let last = path[path.len() - 1];
    let outcome = if translated && permitted { Ok(last & !offset | ADDRESS.0 & offset) } else { Err(error) };

    // 4.8: the entry that leads to a table is used as soon as it is present; the entry that
    // maps the page is used, and written through, by an access that succeeds.
    let leads = u32::from(!is_big && bit(case.directory, 0)) << 5;
    let maps = u32::from(outcome.is_ok()) << 5 | u32::from(outcome.is_ok() && write) << 6;
    let (directory_marks, table_marks) = if is_big { (maps, 0) } else { (leads, maps) };
    Answer { outcome, directory: case.directory | directory_marks, table: case.table | table_marks }
}

/// Returns every combination of CR0.WP, CR4.PSE and access.
fn machines() -> Vec<(u32, u32, Access)> {
    let mut machines = Vec::new();
    for cr0 in [0, registers::CR0_WP] {
        for cr4 in [0, registers::CR4_PSE] {
            machines.extend(accesses().map(|access| (cr0, cr4, access)));
        }
    }
    machines
}

/// Returns every combination of some bits.
fn subsets(bits: &[u32]) -> Vec<u32> {
    (0..1_u32 << bits.len())
        .map(|choice| (0..).zip(bits).filter(|(at, _)| choice >> at & 1 == 1).map(|(_, bit)| bit).sum())
        .collect()
}

#[test]
fn the_error_code_has_the_manuals_bits() {
    let codes = [ErrorCode::PRESENT, ErrorCode::WRITE, ErrorCode::USER, ErrorCode::RESERVED];
    assert_eq!(codes, [1, 2, 4, 8]);
}
