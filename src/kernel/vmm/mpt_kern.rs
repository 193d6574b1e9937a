//! `MPTKern`: the kernel's own page map, and mapping a page with the table it needs.

use crate::kernel::layout::VM_USERHI_PDE;
use crate::kernel::layout::VM_USERLO_PDE;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::state::OutOfMemory;
use crate::kernel::vmm::mpt_comm;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_op;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryMap;

/// Lets process 0, the kernel, see all memory as itself.
pub(crate) fn pdir_init_kern(k: &mut Kernel, map: &MemoryMap) {
    k.call("pdir_init_kern", &[], |k| {
        mpt_comm::pdir_init(k, map);
        let was_on = k.machine.recorder.pause();
        for pde_index in VM_USERLO_PDE..VM_USERHI_PDE {
            mpt_intro::set_pdir_entry_identity(k, KERNEL, pde_index);
        }
        k.machine.recorder.resume(was_on);
    });
}

/// Maps a page to a frame, making the page table it lacks.
///
/// Returns the frame number in the directory entry: the page table's.
///
/// # Errors
/// [`OutOfMemory`] when a page table was needed and could not be had; nothing is mapped then.
pub(crate) fn map_page(
    k: &mut Kernel,
    proc_index: ProcessId,
    vaddr: VirtualAddress,
    page_index: FrameNumber,
    perm: u32,
) -> Result<FrameNumber, OutOfMemory> {
    k.call("map_page", &[proc_index.number(), vaddr.0, page_index.number(), perm], |k| {
        let pde = mpt_op::get_pdir_entry_by_va(k, proc_index, vaddr);
        let table = if pde == 0 {
            mpt_comm::alloc_ptbl(k, proc_index, vaddr).ok_or(OutOfMemory)?
        } else {
            RawEntry(pde).frame()
        };
        mpt_op::set_ptbl_entry_by_va(k, proc_index, vaddr, page_index, perm);
        Ok(table)
    })
}

/// Empties the page-table entry of an address and returns what it held.
///
/// Like mCertiKOS, it tells the TLB nothing and frees nothing.
pub(crate) fn unmap_page(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) -> u32 {
    k.call("unmap_page", &[proc_index.number(), vaddr.0], |k| {
        let pte = mpt_op::get_ptbl_entry_by_va(k, proc_index, vaddr);
        if pte != 0 {
            mpt_op::rmv_ptbl_entry_by_va(k, proc_index, vaddr);
        }
        pte
    })
}
