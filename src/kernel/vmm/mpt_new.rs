//! `MPTNew`: a new page for a process, and a quota for a new process.

use crate::kernel::pmm::m_container;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::state::OutOfMemory;
use crate::kernel::vmm::mpt_kern;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;

/// Gives the process a frame and maps the page to it; returns the page table's frame.
///
/// # Errors
/// [`OutOfMemory`] when there is no frame for the page, or none for the page table it
/// needs. In the second case the page's frame stays charged and mapped nowhere: an
/// orphan, exactly as the specification's code leaves it.
pub(crate) fn alloc_page(
    k: &mut Kernel,
    proc_index: ProcessId,
    vaddr: VirtualAddress,
    perm: u32,
) -> Result<FrameNumber, OutOfMemory> {
    k.call("alloc_page", &[proc_index.number(), vaddr.0, perm], |k| {
        let page_index = m_container::container_alloc(k, proc_index).ok_or(OutOfMemory)?;
        mpt_kern::map_page(k, proc_index, vaddr, page_index, perm)
    })
}

/// Makes a child process that may use `quota` pages of its parent's.
pub(crate) fn alloc_mem_quota(k: &mut Kernel, id: ProcessId, quota: u32) -> Option<ProcessId> {
    k.call("alloc_mem_quota", &[id.number(), quota], |k| m_container::container_split(k, id, quota))
}
