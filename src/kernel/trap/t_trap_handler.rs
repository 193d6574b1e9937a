//! `TTrapHandler`: the page-fault handler.
//!
//! mCertiKOS panics on every fault it cannot mend. Ours stops the process and keeps
//! the reason, so that a class can read it and go on.

use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::state::StopReason;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_new;
use crate::machine::fault::PageFault;

/// Answers a page fault of a process: a missing page is given to it, anything else stops it.
///
/// # Errors
/// Why the process was stopped: the page is present and forbids the access, or no page could be given.
pub(crate) fn pgflt_handler(k: &mut Kernel, id: ProcessId, fault: PageFault) -> Result<(), StopReason> {
    k.call("pgflt_handler", &[id.number(), fault.address.0, fault.error.0], |k| {
        let reason = if fault.error.is_protection() {
            StopReason::Permission(fault)
        } else if mpt_new::alloc_page(k, id, fault.address, mpt_intro::PT_PERM_PTU).is_err() {
            StopReason::OutOfMemory(fault)
        } else {
            return Ok(());
        };
        k.stopped[id.index()] = Some(reason);
        Err(reason)
    })
}

/// Lets a stopped process run again.
pub(crate) fn resume(k: &mut Kernel, id: ProcessId) {
    k.call("resume", &[id.number()], |k| k.stopped[id.index()] = None);
}
