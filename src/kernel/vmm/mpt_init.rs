//! `MPTInit`: turns paging on.

use crate::kernel::process_id::KERNEL;
use crate::kernel::state::Kernel;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_kern;
use crate::machine::memory_map::MemoryMap;
use crate::machine::registers::Cr0;
use crate::machine::registers::Cr4;

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
        let cr4 = k.machine.registers.cr4 | Cr4::PGE;
        k.machine.set_cr4(cr4);
        let on = Cr0::PE | Cr0::MP | Cr0::NE | Cr0::WP | Cr0::AM | Cr0::PG;
        let cr0 = k.machine.registers.cr0 | on;
        k.machine.set_cr0(cr0);
    });
}
