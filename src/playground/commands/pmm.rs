//! The physical layers' functions as commands: `MATIntro`, `MATInit`, `MATOp`, `MContainer`.

use crate::kernel::pmm::m_container;
use crate::kernel::pmm::mat_init;
use crate::kernel::pmm::mat_intro;
use crate::kernel::pmm::mat_op;
use crate::kernel::state::Answer;
use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::commands::guards;
use crate::playground::outcome::Outcome;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Group;
use crate::playground::registry::Returns;
use crate::playground::registry::always;
use crate::playground::registry::argument;
use crate::playground::world::World;

const ID: Argument = argument("id", ArgumentKind::Process);
const PAGE_INDEX: Argument = argument("page_index", ArgumentKind::Frame);
const QUOTA: Argument = argument("quota", ArgumentKind::Pages);

/// Returns the record of a layer function that any state allows.
const fn function(
    layer: &'static str,
    name: &'static str,
    arguments: &'static [Argument],
    returns: Returns,
    doc: &'static str,
    run: fn(&mut World, &Command) -> Outcome,
) -> CommandSpec {
    CommandSpec { name, group: Group::Layer(layer), arguments, returns, doc, guard: always, run }
}

pub(in crate::playground) static COMMANDS: &[CommandSpec] = &[
    function("MATIntro", "get_nps", &[], Returns::Number, "Returns the number of frames.", |world, _| {
        Outcome::returned(mat_intro::get_nps(&mut world.kernel).number())
    }),
    function(
        "MATIntro",
        "set_nps",
        &[argument("nps", ArgumentKind::Number)],
        Returns::Nothing,
        "Sets the number of frames; what lies above does not exist for the kernel.",
        |world, c| {
            mat_intro::set_nps(&mut world.kernel, c.number(0));
            Outcome::default()
        },
    ),
    function(
        "MATIntro",
        "at_is_norm",
        &[PAGE_INDEX],
        Returns::Truth,
        "Is the frame normal memory, neither firmware's nor the kernel's?",
        |world, c| Outcome::returned(mat_intro::at_is_norm(&mut world.kernel, c.frame(0)).number()),
    ),
    function(
        "MATIntro",
        "at_set_perm",
        &[PAGE_INDEX, argument("perm", ArgumentKind::FramePermission)],
        Returns::Nothing,
        "Sets a frame's permission and marks it unallocated.",
        |world, c| {
            let perm = u8::try_from(c.number(1)).unwrap_or(u8::MAX);
            mat_intro::at_set_perm(&mut world.kernel, c.frame(0), perm);
            Outcome::default()
        },
    ),
    function(
        "MATIntro",
        "at_is_allocated",
        &[PAGE_INDEX],
        Returns::Truth,
        "Was the frame given out?",
        |world, c| Outcome::returned(mat_intro::at_is_allocated(&mut world.kernel, c.frame(0)).number()),
    ),
    function(
        "MATIntro",
        "at_set_allocated",
        &[PAGE_INDEX, argument("allocated", ArgumentKind::Number)],
        Returns::Nothing,
        "Marks a frame as given out (any value but 0) or not.",
        |world, c| {
            mat_intro::at_set_allocated(&mut world.kernel, c.frame(0), c.number(1));
            Outcome::default()
        },
    ),
    function(
        "MATIntro",
        "count_allocated",
        &[],
        Returns::Number,
        "Counts the frames marked allocated; ours, for checking.",
        |world, _| Outcome::returned(Some(world.kernel.allocation_table().allocated_count())),
    ),
    function(
        "MATInit",
        "pmem_init",
        &[],
        Returns::Nothing,
        "Fills the allocation table from the memory map again: every frame is free.",
        |world, _| {
            mat_init::pmem_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    function(
        "MATOp",
        "palloc",
        &[],
        Returns::Frame,
        "Gives the next free frame to nobody in particular.",
        |world, _| Outcome::returned(mat_op::palloc(&mut world.kernel).number()),
    ),
    function("MATOp", "pfree", &[PAGE_INDEX], Returns::Nothing, "Marks a frame as free.", |world, c| {
        mat_op::pfree(&mut world.kernel, c.frame(0));
        Outcome::default()
    }),
    function(
        "MContainer",
        "container_init",
        &[],
        Returns::Nothing,
        "Starts the accounts again: process 0 owns every normal frame.",
        |world, _| {
            m_container::container_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    function(
        "MContainer",
        "container_get_parent",
        &[ID],
        Returns::Process,
        "Returns the parent of a process.",
        |world, c| Outcome::returned(m_container::container_get_parent(&mut world.kernel, c.id(0)).number()),
    ),
    function(
        "MContainer",
        "container_get_nchildren",
        &[ID],
        Returns::Number,
        "Returns how many children a process has.",
        |world, c| {
            Outcome::returned(m_container::container_get_nchildren(&mut world.kernel, c.id(0)).number())
        },
    ),
    function(
        "MContainer",
        "container_get_quota",
        &[ID],
        Returns::Number,
        "Returns how many pages a process may use.",
        |world, c| Outcome::returned(m_container::container_get_quota(&mut world.kernel, c.id(0)).number()),
    ),
    function(
        "MContainer",
        "container_get_usage",
        &[ID],
        Returns::Number,
        "Returns how many pages a process uses, its children's quotas included.",
        |world, c| Outcome::returned(m_container::container_get_usage(&mut world.kernel, c.id(0)).number()),
    ),
    function(
        "MContainer",
        "container_can_consume",
        &[ID, argument("n", ArgumentKind::Pages)],
        Returns::Truth,
        "May the process use that many more pages?",
        |world, c| {
            let answer = m_container::container_can_consume(&mut world.kernel, c.id(0), c.number(1));
            Outcome::returned(answer.number())
        },
    ),
    CommandSpec {
        guard: guards::can_split,
        ..function(
            "MContainer",
            "container_split",
            &[ID, QUOTA],
            Returns::Process,
            "Makes a child with part of the parent's quota.",
            |world, c| {
                let child = m_container::container_split(&mut world.kernel, c.id(0), c.number(1));
                Outcome::returned(child.number())
            },
        )
    },
    function(
        "MContainer",
        "container_alloc",
        &[ID],
        Returns::Frame,
        "Gives a process a frame, if its quota allows one more.",
        |world, c| Outcome::returned(m_container::container_alloc(&mut world.kernel, c.id(0)).number()),
    ),
    function(
        "MContainer",
        "container_free",
        &[ID, PAGE_INDEX],
        Returns::Nothing,
        "Takes a frame back from a process, without asking whose it is.",
        |world, c| {
            m_container::container_free(&mut world.kernel, c.id(0), c.frame(1));
            Outcome::default()
        },
    ),
];
