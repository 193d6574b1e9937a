//! certiscope: a playground for the memory layers of a teaching kernel.

mod kernel;
mod machine;
pub mod playground;
