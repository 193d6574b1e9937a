//! Virtual memory management: two-level page tables, from raw entries up to `alloc_page`.

pub(crate) mod mpt_intro;
pub(crate) mod mpt_op;
pub(crate) mod mpt_comm;
pub(crate) mod mpt_kern;
pub(crate) mod mpt_init;
pub(crate) mod mpt_new;
