//! Registers, the TLB, and what the last command called.

use crate::playground::snapshot::MachineView;
use crate::playground::snapshot::TraceRow;

/// Returns the control registers with their flags spelled out.
pub(in crate::cli) fn registers(machine: &MachineView) -> String {
    let mut text = format!("Registers, {}\n", machine.privilege);
    for register in &machine.registers {
        let line = format!("{:<6}  {:#010x}  {}", register.name, register.value, register.meaning);
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Returns what the TLB holds, and where the tables say otherwise.
pub(in crate::cli) fn tlb(machine: &MachineView) -> String {
    let MachineView { tlb, tlb_sets, tlb_ways, tlb_hits, tlb_misses, .. } = machine;
    let (used, size) = (tlb.len(), tlb_sets * tlb_ways);
    let mut text = format!("TLB, {used} of {size} entries, {tlb_hits} hits, {tlb_misses} misses\n");
    for row in tlb {
        let big = if row.is_big { " 4 MiB" } else { "" };
        text += &format!("{:#010x}: frame {:#07x} {}{big}", row.address, row.frame, row.flags);
        if let Some(stale) = &row.stale {
            text += &format!("  stale: {stale}");
        }
        text.push('\n');
    }
    text
}

/// Returns the calls of the last command, inner ones indented.
pub(in crate::cli) fn trace(rows: &[TraceRow]) -> String {
    let mut text = String::new();
    for row in rows {
        let indent = "  ".repeat(row.depth as usize);
        let result = row.result.as_ref().map(|result| format!(" => {result}")).unwrap_or_default();
        text += &format!("{indent}{} {}{result}\n", row.layer, row.text);
    }
    if text.is_empty() { "nothing was called\n".to_string() } else { text }
}
