//! Processes beyond memory: how one ends. Ours; mCertiKOS never ends a process.

pub(crate) mod terminate;
