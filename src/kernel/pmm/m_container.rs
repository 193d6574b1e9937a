//! `MContainer`: who may use how many pages.
//!
//! Containers form a tree: a process hands part of its quota to each child it makes,
//! and what it handed over counts as used. The allocator below knows nothing of this.

use crate::kernel::layout::MAX_CHILDREN;
use crate::kernel::layout::VM_USERHI_PI;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::pmm::mat_init;
use crate::kernel::pmm::mat_intro;
use crate::kernel::pmm::mat_op;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Container;
use crate::kernel::state::Kernel;
use crate::machine::address::FrameNumber;
use crate::machine::memory_map::MemoryMap;

/// Gives process 0 every normal free frame as its quota.
pub(crate) fn container_init(k: &mut Kernel, map: &MemoryMap) {
    k.call("container_init", &[], |k| {
        mat_init::pmem_init(k, map);
        let real_quota = k.at.count_free(VM_USERLO_PI..VM_USERHI_PI);
        k.containers[KERNEL.index()] = Container { quota: real_quota, used: true, ..Container::default() };
    });
}

/// Returns the parent of a process.
pub(crate) fn container_get_parent(k: &mut Kernel, id: ProcessId) -> u32 {
    k.call("container_get_parent", &[id.number()], |k| k.container(id).parent)
}

/// Returns how many children a process has.
pub(crate) fn container_get_nchildren(k: &mut Kernel, id: ProcessId) -> u32 {
    k.call("container_get_nchildren", &[id.number()], |k| k.container(id).nchildren)
}

/// Returns how many pages a process may use.
pub(crate) fn container_get_quota(k: &mut Kernel, id: ProcessId) -> u32 {
    k.call("container_get_quota", &[id.number()], |k| k.container(id).quota)
}

/// Returns how many pages a process uses, its children's quotas included.
pub(crate) fn container_get_usage(k: &mut Kernel, id: ProcessId) -> u32 {
    k.call("container_get_usage", &[id.number()], |k| k.container(id).usage)
}

/// Returns whether the process may use `n` more pages.
pub(crate) fn container_can_consume(k: &mut Kernel, id: ProcessId, n: u32) -> bool {
    k.call("container_can_consume", &[id.number(), n], |k| k.container(id).room() >= n)
}

/// Makes a child that may use `quota` pages of its parent's; nothing if no child id is left.
///
/// The child's number is `id · MAX_CHILDREN + 1 + nchildren`. Where a child has ended
/// (ours, see `proc/terminate.rs`), the lowest number that became free is used again.
pub(crate) fn container_split(k: &mut Kernel, id: ProcessId, quota: u32) -> Option<ProcessId> {
    k.call("container_split", &[id.number(), quota], |k| {
        let child = free_child_slot(k, id)?;
        k.containers[child.index()] =
            Container { quota, usage: 0, parent: id.number(), nchildren: 0, used: true };
        let parent = &mut k.containers[id.index()];
        parent.usage += quota;
        // A save may hold any count, even the largest; adding to it must not end the program.
        parent.nchildren = parent.nchildren.saturating_add(1);
        Some(child)
    })
}

/// Gives the process a frame, if its quota allows one more and there is one.
pub(crate) fn container_alloc(k: &mut Kernel, id: ProcessId) -> Option<FrameNumber> {
    k.call("container_alloc", &[id.number()], |k| {
        if k.container(id).room() == 0 {
            return None;
        }
        let frame = mat_op::palloc(k)?;
        k.containers[id.index()].usage += 1;
        k.at.set_charged_to(frame, Some(id));
        Some(frame)
    })
}

/// Takes a frame back from the process. Like mCertiKOS, it does not ask whose frame it is.
pub(crate) fn container_free(k: &mut Kernel, id: ProcessId, page_index: FrameNumber) {
    k.call("container_free", &[id.number(), page_index.number()], |k| {
        if mat_intro::at_is_allocated(k, page_index) {
            mat_op::pfree(k, page_index);
            let usage = &mut k.containers[id.index()].usage;
            *usage = usage.saturating_sub(1);
        }
    });
}

/// Ends a child's account and returns its quota to the parent. Ours.
pub(crate) fn container_release(k: &mut Kernel, id: ProcessId) {
    k.call("container_release", &[id.number()], |k| {
        let child = std::mem::take(&mut k.containers[id.index()]);
        let Some(parent) = ProcessId::new(child.parent) else { return };
        let parent = &mut k.containers[parent.index()];
        parent.usage = parent.usage.saturating_sub(child.quota);
        parent.nchildren = parent.nchildren.saturating_sub(1);
    });
}

/// Returns the id the next child would get. From process 21 on there is none: it would be 64 or more.
pub(crate) fn free_child_slot(k: &Kernel, id: ProcessId) -> Option<ProcessId> {
    let mut slots = (1..=MAX_CHILDREN).filter_map(|n| ProcessId::new(id.number() * MAX_CHILDREN + n));
    slots.find(|child| !k.container(*child).used)
}

impl Container {
    /// Returns how many more pages may be used.
    pub(crate) fn room(&self) -> u32 {
        self.quota.saturating_sub(self.usage)
    }
}
