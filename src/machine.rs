//! The machine: physical memory, paging and its faults, in simulated bytes.
//!
//! Below: nothing. Never: knows what a process or a container is.
//!
//! An access is an address, a kind and a privilege level; [`Machine::access`] answers with a
//! physical address or a page fault, as the hardware would. There is no clock and no chance:
//! the same calls give the same machine. An instruction interpreter and devices come in beside
//! these files, as callers of `access`.

pub(crate) mod address;
pub(crate) mod shared;
pub(crate) mod memory;
pub(crate) mod memory_map;
pub(crate) mod registers;
pub(crate) mod access;
pub(crate) mod entry;
pub(crate) mod fault;
pub(crate) mod walk;
pub(crate) mod tlb;
pub(crate) mod staleness;
pub(crate) mod recorder;
mod mmu;
mod control;

use crate::machine::memory::PhysicalMemory;
use crate::machine::recorder::Recorder;
use crate::machine::registers::Registers;
use crate::machine::tlb::Tlb;

/// One computer at one moment.
///
/// A clone is cheap: the memory is shared until one of the two writes to it.
#[derive(Clone)]
pub(crate) struct Machine {
    /// What the bus reaches, page tables included.
    pub(crate) memory: PhysicalMemory,
    /// What the processor holds. Write control registers through `load_cr3`, `set_cr0` and
    /// `set_cr4`: a direct write flushes nothing, which no hardware does.
    pub(crate) registers: Registers,
    /// The translations the processor remembers, stale ones included.
    pub(crate) tlb: Tlb,
    /// What happened since someone last asked. No part of the machine's state.
    pub(crate) recorder: Recorder,
}

impl Machine {
    /// Returns a machine as a boot loader hands it over: zeroed memory, paging off, supervisor.
    pub(crate) fn new() -> Self {
        Machine {
            memory: PhysicalMemory::new(),
            registers: Registers::new(),
            tlb: Tlb::new(),
            recorder: Recorder::new(),
        }
    }
}

impl PartialEq for Machine {
    /// Compares what the machine is, not what was recorded about it.
    fn eq(&self, other: &Self) -> bool {
        self.registers == other.registers && self.tlb == other.tlb && self.memory == other.memory
    }
}
