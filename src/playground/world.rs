//! The world: everything that undo must bring back.

use std::collections::BTreeMap;

use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_init;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
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

    /// Returns an entry of a process's directory.
    pub(in crate::playground) fn directory_entry(&self, id: ProcessId, pde_index: u32) -> RawEntry {
        RawEntry(self.kernel.machine.memory.read_word(id.directory().word(pde_index)))
    }

    /// Returns where an address's page-table entry lies, whether or not the directory entry is present.
    pub(in crate::playground) fn table_word(
        &self,
        id: ProcessId,
        address: VirtualAddress,
    ) -> PhysicalAddress {
        self.directory_entry(id, address.directory_index()).frame().word(address.table_index())
    }

    /// Returns what the user calls a process.
    pub(in crate::playground) fn name(&self, id: ProcessId) -> String {
        let default = || if id == KERNEL { "kernel".to_string() } else { format!("proc{id}") };
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
