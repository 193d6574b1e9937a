//! `MPTIntro`: page directories and page tables, entry by entry.
//!
//! The tables live in simulated physical memory. The kernel reaches them by physical
//! address because it maps all memory to itself.

use crate::kernel::layout;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;

/// What every present directory entry carries: present, writable, user. The table's entry decides.
pub(crate) const PT_PERM_PTU: u32 = RawEntry::PRESENT | RawEntry::WRITABLE | RawEntry::USER;
/// What an absent entry reads as.
pub(crate) const PT_PERM_UP: u32 = 0;

/// Makes a process's directory the one the MMU walks: loads CR3.
pub(crate) fn set_pdir_base(k: &mut Kernel, index: ProcessId) {
    k.call("set_pdir_base", &[index.number()], |k| k.machine.load_cr3(index.directory().start().0));
}

/// Returns a directory entry.
pub(crate) fn get_pdir_entry(k: &mut Kernel, proc_index: ProcessId, pde_index: u32) -> u32 {
    k.call("get_pdir_entry", &[proc_index.number(), pde_index], |k| {
        k.machine.memory.read_word(proc_index.directory().word(pde_index))
    })
}

/// Points a directory entry at a page table, with P W U.
pub(crate) fn set_pdir_entry(k: &mut Kernel, proc_index: ProcessId, pde_index: u32, page_index: FrameNumber) {
    k.call("set_pdir_entry", &[proc_index.number(), pde_index, page_index.number()], |k| {
        let entry = page_index.start().0 | PT_PERM_PTU;
        k.machine.memory.write_word(proc_index.directory().word(pde_index), entry);
    });
}

/// Points a directory entry at the identity table of the same index, with P W U.
pub(crate) fn set_pdir_entry_identity(k: &mut Kernel, proc_index: ProcessId, pde_index: u32) {
    k.call("set_pdir_entry_identity", &[proc_index.number(), pde_index], |k| {
        let entry = layout::identity_table(pde_index).start().0 | PT_PERM_PTU;
        k.machine.memory.write_word(proc_index.directory().word(pde_index), entry);
    });
}

/// Empties a directory entry.
pub(crate) fn rmv_pdir_entry(k: &mut Kernel, proc_index: ProcessId, pde_index: u32) {
    k.call("rmv_pdir_entry", &[proc_index.number(), pde_index], |k| {
        k.machine.memory.write_word(proc_index.directory().word(pde_index), PT_PERM_UP);
    });
}

/// Returns an entry of the page table that a directory entry points at.
pub(crate) fn get_ptbl_entry(k: &mut Kernel, proc_index: ProcessId, pde_index: u32, pte_index: u32) -> u32 {
    k.call("get_ptbl_entry", &[proc_index.number(), pde_index, pte_index], |k| {
        k.machine.memory.read_word(ptbl_word(k, proc_index, pde_index, pte_index))
    })
}

/// Points a page-table entry at a frame, with the given permission bits.
pub(crate) fn set_ptbl_entry(
    k: &mut Kernel,
    proc_index: ProcessId,
    (pde_index, pte_index): (u32, u32),
    page_index: FrameNumber,
    perm: u32,
) {
    let arguments = [proc_index.number(), pde_index, pte_index, page_index.number(), perm];
    k.call("set_ptbl_entry", &arguments, |k| {
        let word = ptbl_word(k, proc_index, pde_index, pte_index);
        k.machine.memory.write_word(word, page_index.start().0 | perm);
    });
}

/// Points an entry of an identity table at the page itself, with the given permission bits.
pub(crate) fn set_ptbl_entry_identity(k: &mut Kernel, pde_index: u32, pte_index: u32, perm: u32) {
    k.call("set_ptbl_entry_identity", &[pde_index, pte_index, perm], |k| {
        let entry = VirtualAddress::of_indices(pde_index, pte_index).0 | perm;
        k.machine.memory.write_word(layout::identity_table(pde_index).word(pte_index), entry);
    });
}

/// Empties a page-table entry.
pub(crate) fn rmv_ptbl_entry(k: &mut Kernel, proc_index: ProcessId, pde_index: u32, pte_index: u32) {
    k.call("rmv_ptbl_entry", &[proc_index.number(), pde_index, pte_index], |k| {
        let word = ptbl_word(k, proc_index, pde_index, pte_index);
        k.machine.memory.write_word(word, PT_PERM_UP);
    });
}

/// Fills one identity table: [`set_ptbl_entry_identity`] for its 1024 entries at once, for boot's sake.
pub(in crate::kernel::vmm) fn fill_identity_table(k: &mut Kernel, pde_index: u32, perm: u32) {
    let words = k.machine.memory.frame_mut(layout::identity_table(pde_index));
    for (pte_index, word) in (0..ENTRIES).zip(words) {
        *word = VirtualAddress::of_indices(pde_index, pte_index).0 | perm;
    }
}

/// Returns the place of a page-table entry, wherever the directory entry points.
fn ptbl_word(k: &Kernel, proc_index: ProcessId, pde_index: u32, pte_index: u32) -> PhysicalAddress {
    let pde = RawEntry(k.machine.memory.read_word(proc_index.directory().word(pde_index)));
    pde.frame().word(pte_index)
}
