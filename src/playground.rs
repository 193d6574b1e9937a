//! The playground: commands over a world, its history, and the records that panes draw.
//!
//! Below: the kernel and the machine. Never: the screen.

pub mod snapshot;
pub mod argument;
pub mod command;
pub mod registry;
pub mod outcome;
mod commands;
mod world;
mod finding;
mod ledger;
mod region;
mod roles;
mod tlb_view;
mod invariants;
mod changes;
mod trace;
