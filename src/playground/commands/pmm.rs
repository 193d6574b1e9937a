//! The physical layers' functions as commands: `MATIntro`, `MATInit`, `MATOp`, `MContainer`.

use crate::kernel::pmm::m_container;
use crate::kernel::pmm::mat_init;
use crate::kernel::pmm::mat_intro;
use crate::kernel::pmm::mat_op;
use crate::kernel::state::Answer;
use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::commands::guards;
use crate::playground::outcome::Outcome;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Returns;
use crate::playground::registry::always;
use crate::playground::registry::argument;
use crate::playground::registry::layer_function;

const ID: Argument = argument("id", ArgumentKind::Process);
const PAGE_INDEX: Argument = argument("page_index", ArgumentKind::Frame);
const QUOTA: Argument = argument("quota", ArgumentKind::Pages);

/// The commands of these layers, bottom up.
pub(in crate::playground) static COMMANDS: &[CommandSpec] = &[
    layer_function(
        ("MATIntro", "get_nps"),
        &[],
        Returns::Number,
        "Returns the number of frames.",
        always,
        |world, _| Outcome::returned(mat_intro::get_nps(&mut world.kernel).number()),
    ),
    layer_function(
        ("MATIntro", "set_nps"),
        &[argument("nps", ArgumentKind::Number)],
        Returns::Nothing,
        "Sets the number of frames; what lies above does not exist for the kernel.",
        always,
        |world, c| {
            mat_intro::set_nps(&mut world.kernel, c.number(0));
            Outcome::default()
        },
    ),
    layer_function(
        ("MATIntro", "at_is_norm"),
        &[PAGE_INDEX],
        Returns::Truth,
        "Is the frame normal memory, neither firmware's nor the kernel's?",
        always,
        |world, c| Outcome::returned(mat_intro::at_is_norm(&mut world.kernel, c.frame(0)).number()),
    ),
    layer_function(
        ("MATIntro", "at_set_perm"),
        &[PAGE_INDEX, argument("perm", ArgumentKind::FramePermission)],
        Returns::Nothing,
        "Sets a frame's permission and marks it unallocated.",
        always,
        |world, c| {
            let perm = u8::try_from(c.number(1)).unwrap_or(u8::MAX);
            mat_intro::at_set_perm(&mut world.kernel, c.frame(0), perm);
            Outcome::default()
        },
    ),
    layer_function(
        ("MATIntro", "at_is_allocated"),
        &[PAGE_INDEX],
        Returns::Truth,
        "Was the frame given out?",
        always,
        |world, c| Outcome::returned(mat_intro::at_is_allocated(&mut world.kernel, c.frame(0)).number()),
    ),
    layer_function(
        ("MATIntro", "at_set_allocated"),
        &[PAGE_INDEX, argument("allocated", ArgumentKind::Number)],
        Returns::Nothing,
        "Marks a frame as given out (any value but 0) or not.",
        always,
        |world, c| {
            mat_intro::at_set_allocated(&mut world.kernel, c.frame(0), c.number(1));
            Outcome::default()
        },
    ),
    layer_function(
        ("MATIntro", "count_allocated"),
        &[],
        Returns::Number,
        "Counts the frames marked allocated; ours, for checking.",
        always,
        |world, _| Outcome::returned(Some(world.kernel.allocation_table().allocated_count())),
    ),
    layer_function(
        ("MATInit", "pmem_init"),
        &[],
        Returns::Nothing,
        "Fills the allocation table from the memory map again: every frame is free.",
        always,
        |world, _| {
            mat_init::pmem_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MATOp", "palloc"),
        &[],
        Returns::Frame,
        "Gives the next free frame to nobody in particular.",
        always,
        |world, _| Outcome::returned(mat_op::palloc(&mut world.kernel).number()),
    ),
    layer_function(
        ("MATOp", "pfree"),
        &[PAGE_INDEX],
        Returns::Nothing,
        "Marks a frame as free.",
        always,
        |world, c| {
            mat_op::pfree(&mut world.kernel, c.frame(0));
            Outcome::default()
        },
    ),
    layer_function(
        ("MContainer", "container_init"),
        &[],
        Returns::Nothing,
        "Starts the accounts again: process 0 owns every normal frame.",
        always,
        |world, _| {
            m_container::container_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MContainer", "container_get_parent"),
        &[ID],
        Returns::Process,
        "Returns the parent of a process.",
        always,
        |world, c| Outcome::returned(m_container::container_get_parent(&mut world.kernel, c.id(0)).number()),
    ),
    layer_function(
        ("MContainer", "container_get_nchildren"),
        &[ID],
        Returns::Number,
        "Returns how many children a process has.",
        always,
        |world, c| {
            Outcome::returned(m_container::container_get_nchildren(&mut world.kernel, c.id(0)).number())
        },
    ),
    layer_function(
        ("MContainer", "container_get_quota"),
        &[ID],
        Returns::Number,
        "Returns how many pages a process may use.",
        always,
        |world, c| Outcome::returned(m_container::container_get_quota(&mut world.kernel, c.id(0)).number()),
    ),
    layer_function(
        ("MContainer", "container_get_usage"),
        &[ID],
        Returns::Number,
        "Returns how many pages a process uses, its children's quotas included.",
        always,
        |world, c| Outcome::returned(m_container::container_get_usage(&mut world.kernel, c.id(0)).number()),
    ),
    layer_function(
        ("MContainer", "container_can_consume"),
        &[ID, argument("n", ArgumentKind::Pages)],
        Returns::Truth,
        "May the process use that many more pages?",
        always,
        |world, c| {
            let answer = m_container::container_can_consume(&mut world.kernel, c.id(0), c.number(1));
            Outcome::returned(answer.number())
        },
    ),
    layer_function(
        ("MContainer", "container_split"),
        &[ID, QUOTA],
        Returns::Process,
        "Makes a child with part of the parent's quota.",
        guards::can_split,
        |world, c| {
            let child = m_container::container_split(&mut world.kernel, c.id(0), c.number(1));
            Outcome::returned(child.number())
        },
    ),
    layer_function(
        ("MContainer", "container_alloc"),
        &[ID],
        Returns::Frame,
        "Gives a process a frame, if its quota allows one more.",
        always,
        |world, c| Outcome::returned(m_container::container_alloc(&mut world.kernel, c.id(0)).number()),
    ),
    layer_function(
        ("MContainer", "container_free"),
        &[ID, PAGE_INDEX],
        Returns::Nothing,
        "Takes a frame back from a process, without asking whose it is.",
        always,
        |world, c| {
            m_container::container_free(&mut world.kernel, c.id(0), c.frame(1));
            Outcome::default()
        },
    ),
];
