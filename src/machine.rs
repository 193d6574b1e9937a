//! The machine: physical memory, paging and its faults, in simulated bytes.
//!
//! Below: nothing. Never: knows what a process or a container is.

pub(crate) mod address;
pub(crate) mod memory;
