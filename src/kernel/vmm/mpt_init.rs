//! `MPTInit`: turns paging on.

use crate::kernel::process_id::KERNEL;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_kern;
use crate::machine::memory_map::MemoryMap;
use crate::machine::registers;

/// Initialises every layer, bottom up, then enters paging with process 0's directory.
pub(crate) fn paging_init(k: &mut Kernel, map: &MemoryMap) {
    k.call("paging_init", &[], |k| {
        mpt_kern::pdir_init_kern(k, map);
        mpt_intro::set_pdir_base(k, KERNEL);
        enable_paging(k);
    });
}

/// Sets CR4.PGE, then CR0's PE MP NE WP AM PG, as mCertiKOS's `enable_paging` does.
fn enable_paging(k: &mut Kernel) {
    k.call("enable_paging", &[], |k| {
        let cr4 = k.machine.registers.cr4 | registers::CR4_PGE;
        k.machine.set_cr4(cr4);
        let on = registers::CR0_PE
            | registers::CR0_MP
            | registers::CR0_NE
            | registers::CR0_WP
            | registers::CR0_AM
            | registers::CR0_PG;
        let cr0 = k.machine.registers.cr0 | on;
        k.machine.set_cr0(cr0);
    });
}
