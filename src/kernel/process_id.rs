//! The number of a process, of its container and of its page directory.

use std::fmt;

use crate::kernel::layout;
use crate::kernel::layout::NUM_IDS;
use crate::machine::address::FrameNumber;

/// An id below [`NUM_IDS`]. Whether it is in use is the container's to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ProcessId(u8);

/// Process 0: the kernel itself, parent of all, which sees all memory as identity.
pub(crate) const KERNEL: ProcessId = ProcessId(0);

impl ProcessId {
    /// Returns the id with this number, or nothing from [`NUM_IDS`] on.
    pub(crate) fn new(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|_| number < NUM_IDS).map(ProcessId)
    }

    /// Returns the process whose directory a frame is, if it is one.
    pub(crate) fn of_directory(frame: FrameNumber) -> Option<Self> {
        frame.number().checked_sub(layout::PDIR_POOL_PI).and_then(ProcessId::new)
    }

    /// Returns all ids, lowest first.
    pub(crate) fn all() -> impl Iterator<Item = ProcessId> {
        (0..NUM_IDS).filter_map(ProcessId::new)
    }

    /// Returns the number itself.
    pub(crate) fn number(self) -> u32 {
        u32::from(self.0)
    }

    /// Returns the place in a table of [`NUM_IDS`] rows.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Returns the frame of this process's directory in `PDirPool`.
    pub(crate) fn directory(self) -> FrameNumber {
        layout::fixed_frame(layout::PDIR_POOL_PI + self.number())
    }
}

impl fmt::Display for ProcessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
