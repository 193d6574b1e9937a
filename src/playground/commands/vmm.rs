//! The virtual layers' functions as commands: `MPTIntro` up to `MPTNew`.

use crate::kernel::process_id::KERNEL;
use crate::kernel::state::Answer;
use crate::kernel::vmm::mpt_comm;
use crate::kernel::vmm::mpt_init;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_kern;
use crate::kernel::vmm::mpt_new;
use crate::kernel::vmm::mpt_op;
use crate::machine::address::VirtualAddress;
use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::commands::guards;
use crate::playground::commands::guards::Verdict;
use crate::playground::commands::guards::require;
use crate::playground::outcome::Outcome;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Returns;
use crate::playground::registry::always;
use crate::playground::registry::argument;
use crate::playground::registry::layer_function;
use crate::playground::snapshot::Place;
use crate::playground::world::World;

const PROC: Argument = argument("proc_index", ArgumentKind::Process);
const PDE: Argument = argument("pde_index", ArgumentKind::DirectoryIndex);
const PTE: Argument = argument("pte_index", ArgumentKind::TableIndex);
const ANY_VADDR: Argument = argument("vaddr", ArgumentKind::Address);
const VADDR: Argument = argument("vaddr", ArgumentKind::UserAddress);
const FRAME: Argument = argument("page_index", ArgumentKind::Frame);
const PERM: Argument = argument("perm", ArgumentKind::Permission);

/// The commands of these layers, bottom up.
pub(in crate::playground) static COMMANDS: &[CommandSpec] = &[
    layer_function(
        ("MPTIntro", "set_pdir_base"),
        &[PROC],
        Returns::Nothing,
        "Makes a process's directory the one the MMU walks: loads CR3.",
        always,
        |world, c| {
            mpt_intro::set_pdir_base(&mut world.kernel, c.id(0));
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTIntro", "get_pdir_entry"),
        &[PROC, PDE],
        Returns::Entry,
        "Returns a directory entry.",
        always,
        |world, c| {
            Outcome::returned(mpt_intro::get_pdir_entry(&mut world.kernel, c.id(0), c.number(1)).number())
        },
    ),
    layer_function(
        ("MPTIntro", "set_pdir_entry"),
        &[PROC, PDE, FRAME],
        Returns::Nothing,
        "Points a directory entry at a page table, with P W U.",
        always,
        |world, c| {
            mpt_intro::set_pdir_entry(&mut world.kernel, c.id(0), c.number(1), c.frame(2));
            Outcome::default().at(Place::DirectoryEntry(c.number(0), c.number(1)))
        },
    ),
    layer_function(
        ("MPTIntro", "set_pdir_entry_identity"),
        &[PROC, PDE],
        Returns::Nothing,
        "Points a directory entry at the identity table of the same index.",
        always,
        |world, c| {
            mpt_intro::set_pdir_entry_identity(&mut world.kernel, c.id(0), c.number(1));
            Outcome::default().at(Place::DirectoryEntry(c.number(0), c.number(1)))
        },
    ),
    layer_function(
        ("MPTIntro", "rmv_pdir_entry"),
        &[PROC, PDE],
        Returns::Nothing,
        "Empties a directory entry; the page table behind it is forgotten, not freed.",
        always,
        |world, c| {
            mpt_intro::rmv_pdir_entry(&mut world.kernel, c.id(0), c.number(1));
            Outcome::default().at(Place::DirectoryEntry(c.number(0), c.number(1)))
        },
    ),
    layer_function(
        ("MPTIntro", "get_ptbl_entry"),
        &[PROC, PDE, PTE],
        Returns::Entry,
        "Returns an entry of the page table behind a directory entry.",
        table_at_indices,
        |world, c| {
            let pte = mpt_intro::get_ptbl_entry(&mut world.kernel, c.id(0), c.number(1), c.number(2));
            Outcome::returned(pte.number())
        },
    ),
    layer_function(
        ("MPTIntro", "set_ptbl_entry"),
        &[PROC, PDE, PTE, FRAME, PERM],
        Returns::Nothing,
        "Points a page-table entry at a frame, with the given permission bits.",
        table_at_indices,
        |world, c| {
            let indices = (c.number(1), c.number(2));
            mpt_intro::set_ptbl_entry(&mut world.kernel, c.id(0), indices, c.frame(3), c.number(4));
            Outcome::default().at(page_at_indices(c))
        },
    ),
    layer_function(
        ("MPTIntro", "set_ptbl_entry_identity"),
        &[PDE, PTE, PERM],
        Returns::Nothing,
        "Points an entry of an identity table at the page itself.",
        always,
        |world, c| {
            mpt_intro::set_ptbl_entry_identity(&mut world.kernel, c.number(0), c.number(1), c.number(2));
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTIntro", "rmv_ptbl_entry"),
        &[PROC, PDE, PTE],
        Returns::Nothing,
        "Empties a page-table entry.",
        table_at_indices,
        |world, c| {
            mpt_intro::rmv_ptbl_entry(&mut world.kernel, c.id(0), c.number(1), c.number(2));
            Outcome::default().at(page_at_indices(c))
        },
    ),
    layer_function(
        ("MPTOp", "get_pdir_entry_by_va"),
        &[PROC, ANY_VADDR],
        Returns::Entry,
        "Returns the directory entry that translates an address.",
        always,
        |world, c| {
            about_page(c, mpt_op::get_pdir_entry_by_va(&mut world.kernel, c.id(0), c.address(1)).number())
        },
    ),
    layer_function(
        ("MPTOp", "get_ptbl_entry_by_va"),
        &[PROC, ANY_VADDR],
        Returns::Entry,
        "Returns the page-table entry that translates an address; 0 where there is no table.",
        always,
        |world, c| {
            about_page(c, mpt_op::get_ptbl_entry_by_va(&mut world.kernel, c.id(0), c.address(1)).number())
        },
    ),
    layer_function(
        ("MPTOp", "set_pdir_entry_by_va"),
        &[PROC, VADDR, FRAME],
        Returns::Nothing,
        "Points the directory entry that translates an address at a page table.",
        always,
        |world, c| {
            mpt_op::set_pdir_entry_by_va(&mut world.kernel, c.id(0), c.address(1), c.frame(2));
            about_page(c, None)
        },
    ),
    layer_function(
        ("MPTOp", "set_ptbl_entry_by_va"),
        &[PROC, VADDR, FRAME, PERM],
        Returns::Nothing,
        "Points the page-table entry that translates an address at a frame.",
        table_at_address,
        |world, c| {
            mpt_op::set_ptbl_entry_by_va(&mut world.kernel, c.id(0), c.address(1), c.frame(2), c.number(3));
            about_page(c, None)
        },
    ),
    layer_function(
        ("MPTOp", "rmv_pdir_entry_by_va"),
        &[PROC, VADDR],
        Returns::Nothing,
        "Empties the directory entry that translates an address.",
        always,
        |world, c| {
            mpt_op::rmv_pdir_entry_by_va(&mut world.kernel, c.id(0), c.address(1));
            about_page(c, None)
        },
    ),
    layer_function(
        ("MPTOp", "rmv_ptbl_entry_by_va"),
        &[PROC, VADDR],
        Returns::Nothing,
        "Empties the page-table entry that translates an address.",
        table_at_address,
        |world, c| {
            mpt_op::rmv_ptbl_entry_by_va(&mut world.kernel, c.id(0), c.address(1));
            about_page(c, None)
        },
    ),
    layer_function(
        ("MPTOp", "idptbl_init"),
        &[],
        Returns::Nothing,
        "Fills the identity tables again, after all the layers below.",
        always,
        |world, _| {
            mpt_op::idptbl_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTComm", "pdir_init"),
        &[],
        Returns::Nothing,
        "Empties the user half of every directory, after all the layers below.",
        always,
        |world, _| {
            mpt_comm::pdir_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTComm", "alloc_ptbl"),
        &[PROC, VADDR],
        Returns::Frame,
        "Gives a process a cleared page table for an address, charged to it.",
        always,
        |world, c| about_page(c, mpt_comm::alloc_ptbl(&mut world.kernel, c.id(0), c.address(1)).number()),
    ),
    layer_function(
        ("MPTComm", "free_ptbl"),
        &[PROC, VADDR],
        Returns::Nothing,
        "Takes the page table for an address away and frees its frame, not the pages it maps.",
        own_table_at_address,
        |world, c| {
            mpt_comm::free_ptbl(&mut world.kernel, c.id(0), c.address(1));
            about_page(c, None)
        },
    ),
    layer_function(
        ("MPTKern", "pdir_init_kern"),
        &[],
        Returns::Nothing,
        "Lets process 0 see all memory as itself, after all the layers below.",
        always,
        |world, _| {
            mpt_kern::pdir_init_kern(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTKern", "map_page"),
        &[PROC, VADDR, FRAME, PERM],
        Returns::Frame,
        "Maps a page to a frame, making the page table it lacks; returns the table's frame.",
        always,
        |world, c| {
            let table = mpt_kern::map_page(&mut world.kernel, c.id(0), c.address(1), c.frame(2), c.number(3));
            about_page(c, table.number())
        },
    ),
    layer_function(
        ("MPTKern", "unmap_page"),
        &[PROC, VADDR],
        Returns::Entry,
        "Empties an address's page-table entry and returns it; frees nothing, tells the TLB nothing.",
        always,
        |world, c| about_page(c, mpt_kern::unmap_page(&mut world.kernel, c.id(0), c.address(1)).number()),
    ),
    layer_function(
        ("MPTInit", "paging_init"),
        &[],
        Returns::Nothing,
        "Initialises every layer bottom up and turns paging on; containers but 0 stay.",
        always,
        |world, _| {
            mpt_init::paging_init(&mut world.kernel, &world.memory_map);
            Outcome::default()
        },
    ),
    layer_function(
        ("MPTNew", "alloc_page"),
        &[PROC, VADDR, PERM],
        Returns::Frame,
        "Gives a process a frame and maps the page to it; returns the page table's frame.",
        always,
        |world, c| {
            let table = mpt_new::alloc_page(&mut world.kernel, c.id(0), c.address(1), c.number(2));
            about_page(c, table.number())
        },
    ),
    layer_function(
        ("MPTNew", "alloc_mem_quota"),
        &[argument("id", ArgumentKind::Process), argument("quota", ArgumentKind::Pages)],
        Returns::Process,
        "Makes a child process with part of the parent's quota.",
        guards::can_split,
        |world, c| {
            let child = mpt_new::alloc_mem_quota(&mut world.kernel, c.id(0), c.number(1));
            let place = child.map(|child| Place::Process(child.number()));
            Outcome { place, ..Outcome::returned(child.number()) }
        },
    ),
];

/// Returns the page that a directory index and a table index name.
fn page_at_indices(c: &Command) -> Place {
    Place::Page(c.number(0), VirtualAddress::of_indices(c.number(1), c.number(2)).0)
}

/// Refuses a process's page-table entry given by two indices where there is no table.
fn table_at_indices(world: &World, c: &Command) -> Verdict {
    guards::has_table(world, c.id(0), VirtualAddress::of_indices(c.number(1), c.number(2)))
}

/// Refuses a process's page-table entry given by address where there is no table.
fn table_at_address(world: &World, c: &Command) -> Verdict {
    guards::has_table(world, c.id(0), c.address(1))
}

/// Refuses to free an identity table, or a table that is not there.
fn own_table_at_address(world: &World, c: &Command) -> Verdict {
    require(c.id(0) != KERNEL, || {
        "process 0's page tables are the identity tables; nobody frees them".into()
    })?;
    table_at_address(world, c)
}

/// Returns the outcome of a call about a page.
fn about_page(c: &Command, result: Option<u32>) -> Outcome {
    Outcome::returned(result).at(Place::Page(c.number(0), c.number(1)))
}
