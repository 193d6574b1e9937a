//! `MPTComm`: what all processes' page tables have in common, and the tables' frames.

use crate::kernel::layout;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_op;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryMap;

/// Sets up every directory: the kernel's range is identity, the user range is empty.
pub(crate) fn pdir_init(k: &mut Kernel, map: &MemoryMap) {
    k.call("pdir_init", &[], |k| {
        mpt_op::idptbl_init(k, map);
        // 65,536 lines that all say the same would bury what matters, so they are not recorded.
        let was_on = k.machine.recorder.pause();
        ProcessId::all().for_each(|id| init_directory(k, id));
        k.machine.recorder.resume(was_on);
    });
}

/// Sets up one directory.
fn init_directory(k: &mut Kernel, id: ProcessId) {
    for pde_index in 0..ENTRIES {
        if layout::is_user_pde(pde_index) {
            mpt_intro::rmv_pdir_entry(k, id, pde_index);
        } else {
            mpt_intro::set_pdir_entry_identity(k, id, pde_index);
        }
    }
}

/// Gives the process a page table for an address, cleared and charged to it.
///
/// Returns the table's frame; nothing (0) if the process may not have one.
pub(crate) fn alloc_ptbl(
    k: &mut Kernel,
    proc_index: ProcessId,
    vaddr: VirtualAddress,
) -> Option<FrameNumber> {
    k.call("alloc_ptbl", &[proc_index.number(), vaddr.0], |k| {
        let page_index = m_container::container_alloc(k, proc_index)?;
        mpt_op::set_pdir_entry_by_va(k, proc_index, vaddr, page_index);
        // mCertiKOS calls rmv_ptbl_entry 1024 times; the frame's words end the same.
        k.machine.memory.clear_frame(page_index);
        Some(page_index)
    })
}

/// Takes the page table for an address away and frees its frame.
pub(crate) fn free_ptbl(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) {
    k.call("free_ptbl", &[proc_index.number(), vaddr.0], |k| {
        let pde = RawEntry(mpt_op::get_pdir_entry_by_va(k, proc_index, vaddr));
        mpt_op::rmv_pdir_entry_by_va(k, proc_index, vaddr);
        m_container::container_free(k, proc_index, pde.frame());
    });
}
