//! Fills a snapshot's registers and TLB.

use crate::kernel::process_id::ProcessId;
use crate::machine::Machine;
use crate::machine::address::PhysicalAddress;
use crate::machine::registers;
use crate::machine::registers::Privilege;
use crate::machine::tlb;
use crate::playground::snapshot::MachineView;
use crate::playground::snapshot::RegisterRow;
use crate::playground::tlb_view;

/// Returns registers with their flags spelled out, and the TLB; `before` tells what is new.
pub(in crate::playground) fn machine(machine: &Machine, before: Option<&Machine>) -> MachineView {
    let now = &machine.registers;
    let was = before.map(|before| &before.registers);
    let row = |name, value, before: Option<u32>, meaning| RegisterRow {
        name,
        value,
        meaning,
        is_changed: before.is_some_and(|before| before != value),
    };
    let flags = |bits, table: &[(&str, u32)]| registers::flags_text(bits, table);
    MachineView {
        registers: vec![
            row("CR0", now.cr0, was.map(|was| was.cr0), flags(now.cr0, &registers::CR0_FLAGS)),
            row("CR2", now.cr2, was.map(|was| was.cr2), "the address of the last page fault".to_string()),
            row("CR3", now.cr3, was.map(|was| was.cr3), directory_meaning(now.cr3)),
            row("CR4", now.cr4, was.map(|was| was.cr4), flags(now.cr4, &registers::CR4_FLAGS)),
            row("EFLAGS", now.eflags, was.map(|was| was.eflags), flags(now.eflags, &registers::EFLAGS_FLAGS)),
        ],
        privilege: match now.privilege {
            Privilege::Supervisor => "kernel (CPL 0)",
            Privilege::User => "user (CPL 3)",
        },
        tlb: tlb_view::rows(machine, before),
        tlb_sets: u32::try_from(tlb::SETS).unwrap_or(0),
        tlb_ways: u32::try_from(tlb::WAYS).unwrap_or(0),
        tlb_hits: machine.tlb.hits,
        tlb_misses: machine.tlb.misses,
    }
}

/// Returns what CR3 points at.
fn directory_meaning(cr3: u32) -> String {
    let id = ProcessId::of_directory(PhysicalAddress(cr3).frame());
    id.map_or_else(|| "no process's directory".to_string(), |id| format!("directory of process {id}"))
}
