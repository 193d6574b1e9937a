//! The kernel: mCertiKOS's memory layers, one file each, lowest first.
//!
//! Below: the machine. Never: the screen, the disk, history.
//!
//! Folders, files and functions carry mCertiKOS's own names (`kern/vmm/MPTKern` is
//! `vmm/mpt_kern.rs`), and a layer calls only what lies below it; `tests/layers.rs`
//! holds the permitted calls as mCertiKOS's `import.h` files do. What is ours and not
//! mCertiKOS's says so in its first lines.

pub(crate) mod layout;
pub(crate) mod process_id;
pub(crate) mod allocation_table;
pub(crate) mod state;
pub(crate) mod pmm;
pub(crate) mod vmm;
pub(crate) mod trap;
pub(crate) mod proc;
mod restore;
