//! Doors for the benchmarks into the private rooms: thin wrappers, no part of the program.
//!
//! Below: everything. Never: used by another file, promised to anybody, or documented as an API.
//! A benchmark is a crate of its own and sees only what is `pub`; without this file `kernel` and
//! `machine` would have to be.

use crate::kernel::layout;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_new;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::FrameNumber;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::memory_map::MemoryMap;
use crate::machine::memory_map::MemoryRow;
use crate::playground::Playground;
use crate::playground::world::World;

/// A booted machine with its kernel, nobody listening: the layers at their full speed.
#[derive(Clone)]
pub struct System(World);

impl System {
    /// Boots a machine whose user range begins with this many usable bytes.
    #[must_use]
    pub fn boot(user_bytes: u64) -> Self {
        let low = MemoryRow { start: 0, length: u64::from(layout::VM_USERLO), usable: true };
        let user = MemoryRow { start: low.end(), length: user_bytes, usable: true };
        let last = MemoryRow { start: 0xffff_f000, length: 0x1000, usable: false };
        System(World::boot(MemoryMap { title: "a machine to measure".into(), rows: vec![low, user, last] }))
    }

    /// Makes a child of process 0 and returns its id.
    pub fn spawn(&mut self, quota: u32) -> u32 {
        mpt_new::alloc_mem_quota(&mut self.0.kernel, KERNEL, quota).map_or(0, ProcessId::number)
    }

    /// Calls `container_alloc`.
    pub fn container_alloc(&mut self, process: u32) -> Option<u32> {
        m_container::container_alloc(&mut self.0.kernel, id(process)).map(FrameNumber::number)
    }

    /// Calls `container_free`.
    pub fn container_free(&mut self, process: u32, frame: u32) {
        m_container::container_free(
            &mut self.0.kernel,
            id(process),
            FrameNumber::new(frame).unwrap_or_default(),
        );
    }

    /// Calls `alloc_page` with P W U and returns the page table's frame.
    pub fn alloc_page(&mut self, process: u32, address: u32) -> Option<u32> {
        let perm = mpt_intro::PT_PERM_PTU;
        let table = mpt_new::alloc_page(&mut self.0.kernel, id(process), VirtualAddress(address), perm);
        table.ok().map(FrameNumber::number)
    }

    /// Makes a process's directory the one that is walked.
    pub fn switch_to(&mut self, process: u32) {
        mpt_intro::set_pdir_base(&mut self.0.kernel, id(process));
    }

    /// Reads as a user program does and returns the physical address reached.
    pub fn read(&mut self, address: u32) -> Option<u32> {
        let reached = self.0.kernel.machine.access(VirtualAddress(address), Access::user(AccessKind::Read));
        reached.ok().map(|address| address.0)
    }

    /// Writes a word of physical memory.
    pub fn poke(&mut self, address: u32, word: u32) {
        self.0.kernel.machine.memory.write_word(PhysicalAddress(address), word);
    }

    /// Returns a playground whose history starts here.
    #[must_use]
    pub fn into_playground(self) -> Playground {
        Playground::starting_at(self.0, "a machine to measure".into())
    }
}

fn id(process: u32) -> ProcessId {
    ProcessId::new(process).unwrap_or(KERNEL)
}
