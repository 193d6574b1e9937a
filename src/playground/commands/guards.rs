//! The border: what mCertiKOS leaves to its callers is refused here, in one sentence.

use crate::kernel::layout::MAX_CHILDREN;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::playground::command::Command;
use crate::playground::command::CommandError;
use crate::playground::world::World;

/// What a guard answers.
pub(in crate::playground) type Verdict = Result<(), CommandError>;

/// Returns a refusal unless the condition holds.
pub(in crate::playground) fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(CommandError(otherwise())) }
}

/// Refuses process 0 for what only a user process does.
pub(in crate::playground) fn is_user_process(world: &World, id: ProcessId) -> Verdict {
    require(id != KERNEL, || {
        let hint = if world.live().count() > 1 { "" } else { ", spawn a child first" };
        format!("process 0 is the kernel itself and has no user side{hint}")
    })
}

/// Refuses a child that has no id, or a quota that the parent does not have.
pub(in crate::playground) fn can_split(world: &World, command: &Command) -> Verdict {
    let (id, quota) = (command.id(0), command.number(1));
    let container = world.kernel.container(id);
    let first_child = id.number() * MAX_CHILDREN + 1;
    require(ProcessId::new(first_child).is_some(), || {
        format!(
            "process {id} can have no children: their numbers would start at {first_child}, past the last, 63"
        )
    })?;
    require(m_container::free_child_slot(&world.kernel, id).is_some(), || {
        format!("process {id} has {} children already; {MAX_CHILDREN} is the most", container.nchildren)
    })?;
    let room = container.room();
    require(quota <= room, || {
        format!("process {id} has {room} pages left of {}; {quota} are too many", container.quota)
    })
}

/// Refuses to reach into a page table that is not there.
pub(in crate::playground) fn has_table(world: &World, id: ProcessId, address: VirtualAddress) -> Verdict {
    let index = address.directory_index();
    require(world.directory_entry(id, index) != RawEntry(0), || {
        format!("directory entry {index:#05x} of process {id} is empty: there is no page table to look into")
    })
}

/// Refuses to run a process that was stopped, or the kernel itself.
pub(in crate::playground) fn can_run(world: &World, id: ProcessId) -> Verdict {
    is_user_process(world, id)?;
    require(world.kernel.stopped(id).is_none(), || {
        format!("process {id} was stopped; `resume {id}` lets it run again")
    })
}

/// Returns the page-table entry that translates an address; empty where there is no table.
pub(in crate::playground) fn table_entry(world: &World, id: ProcessId, address: VirtualAddress) -> RawEntry {
    if !world.directory_entry(id, address.directory_index()).is_present() {
        return RawEntry(0);
    }
    RawEntry(world.kernel.machine.memory.read_word(world.table_word(id, address)))
}
