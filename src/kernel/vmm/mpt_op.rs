//! `MPTOp`: the same entries, found by virtual address.

use crate::kernel::layout;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_intro;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryMap;

/// Returns the directory entry that translates an address.
pub(crate) fn get_pdir_entry_by_va(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) -> u32 {
    k.call("get_pdir_entry_by_va", &[proc_index.number(), vaddr.0], |k| {
        mpt_intro::get_pdir_entry(k, proc_index, vaddr.directory_index())
    })
}

/// Returns the page-table entry that translates an address; 0 where the directory entry is missing.
pub(crate) fn get_ptbl_entry_by_va(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) -> u32 {
    k.call("get_ptbl_entry_by_va", &[proc_index.number(), vaddr.0], |k| {
        if get_pdir_entry_by_va(k, proc_index, vaddr) == 0 {
            return 0;
        }
        mpt_intro::get_ptbl_entry(k, proc_index, vaddr.directory_index(), vaddr.table_index())
    })
}

/// Empties the directory entry that translates an address.
pub(crate) fn rmv_pdir_entry_by_va(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) {
    k.call("rmv_pdir_entry_by_va", &[proc_index.number(), vaddr.0], |k| {
        mpt_intro::rmv_pdir_entry(k, proc_index, vaddr.directory_index());
    });
}

/// Empties the page-table entry that translates an address.
pub(crate) fn rmv_ptbl_entry_by_va(k: &mut Kernel, proc_index: ProcessId, vaddr: VirtualAddress) {
    k.call("rmv_ptbl_entry_by_va", &[proc_index.number(), vaddr.0], |k| {
        mpt_intro::rmv_ptbl_entry(k, proc_index, vaddr.directory_index(), vaddr.table_index());
    });
}

/// Points the directory entry that translates an address at a page table.
pub(crate) fn set_pdir_entry_by_va(
    k: &mut Kernel,
    proc_index: ProcessId,
    vaddr: VirtualAddress,
    page_index: FrameNumber,
) {
    k.call("set_pdir_entry_by_va", &[proc_index.number(), vaddr.0, page_index.number()], |k| {
        mpt_intro::set_pdir_entry(k, proc_index, vaddr.directory_index(), page_index);
    });
}

/// Points the page-table entry that translates an address at a frame.
pub(crate) fn set_ptbl_entry_by_va(
    k: &mut Kernel,
    proc_index: ProcessId,
    vaddr: VirtualAddress,
    page_index: FrameNumber,
    perm: u32,
) {
    let arguments = [proc_index.number(), vaddr.0, page_index.number(), perm];
    k.call("set_ptbl_entry_by_va", &arguments, |k| {
        let indices = (vaddr.directory_index(), vaddr.table_index());
        mpt_intro::set_ptbl_entry(k, proc_index, indices, page_index, perm);
    });
}

/// Fills the identity tables: P W everywhere, and G in the kernel's range, which no process replaces.
pub(crate) fn idptbl_init(k: &mut Kernel, map: &MemoryMap) {
    k.call("idptbl_init", &[], |k| {
        m_container::container_init(k, map);
        for pde_index in 0..ENTRIES {
            let global = if layout::is_user_pde(pde_index) { 0 } else { RawEntry::GLOBAL };
            mpt_intro::fill_identity_table(k, pde_index, RawEntry::PRESENT | RawEntry::WRITABLE | global);
        }
    });
}
