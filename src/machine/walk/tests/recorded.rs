//! 6,528 walks recorded from a PC emulator.

use super::*;

use std::fs;
use std::path::Path;

#[test]
fn every_recorded_walk_is_walked_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/mmu-walks.txt");
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(cases.len(), 6528);
    for case in cases {
        assert_eq!(answer(case), case);
    }
}

/// Returns the recorded line with everything behind `=>` replaced by what the machine does.
fn answer(case: &str) -> String {
    let question = case.split(" => ").next().unwrap();
    let [write_protect, big, privilege, kind, directory, table] = question.split(' ').collect::<Vec<_>>()[..]
    else {
        panic!("six words: {case}");
    };
    let cr0 = if write_protect == "1" { registers::CR0_WP } else { 0 };
    let base = if big == "1" { BIG_PAGE } else { TABLE };
    let directory = base | u32::from_str_radix(directory, 16).unwrap();
    let table = PAGE | u32::from_str_radix(table, 16).unwrap();
    let access = Access {
        kind: match kind {
            "read" => AccessKind::Read,
            "write" => AccessKind::Write,
            _ => AccessKind::Fetch,
        },
        privilege: if privilege == "3" { Privilege::User } else { Privilege::Supervisor },
    };

    let mut machine = machine(cr0, registers::CR4_PSE, directory, table);
    let outcome = match machine.access(ADDRESS, access) {
        Ok(_) => "ok".to_string(),
        Err(fault) => format!("pf{:08x}", fault.error.0),
    };
    let (directory, table) = entries(&machine);
    format!("{question} => {outcome} {:08x} {:08x}", directory & 0xff, table & 0xff)
}
