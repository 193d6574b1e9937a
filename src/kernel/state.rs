//! The kernel's static variables in one value, and the machine it runs on.
//!
//! mCertiKOS scatters these over its layers as C statics. They stand together here so
//! that a moment of the whole system is one cheap clone; which layer may touch which
//! field is said beside it.

use crate::kernel::allocation_table::AllocationTable;
use crate::kernel::layout::MAGIC_NUMBER;
use crate::kernel::layout::NUM_IDS;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::process_id::ProcessId;
use crate::machine::Machine;
use crate::machine::address::FrameNumber;
use crate::machine::fault::PageFault;

/// A process's memory account: `struct SContainer`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Container {
    /// How many pages it may use.
    pub(crate) quota: u32,
    /// How many it uses: its own frames and what it handed to its children.
    pub(crate) usage: u32,
    /// The id of the process that split this quota from its own.
    pub(crate) parent: u32,
    /// How many children it has now.
    pub(crate) nchildren: u32,
    /// Is this id in use?
    pub(crate) used: bool,
}

/// Why a process may not run on. Ours: mCertiKOS panics instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StopReason {
    /// It touched a page that is there but forbids the access.
    Permission(PageFault),
    /// It needed a page and the kernel had none to give.
    OutOfMemory(PageFault),
}

/// All that the kernel knows.
#[derive(Clone, PartialEq)]
pub(crate) struct Kernel {
    /// The hardware; page directories and tables live in its memory.
    pub(crate) machine: Machine,
    /// `MATIntro`: how many frames there are (`NUM_PAGES`).
    pub(in crate::kernel) nps: u32,
    /// `MATIntro`: a row a frame (`AT`).
    pub(in crate::kernel) at: AllocationTable,
    /// `MATOp`: where `palloc` starts to search (`palloc_cur_at`).
    pub(in crate::kernel) palloc_cursor: u32,
    /// `MContainer`: a container an id (`CONTAINER`).
    pub(in crate::kernel) containers: [Container; NUM_IDS as usize],
    /// `TTrapHandler`: who was stopped, and why. Ours.
    pub(in crate::kernel) stopped: [Option<StopReason>; NUM_IDS as usize],
}

impl Kernel {
    /// Returns a kernel that has not booted yet: every table empty.
    pub(crate) fn new() -> Self {
        Kernel {
            machine: Machine::new(),
            nps: 0,
            at: AllocationTable::new(),
            palloc_cursor: VM_USERLO_PI,
            containers: [Container::default(); NUM_IDS as usize],
            stopped: [None; NUM_IDS as usize],
        }
    }

    /// Returns how many frames there are.
    pub(crate) fn frame_count(&self) -> u32 {
        self.nps
    }

    /// Returns the allocation table.
    pub(crate) fn allocation_table(&self) -> &AllocationTable {
        &self.at
    }

    /// Returns the frame number at which `palloc` starts to search.
    pub(crate) fn palloc_cursor(&self) -> u32 {
        self.palloc_cursor
    }

    /// Returns the container of an id, in use or not.
    pub(crate) fn container(&self, id: ProcessId) -> &Container {
        &self.containers[id.index()]
    }

    /// Returns why a process was stopped, if it was.
    pub(crate) fn stopped(&self, id: ProcessId) -> Option<StopReason> {
        self.stopped[id.index()]
    }

    /// Returns a container for writing what no command can write, to see the invariants notice.
    #[cfg(test)]
    pub(crate) fn container_mut(&mut self, id: ProcessId) -> &mut Container {
        &mut self.containers[id.index()]
    }

    /// Runs one layer function and records it: its name, what it was given, what it answered.
    #[inline]
    pub(in crate::kernel) fn call<A: Answer>(
        &mut self,
        name: &'static str,
        arguments: &[u32],
        body: impl FnOnce(&mut Self) -> A,
    ) -> A {
        self.machine.recorder.enter(name, arguments);
        let answer = body(self);
        self.machine.recorder.leave(answer.number());
        answer
    }
}

/// `map_page` and `alloc_page` found no frame; C callers see [`MAGIC_NUMBER`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OutOfMemory;

/// What a layer function gives back, as the number its C namesake returns.
pub(crate) trait Answer {
    /// Returns the C function's return value, or nothing for `void`.
    fn number(&self) -> Option<u32>;
}

impl Answer for () {
    fn number(&self) -> Option<u32> {
        None
    }
}

impl Answer for u32 {
    fn number(&self) -> Option<u32> {
        Some(*self)
    }
}

impl Answer for bool {
    fn number(&self) -> Option<u32> {
        Some(u32::from(*self))
    }
}

impl Answer for Option<FrameNumber> {
    fn number(&self) -> Option<u32> {
        Some(self.map_or(0, FrameNumber::number))
    }
}

impl Answer for Option<ProcessId> {
    fn number(&self) -> Option<u32> {
        Some(self.map_or(NUM_IDS, ProcessId::number))
    }
}

impl Answer for Result<FrameNumber, OutOfMemory> {
    fn number(&self) -> Option<u32> {
        Some(self.map_or(MAGIC_NUMBER, FrameNumber::number))
    }
}

impl Answer for Result<(), StopReason> {
    fn number(&self) -> Option<u32> {
        None
    }
}
