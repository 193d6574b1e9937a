//! Puts a saved moment's words back into the kernel's tables. Ours.
//!
//! No layer may do this: a layer's functions keep the tables in step with each other, and
//! a save may hold tables that a user has bent.

use crate::kernel::allocation_table::FrameRow;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Container;
use crate::kernel::state::Kernel;
use crate::kernel::state::StopReason;
use crate::machine::address::FrameNumber;

impl Kernel {
    /// Sets how many frames there are.
    pub(crate) fn restore_frame_count(&mut self, count: u32) {
        self.nps = count;
    }

    /// Sets where `palloc` starts to search.
    pub(crate) fn restore_palloc_cursor(&mut self, frame: u32) {
        self.palloc_cursor = frame;
    }

    /// Sets one process's account, and why it was stopped.
    pub(crate) fn restore_container(
        &mut self,
        id: ProcessId,
        container: Container,
        stopped: Option<StopReason>,
    ) {
        self.containers[id.index()] = container;
        self.stopped[id.index()] = stopped;
    }

    /// Sets what the allocation table knows of one frame.
    pub(crate) fn restore_row(&mut self, frame: FrameNumber, row: FrameRow) {
        self.at.set_perm(frame, row.perm);
        self.at.set_allocated(frame, row.is_allocated);
        self.at.set_charged_to(frame, row.charged_to);
    }
}
