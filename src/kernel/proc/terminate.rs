//! Ending a process: everything it was given goes back to where it came from. Ours.
//!
//! Every mapped frame is freed with `container_free`, its page tables with `free_ptbl`,
//! frames it paid for and mapped nowhere too, and the quota returns to its parent.

use std::collections::BTreeSet;

use crate::kernel::layout::VM_USERHI_PDE;
use crate::kernel::layout::VM_USERLO_PDE;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_comm;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_kern;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;

/// Ends a process that has no children.
///
/// A frame it shared out is unmapped from the others first: their next touch faults and
/// gets a page of their own.
pub(crate) fn terminate(k: &mut Kernel, id: ProcessId) {
    k.call("terminate", &[id.number()], |k| {
        if k.machine.registers.cr3 == id.directory().start().0 {
            mpt_intro::set_pdir_base(k, KERNEL);
        }
        let own: BTreeSet<FrameNumber> = k.at.frames_charged_to(id).collect();
        for other in ProcessId::all().filter(|&other| other != KERNEL && other != id) {
            take_from_sharer(k, other, &own);
        }
        free_own_pages(k, id);
        // What is still charged is mapped nowhere: an orphan that a failed `alloc_page` left.
        let orphans: Vec<FrameNumber> = k.at.frames_charged_to(id).collect();
        for frame in orphans {
            m_container::container_free(k, id, frame);
        }
        k.stopped[id.index()] = None;
        m_container::container_release(k, id);
    });
}

/// Unmaps every page of another process that names one of the frames, and tells the TLB.
fn take_from_sharer(k: &mut Kernel, other: ProcessId, frames: &BTreeSet<FrameNumber>) {
    for (pde_index, table) in page_tables(k, other) {
        for (vaddr, frame) in mapped_pages(k, pde_index, table) {
            if frames.contains(&frame) {
                mpt_kern::unmap_page(k, other, vaddr);
                k.machine.invlpg(vaddr);
            }
        }
    }
}

/// Unmaps every page of the process and frees the frames it pays for, then each page table.
fn free_own_pages(k: &mut Kernel, id: ProcessId) {
    for (pde_index, table) in page_tables(k, id) {
        for (vaddr, frame) in mapped_pages(k, pde_index, table) {
            mpt_kern::unmap_page(k, id, vaddr);
            if k.at.row(frame).charged_to == Some(id) {
                m_container::container_free(k, id, frame);
            }
        }
        if k.at.row(table).charged_to == Some(id) {
            mpt_comm::free_ptbl(k, id, VirtualAddress::of_indices(pde_index, 0));
        } else {
            // The entry was bent by hand to a frame that is not this process's to free.
            mpt_intro::rmv_pdir_entry(k, id, pde_index);
        }
    }
}

/// Returns the directory entries of the user range that are present, and the frames they name.
fn page_tables(k: &Kernel, id: ProcessId) -> Vec<(u32, FrameNumber)> {
    let directory = k.machine.memory.frame(id.directory());
    let entries = (VM_USERLO_PDE..VM_USERHI_PDE).map(|index| (index, RawEntry(directory[index as usize])));
    entries.filter(|(_, pde)| pde.is_present()).map(|(index, pde)| (index, pde.frame())).collect()
}

/// Returns the present pages of one page table and the frames they name.
fn mapped_pages(k: &Kernel, pde_index: u32, table: FrameNumber) -> Vec<(VirtualAddress, FrameNumber)> {
    let words = (0..ENTRIES).zip(k.machine.memory.frame(table));
    let present = words.map(|(index, &word)| (index, RawEntry(word))).filter(|(_, pte)| pte.is_present());
    present.map(|(index, pte)| (VirtualAddress::of_indices(pde_index, index), pte.frame())).collect()
}
