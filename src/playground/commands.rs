//! What each command does and when it is refused, one table a level.

pub(in crate::playground) mod guards;
pub(in crate::playground) mod operating_system;
pub(in crate::playground) mod pmm;
pub(in crate::playground) mod vmm;
pub(in crate::playground) mod bare_machine;
