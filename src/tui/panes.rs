//! The six panes, and the words and shapes they share.
//!
//! Each is a function of (snapshot, state, theme) and never calls another.

// The panes, as they are numbered.
pub(crate) mod processes;
pub(crate) mod tables;
pub(crate) mod frames;
pub(crate) mod machine;
pub(crate) mod trace;
pub(crate) mod changes;

// What they share.
pub(crate) mod stack;
pub(crate) mod vocabulary;
