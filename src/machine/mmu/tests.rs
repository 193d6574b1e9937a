//! The TLB's rules, each as a transcript: what is done, and what the machine answers.
//!
//! ```text
//! table 0x00400000 0x00005000 P W U     writes the page-table entry of an address
//! directory 0x00800000 0x00c00000 P PS  writes its directory entry
//! user write 0x00400010 => miss 0x00005010
//! tlb => every entry, and how it is stale
//! ```
//! Tables for the first four directory entries lie ready, with P W U.

use crate::machine::Machine;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::registers;

mod events;
mod fills;
mod flushes;
mod rewalks;

const DIRECTORY: u32 = 0x1000;

/// Runs a transcript and compares every answer in it.
#[track_caller]
fn check(transcript: &str) {
    let mut machine = machine();
    let lines = transcript.lines().map(str::trim).filter(|line| !line.is_empty());
    let expect: Vec<&str> = lines.collect();
    let got: Vec<String> = expect.iter().map(|line| run(&mut machine, line)).collect();
    assert_eq!(got.join("\n"), expect.join("\n"));
}

/// Returns a machine with paging, 4 MiB and global pages on, and four empty page tables.
fn machine() -> Machine {
    let mut machine = Machine::new();
    machine.load_cr3(DIRECTORY);
    for index in 0..4 {
        let table = 0x2000 + index * 0x1000;
        machine.memory.write_word(PhysicalAddress(DIRECTORY + 4 * index), table | 7);
    }
    machine.set_cr4(registers::CR4_PSE | registers::CR4_PGE);
    machine.set_cr0(registers::CR0_PE | registers::CR0_PG);
    machine
}

/// Does what one line asks and returns the line with its true answer.
fn run(machine: &mut Machine, line: &str) -> String {
    let question = line.split(" => ").next().unwrap();
    let words: Vec<&str> = question.split(' ').collect();
    let answer = match words[..] {
        ["table", address, frame, ref flags @ ..] => {
            let entry = number(frame) | bits(&RawEntry::FLAGS, flags);
            machine.memory.write_word(table_entry(machine, number(address)), entry);
            None
        }
        ["directory", address, frame, ref flags @ ..] => {
            let place = PhysicalAddress(DIRECTORY + 4 * VirtualAddress(number(address)).directory_index());
            machine.memory.write_word(place, number(frame) | bits(&RawEntry::FLAGS, flags));
            None
        }
        ["entry", address] => {
            let entry = machine.memory.read_word(table_entry(machine, number(address)));
            Some(RawEntry(entry).to_string())
        }
        ["cr0", ref flags @ ..] => {
            machine.set_cr0(bits(&registers::CR0_FLAGS, flags));
            None
        }
        ["cr4", ref flags @ ..] => {
            machine.set_cr4(bits(&registers::CR4_FLAGS, flags));
            None
        }
        ["cr3"] => {
            machine.load_cr3(DIRECTORY);
            None
        }
        ["cr2"] => Some(format!("{:#010x}", machine.registers.cr2)),
        ["invlpg", address] => {
            machine.invlpg(VirtualAddress(number(address)));
            None
        }
        ["tlb"] => Some(tlb_text(machine)),
        ["counts"] => Some(format!("{} hits, {} misses", machine.tlb.hits, machine.tlb.misses)),
        [privilege, kind, address] => Some(touch(machine, privilege, kind, number(address))),
        _ => panic!("not a line of a transcript: {line}"),
    };
    answer.map_or(question.to_string(), |answer| format!("{question} => {answer}"))
}

fn touch(machine: &mut Machine, privilege: &str, kind: &str, address: u32) -> String {
    let kind = match kind {
        "read" => AccessKind::Read,
        "write" => AccessKind::Write,
        _ => AccessKind::Fetch,
    };
    let access = if privilege == "user" { Access::user(kind) } else { Access::supervisor(kind) };
    let misses = machine.tlb.misses;
    match machine.access(VirtualAddress(address), access) {
        Ok(physical) if !machine.registers.is_paging_on() => format!("untranslated {physical}"),
        Ok(physical) if machine.tlb.misses == misses => format!("hit {physical}"),
        Ok(physical) => format!("miss {physical}"),
        Err(fault) => format!("fault {}", fault.error.0),
    }
}

fn tlb_text(machine: &Machine) -> String {
    let entries: Vec<String> = machine
        .tlb
        .entries()
        .filter_map(|(set, way, entry)| entry.map(|&entry| (set, way, entry)))
        .map(|(set, way, entry)| {
            let stale = machine.staleness(entry).map_or(String::new(), |why| format!(" ({why})"));
            format!("{set}.{way} {} {}{stale}", entry.page, entry.entry)
        })
        .collect();
    if entries.is_empty() { "empty".to_string() } else { entries.join("; ") }
}

/// Returns where the page-table entry of an address lies.
fn table_entry(machine: &Machine, address: u32) -> PhysicalAddress {
    let address = VirtualAddress(address);
    let directory = PhysicalAddress(DIRECTORY + 4 * address.directory_index());
    RawEntry(machine.memory.read_word(directory)).frame().word(address.table_index())
}

fn bits(table: &[(&str, u32)], names: &[&str]) -> u32 {
    names.iter().map(|name| table.iter().find(|(known, _)| known == name).unwrap().1).sum()
}

fn number(text: &str) -> u32 {
    u32::from_str_radix(text.strip_prefix("0x").unwrap(), 16).unwrap()
}
