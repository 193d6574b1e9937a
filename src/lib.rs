//! certiscope: a playground for the memory layers of a teaching kernel.

pub mod cli;
mod kernel;
mod machine;
pub mod playground;

#[doc(hidden)]
pub mod bench;
