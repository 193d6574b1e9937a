//! `MATInit`: fills the allocation table from the firmware's memory map.

use crate::kernel::layout::PERM_FIRMWARE;
use crate::kernel::layout::PERM_KERNEL;
use crate::kernel::layout::PERM_NORMAL;
use crate::kernel::layout::VM_USERHI_PI;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::pmm::mat_intro;
use crate::kernel::state::Kernel;
use crate::machine::address::FRAMES;
use crate::machine::address::PAGE_SIZE;
use crate::machine::memory_map::MemoryMap;

/// Counts the frames and says of each whose it is.
///
/// Frames reach up to the highest row's end. Outside the user range they are the
/// kernel's; inside, a frame is normal only if it lies wholly in one usable row.
pub(crate) fn pmem_init(k: &mut Kernel, map: &MemoryMap) {
    k.call("pmem_init", &[], |k| {
        let page = u64::from(PAGE_SIZE);
        let end = map.end();
        let nps = at_most_all(end / page);
        mat_intro::set_nps(k, nps);
        // `at_set_perm` for every frame, a range at a time: the same rows in a thousandth of the calls.
        k.at.set_perm_of_range(0..nps.min(VM_USERLO_PI), PERM_KERNEL);
        k.at.set_perm_of_range(VM_USERHI_PI.min(nps)..nps, PERM_KERNEL);
        k.at.set_perm_of_range(VM_USERLO_PI.min(nps)..VM_USERHI_PI.min(nps), PERM_FIRMWARE);
        for row in map.rows.iter().filter(|row| row.is_usable) {
            let first = at_most_all(row.start.div_ceil(page)).max(VM_USERLO_PI);
            let last = at_most_all(row.end() / page).min(VM_USERHI_PI);
            k.at.set_perm_of_range(first..last.max(first), PERM_NORMAL);
        }
    });
}

/// Returns a count of frames, cut where the address space ends.
fn at_most_all(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(FRAMES).min(FRAMES)
}
