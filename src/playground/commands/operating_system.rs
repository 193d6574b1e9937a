//! What a process or its operating system does: spawn, touch, share, kill.

use crate::kernel::proc::terminate;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::StopReason;
use crate::kernel::trap::t_trap_handler;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_kern;
use crate::kernel::vmm::mpt_new;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryMap;
use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::commands::guards;
use crate::playground::commands::guards::Verdict;
use crate::playground::commands::guards::require;
use crate::playground::outcome::Outcome;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Group;
use crate::playground::registry::Returns;
use crate::playground::registry::always;
use crate::playground::registry::argument;
use crate::playground::snapshot::Place;
use crate::playground::world::World;

const PROCESS: Argument = argument("process", ArgumentKind::Process);

/// The commands of this level.
pub(in crate::playground) static COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        name: "spawn",
        group: Group::OperatingSystem,
        arguments: &[argument("parent", ArgumentKind::Process), argument("quota", ArgumentKind::Pages)],
        returns: Returns::Process,
        doc: "Makes a child process with part of its parent's quota.",
        guard: guards::can_split,
        run: spawn,
    },
    CommandSpec {
        name: "touch",
        group: Group::OperatingSystem,
        arguments: &[
            PROCESS,
            argument("access", ArgumentKind::AccessKind),
            argument("address", ArgumentKind::Address),
        ],
        returns: Returns::PhysicalAddress,
        doc: "Lets a process read, write or fetch at an address, as its program would: a missing page is given to it.",
        guard: |world, c| guards::can_run(world, c.id(0)),
        run: touch,
    },
    CommandSpec {
        name: "share",
        group: Group::OperatingSystem,
        arguments: &[
            PROCESS,
            argument("address", ArgumentKind::UserAddress),
            argument("with", ArgumentKind::Process),
            argument("their_address", ArgumentKind::UserAddress),
        ],
        returns: Returns::Frame,
        doc: "Maps a process's page into another process too, on purpose; both entries are marked SHARED.",
        guard: can_share,
        run: share,
    },
    CommandSpec {
        name: "resume",
        group: Group::OperatingSystem,
        arguments: &[PROCESS],
        returns: Returns::Nothing,
        doc: "Lets a stopped process run again.",
        guard: |world, c| {
            let id = c.id(0);
            require(world.kernel.stopped(id).is_some(), || format!("process {id} was not stopped"))
        },
        run: |world, c| {
            t_trap_handler::resume(&mut world.kernel, c.id(0));
            Outcome::said(format!("process {} may run again", c.id(0))).at(Place::Process(c.number(0)))
        },
    },
    CommandSpec {
        name: "kill",
        group: Group::OperatingSystem,
        arguments: &[PROCESS],
        returns: Returns::Nothing,
        doc: "Ends a process that has no children: its frames are freed, its quota returns to its parent.",
        guard: can_kill,
        run: |world, c| kill(world, &[c.id(0)]),
    },
    CommandSpec {
        name: "kill_tree",
        group: Group::OperatingSystem,
        arguments: &[PROCESS],
        returns: Returns::Nothing,
        doc: "Ends a process and all its descendants, youngest first.",
        guard: |world, c| guards::is_user_process(world, c.id(0)),
        run: |world, c| {
            let doomed = descendants(world, c.id(0));
            kill(world, &doomed)
        },
    },
    CommandSpec {
        name: "rename",
        group: Group::OperatingSystem,
        arguments: &[PROCESS, argument("name", ArgumentKind::Name)],
        returns: Returns::Nothing,
        doc: "Gives a process a name of your choice.",
        guard: always,
        run: |world, c| {
            world.names.insert(c.id(0), c.word(1).to_string());
            let sentence = format!("process {} is called {}", c.id(0), c.word(1));
            Outcome::said(sentence).at(Place::Process(c.number(0)))
        },
    },
    CommandSpec {
        name: "boot",
        group: Group::OperatingSystem,
        arguments: &[argument("map", ArgumentKind::MemoryMap)],
        returns: Returns::Nothing,
        doc: "Starts again on another machine: nothing survives but the history.",
        guard: always,
        run: |world, c| {
            if let Ok(map) = MemoryMap::named(c.word(0)) {
                world.memory_map = map;
            }
            world.reboot();
            let quota = world.kernel.container(KERNEL).quota;
            Outcome::said(format!("booted {}: {quota} frames to give", c.word(0))).at(Place::Process(0))
        },
    },
];

/// Makes a child, as `alloc_mem_quota` does, and says so.
fn spawn(world: &mut World, c: &Command) -> Outcome {
    let (parent, quota) = (c.id(0), c.number(1));
    match mpt_new::alloc_mem_quota(&mut world.kernel, parent, quota) {
        Some(child) => {
            Outcome::said(format!("process {child} was born with {quota} of process {parent}'s pages"))
                .with_result(child.number())
                .at(Place::Process(child.number()))
        }
        None => Outcome::said(format!("process {parent} can have no more children")),
    }
}

/// Runs one access of a user program: switches to its directory, accesses, and where the page is
/// missing lets the kernel's handler give it and tries once more.
fn touch(world: &mut World, c: &Command) -> Outcome {
    let (id, address) = (c.id(0), c.address(2));
    let kind = access_kind(c.word(1));
    let k = &mut world.kernel;
    if k.machine.registers.cr3 != id.directory().start().0 {
        mpt_intro::set_pdir_base(k, id);
    }
    let place = Place::Page(id.number(), address.0);
    let access = Access::user(kind);
    let verb = format!("process {id}'s {} at {address}", c.word(1));
    let fault = match world.kernel.machine.access(address, access) {
        Ok(physical) => {
            return Outcome::said(format!("{verb} reached {physical}")).with_result(physical.0).at(place);
        }
        Err(fault) => fault,
    };
    if let Err(reason) = t_trap_handler::pgflt_handler(&mut world.kernel, id, fault) {
        return Outcome::said(format!("process {id} was stopped: {}", stop_clause(reason))).at(place);
    }
    match world.kernel.machine.access(address, access) {
        Ok(physical) => {
            Outcome::said(format!("{verb} faulted, got frame {}, and reached {physical}", physical.frame()))
                .with_result(physical.0)
                .at(place)
        }
        Err(fault) => Outcome::said(format!("{verb} faulted again: {}", fault.cause)).at(place),
    }
}

/// Returns why a process was stopped, as a clause.
pub(in crate::playground) fn stop_clause(reason: StopReason) -> String {
    match reason {
        StopReason::Permission(fault) => {
            format!("the {} at {} is forbidden: {}", fault.access, fault.address, fault.cause)
        }
        StopReason::OutOfMemory(fault) => {
            format!("the page at {} is missing and no frame could be given: out of memory", fault.address)
        }
    }
}

/// Reads an access's word.
pub(in crate::playground) fn access_kind(word: &str) -> AccessKind {
    match word {
        "write" => AccessKind::Write,
        "fetch" => AccessKind::Fetch,
        _ => AccessKind::Read,
    }
}

fn can_share(world: &World, c: &Command) -> Verdict {
    let (from, to) = (c.id(0), c.id(2));
    guards::is_user_process(world, from)?;
    guards::is_user_process(world, to)?;
    let (address, their_address) = (c.address(1), c.address(3));
    require(guards::table_entry(world, from, address).is_present(), || {
        format!("process {from} has no page at {address} to share; touch it first")
    })?;
    require(!guards::table_entry(world, to, their_address).is_present(), || {
        format!("process {to} has a page at {their_address} already; unmap it first")
    })
}

/// Maps one process's page into another and marks both entries. The frame stays the first's to pay.
fn share(world: &mut World, c: &Command) -> Outcome {
    let (from, to) = (c.id(0), c.id(2));
    let pte = guards::table_entry(world, from, c.address(1));
    let perm = mpt_intro::PT_PERM_PTU | RawEntry::SHARED;
    let place = Place::Page(to.number(), c.number(3));
    match mpt_kern::map_page(&mut world.kernel, to, c.address(3), pte.frame(), perm) {
        Ok(table) => {
            let word = world.table_word(from, c.address(1));
            world.kernel.machine.memory.write_word(word, pte.0 | RawEntry::SHARED);
            let sentence = format!("processes {from} and {to} share frame {}", pte.frame());
            Outcome::said(sentence).with_result(table.number()).at(place)
        }
        Err(_) => Outcome::said(format!("process {to} may not have the page table it needs: out of memory"))
            .at(place),
    }
}

fn can_kill(world: &World, c: &Command) -> Verdict {
    let id = c.id(0);
    guards::is_user_process(world, id)?;
    let children = world.children(id).count();
    require(children == 0, || {
        let noun = if children == 1 { "child" } else { "children" };
        format!("process {id} has {children} live {noun}; `kill_tree {id}` ends all of them")
    })
}

/// Ends processes in the given order.
fn kill(world: &mut World, doomed: &[ProcessId]) -> Outcome {
    let mut freed: u64 = 0;
    // The last one is the root of what ends: its parent gets the quota, and the eye.
    let heir = doomed.last().map_or(0, |&id| world.kernel.container(id).parent);
    for &id in doomed {
        // Wide enough for any usage that a save may claim of each of 64 processes.
        freed += u64::from(world.kernel.container(id).usage);
        terminate::terminate(&mut world.kernel, id);
        world.names.remove(&id);
    }
    let names: Vec<String> = doomed.iter().map(ToString::to_string).collect();
    let noun = if doomed.len() == 1 { "process" } else { "processes" };
    let pages = if freed == 1 { "page" } else { "pages" };
    Outcome::said(format!("{noun} {} ended, {freed} {pages} came back", names.join(", ")))
        .at(Place::Process(heir))
}

/// Returns a process and its descendants, children before parents.
fn descendants(world: &World, id: ProcessId) -> Vec<ProcessId> {
    let mut all: Vec<ProcessId> = world.children(id).flat_map(|child| descendants(world, child)).collect();
    all.push(id);
    all
}
