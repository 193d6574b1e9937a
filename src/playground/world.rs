//! The world: everything that undo must bring back.

use std::collections::BTreeMap;

use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_init;
use crate::machine::memory_map::MemoryMap;

/// One moment: the kernel with its machine, what they were booted from, and what the user calls things.
///
/// A clone is cheap: memory and the allocation table are shared until they change.
#[derive(Clone, PartialEq)]
pub(crate) struct World {
    pub(crate) kernel: Kernel,
    pub(in crate::playground) memory_map: MemoryMap,
    pub(in crate::playground) names: BTreeMap<ProcessId, String>,
}

impl World {
    /// Returns a freshly booted world: process 0 owns every normal frame, paging is on.
    pub(crate) fn boot(memory_map: MemoryMap) -> Self {
        let mut world = World { kernel: Kernel::new(), memory_map, names: BTreeMap::new() };
        world.reboot();
        world
    }

    /// Boots again from the memory map; nothing survives.
    pub(in crate::playground) fn reboot(&mut self) {
        let recorder = std::mem::take(&mut self.kernel.machine.recorder);
        self.kernel = Kernel::new();
        self.kernel.machine.recorder = recorder;
        self.names.clear();
        mpt_init::paging_init(&mut self.kernel, &self.memory_map);
    }

    /// Returns what the user calls a process.
    pub(in crate::playground) fn name(&self, id: ProcessId) -> String {
        let default = || if id.number() == 0 { "kernel".to_string() } else { format!("proc{id}") };
        self.names.get(&id).cloned().unwrap_or_else(default)
    }

    /// Returns the processes in use, lowest id first.
    pub(in crate::playground) fn live(&self) -> impl Iterator<Item = ProcessId> {
        ProcessId::all().filter(|&id| self.kernel.container(id).used)
    }

    /// Returns the children of a process, lowest id first.
    pub(in crate::playground) fn children(&self, id: ProcessId) -> impl Iterator<Item = ProcessId> {
        self.live().filter(move |&child| child != id && self.kernel.container(child).parent == id.number())
    }
}
