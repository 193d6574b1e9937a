//! Traps: what the kernel does when the machine says no.

pub(crate) mod t_trap_handler;
