//! `MATOp`: gives out single frames and takes them back.

use crate::kernel::layout::VM_USERHI_PI;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::pmm::mat_intro;
use crate::kernel::state::Kernel;
use crate::machine::address::FrameNumber;

/// Gives the next free normal frame and marks it allocated; nothing (0) if there is none.
///
/// Next fit: the search starts at the frame given last and wraps inside the user
/// range. When it finds nothing, the next search starts at the range's first frame.
pub(crate) fn palloc(k: &mut Kernel) -> Option<FrameNumber> {
    k.call("palloc", &[], |k| {
        let end = VM_USERHI_PI.min(k.nps);
        let start = k.palloc_cursor;
        let found = k.at.first_free(start..end).or_else(|| k.at.first_free(VM_USERLO_PI..start.min(end)));
        k.palloc_cursor = found.map_or(VM_USERLO_PI, FrameNumber::number);
        if let Some(frame) = found {
            mat_intro::at_set_allocated(k, frame, 1);
        }
        found
    })
}

/// Takes a frame back: marks it unallocated, and nobody pays for it any more.
pub(crate) fn pfree(k: &mut Kernel, page_index: FrameNumber) {
    k.call("pfree", &[page_index.number()], |k| {
        mat_intro::at_set_allocated(k, page_index, 0);
    });
}
