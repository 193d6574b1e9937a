//! The six panes, and the words and shapes they share.
//!
//! Each is a function of (snapshot, state, theme) and never calls another.

pub(crate) mod changes;
pub(crate) mod frames;
pub(crate) mod machine;
pub(crate) mod processes;
pub(crate) mod stack;
pub(crate) mod tables;
pub(crate) mod trace;
pub(crate) mod vocabulary;
