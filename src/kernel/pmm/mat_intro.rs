//! `MATIntro`: the allocation table, one row a frame, read and written row by row.

use crate::kernel::state::Kernel;
use crate::machine::address::FrameNumber;

/// Returns the number of frames; mCertiKOS's `nps` counts pages.
pub(crate) fn get_nps(k: &mut Kernel) -> u32 {
    k.call("get_nps", &[], |k| k.nps)
}

/// Sets the number of frames.
pub(crate) fn set_nps(k: &mut Kernel, nps: u32) {
    k.call("set_nps", &[nps], |k| k.nps = nps);
}

/// Returns whether the frame is normal memory, neither the firmware's (0) nor the kernel's (1).
pub(crate) fn at_is_norm(k: &mut Kernel, page_index: FrameNumber) -> bool {
    k.call("at_is_norm", &[page_index.number()], |k| k.at.row(page_index).is_normal())
}

/// Sets the permission of a frame and marks it unallocated.
pub(crate) fn at_set_perm(k: &mut Kernel, page_index: FrameNumber, perm: u8) {
    k.call("at_set_perm", &[page_index.number(), u32::from(perm)], |k| k.at.set_perm(page_index, perm));
}

/// Returns whether the frame was given out.
pub(crate) fn at_is_allocated(k: &mut Kernel, page_index: FrameNumber) -> bool {
    k.call("at_is_allocated", &[page_index.number()], |k| k.at.row(page_index).is_allocated)
}

/// Marks a frame as given out (any value but 0) or not.
pub(crate) fn at_set_allocated(k: &mut Kernel, page_index: FrameNumber, allocated: u32) {
    k.call("at_set_allocated", &[page_index.number(), allocated], |k| {
        k.at.set_allocated(page_index, allocated > 0);
    });
}
