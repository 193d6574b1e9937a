//! certiscope: a playground for the memory layers of a teaching kernel.

mod machine;
mod kernel;
pub mod playground;
