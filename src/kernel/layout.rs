//! mCertiKOS's constants: limits, the user range, and where its tables lie.

use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;

/// How many processes there can be; a process, its container and its directory share one id.
pub(crate) const NUM_IDS: u32 = 64;
/// How many children a container may have at once.
pub(crate) const MAX_CHILDREN: u32 = 3;
/// What `map_page` and `alloc_page` return when memory ran out: no frame has this number.
pub(crate) const MAGIC_NUMBER: u32 = 1_048_577;

/// The first virtual address, and physical address, that belongs to user programs.
pub(crate) const VM_USERLO: u32 = 0x4000_0000;
/// The first address above the user range.
pub(crate) const VM_USERHI: u32 = 0xF000_0000;
/// The frame at [`VM_USERLO`].
pub(crate) const VM_USERLO_PI: u32 = VM_USERLO >> 12;
/// The frame at [`VM_USERHI`].
pub(crate) const VM_USERHI_PI: u32 = VM_USERHI >> 12;
/// The directory entry that translates [`VM_USERLO`].
pub(crate) const VM_USERLO_PDE: u32 = VM_USERLO >> 22;
/// The directory entry that translates [`VM_USERHI`].
pub(crate) const VM_USERHI_PDE: u32 = VM_USERHI >> 22;

/// The allocation table's permission of a frame that is not usable memory.
pub(crate) const PERM_FIRMWARE: u8 = 0;
/// The permission of a frame that the kernel keeps.
pub(crate) const PERM_KERNEL: u8 = 1;
/// The permission of a frame that may be given out; so is every higher one.
pub(crate) const PERM_NORMAL: u8 = 2;

/// `PDirPool`: 64 page directories, one a process, from `0x0100_0000` on.
pub(crate) const PDIR_POOL_PI: u32 = 0x0100_0000 >> 12;
/// `IDPTbl`: 1024 page tables that map every page to itself, from `0x0140_0000` on.
pub(crate) const IDPTBL_PI: u32 = 0x0140_0000 >> 12;

/// Returns whether a directory entry translates addresses of user programs.
pub(crate) fn is_user_pde(pde_index: u32) -> bool {
    (VM_USERLO_PDE..VM_USERHI_PDE).contains(&pde_index)
}

/// Returns the identity page table behind one directory entry.
pub(crate) fn identity_table(pde_index: u32) -> FrameNumber {
    fixed_frame(IDPTBL_PI + pde_index % ENTRIES)
}

/// Returns the directory entry whose identity table a frame is, if it is one.
pub(crate) fn identity_table_index(frame: FrameNumber) -> Option<u32> {
    frame.number().checked_sub(IDPTBL_PI).filter(|&pde_index| pde_index < ENTRIES)
}

/// Returns a frame whose number is known to be small.
pub(in crate::kernel) fn fixed_frame(number: u32) -> FrameNumber {
    FrameNumber::new(number).unwrap_or_default()
}
