//! The bare machine: accesses without a kernel behind them, words, bits and registers.

use crate::kernel::process_id::ProcessId;
use crate::machine::access::Access;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::registers;
use crate::machine::registers::Privilege;
use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::commands::guards;
use crate::playground::commands::guards::require;
use crate::playground::commands::operating_system;
use crate::playground::outcome::Outcome;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Group;
use crate::playground::registry::Guard;
use crate::playground::registry::Returns;
use crate::playground::registry::Run;
use crate::playground::registry::always;
use crate::playground::registry::argument;
use crate::playground::snapshot::Place;
use crate::playground::world::World;

const PROCESS: Argument = argument("process", ArgumentKind::Process);
const INDEX: Argument = argument("index", ArgumentKind::DirectoryIndex);
const ADDRESS: Argument = argument("address", ArgumentKind::Address);
const WORD: Argument = argument("word", ArgumentKind::Word);
const FLAG: Argument = argument("flag", ArgumentKind::Flag);

/// Returns the record of an act on the machine.
const fn act(
    name: &'static str,
    arguments: &'static [Argument],
    doc: &'static str,
    guard: Guard,
    run: Run,
) -> CommandSpec {
    CommandSpec { name, group: Group::Machine, arguments, returns: Returns::Nothing, doc, guard, run }
}

/// The commands of this level.
pub(in crate::playground) static COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        returns: Returns::PhysicalAddress,
        ..act(
            "access",
            &[
                argument("privilege", ArgumentKind::Privilege),
                argument("access", ArgumentKind::AccessKind),
                ADDRESS,
            ],
            "Makes one access through the MMU with the directory in CR3; a fault is only reported.",
            always,
            access,
        )
    },
    act(
        "poke",
        &[argument("physical", ArgumentKind::PhysicalAddress), WORD],
        "Writes a word of physical memory, whatever it is.",
        always,
        |world, c| {
            let address = PhysicalAddress(c.number(0));
            world.kernel.machine.memory.write_word(address, c.number(1));
            let place = Place::Word(address.frame().number(), address.word_index());
            Outcome::said(format!("{address} holds {:#010x}", c.number(1))).at(place)
        },
    ),
    act(
        "set_pde",
        &[PROCESS, INDEX, WORD],
        "Writes a directory entry, bit for bit; the TLB is told nothing.",
        always,
        |world, c| write_pde(world, c.id(0), c.number(1), c.number(2)),
    ),
    act(
        "set_pte",
        &[PROCESS, ADDRESS, WORD],
        "Writes the page-table entry of an address, bit for bit; the TLB is told nothing.",
        |world, c| guards::has_table(world, c.id(0), c.address(1)),
        |world, c| write_pte(world, c.id(0), c.address(1), c.number(2)),
    ),
    act(
        "flip_pde",
        &[PROCESS, INDEX, FLAG],
        "Flips one bit of a directory entry; the TLB is told nothing.",
        always,
        |world, c| {
            let entry = world.directory_entry(c.id(0), c.number(1)).0;
            write_pde(world, c.id(0), c.number(1), entry ^ 1 << c.number(2))
        },
    ),
    act(
        "flip_pte",
        &[PROCESS, ADDRESS, FLAG],
        "Flips one bit of an address's page-table entry; the TLB is told nothing.",
        |world, c| guards::has_table(world, c.id(0), c.address(1)),
        |world, c| {
            let word = world.table_word(c.id(0), c.address(1));
            let entry = world.kernel.machine.memory.read_word(word);
            write_pte(world, c.id(0), c.address(1), entry ^ 1 << c.number(2))
        },
    ),
    act(
        "load_cr3",
        &[WORD],
        "Loads CR3: another directory is walked, and the TLB forgets all but global entries.",
        always,
        |world, c| {
            world.kernel.machine.load_cr3(c.number(0));
            Outcome::said(format!("CR3 holds {:#010x}", c.number(0))).at(Place::Register("CR3"))
        },
    ),
    act("invlpg", &[ADDRESS], "Makes the TLB forget one page.", always, |world, c| {
        world.kernel.machine.invlpg(c.address(0));
        let sentence = format!("the TLB holds nothing for {}", c.address(0).page_start());
        Outcome::said(sentence).at(page_in_use(world, c.address(0)))
    }),
    act(
        "set_cr0",
        &[WORD],
        "Writes CR0: PG turns paging on, WP makes the kernel respect read-only pages.",
        |_, c| {
            let (pg, pe) = (c.number(0) & registers::CR0_PG != 0, c.number(0) & registers::CR0_PE != 0);
            require(pe || !pg, || {
                "PG without PE is a general-protection fault: paging needs protected mode".into()
            })
        },
        |world, c| {
            world.kernel.machine.set_cr0(c.number(0));
            Outcome::said(format!("CR0 holds {:#010x}", c.number(0))).at(Place::Register("CR0"))
        },
    ),
    act("set_cr4", &[WORD], "Writes CR4: PSE allows 4 MiB pages, PGE global ones.", always, |world, c| {
        world.kernel.machine.set_cr4(c.number(0));
        Outcome::said(format!("CR4 holds {:#010x}", c.number(0))).at(Place::Register("CR4"))
    }),
];

fn access(world: &mut World, c: &Command) -> Outcome {
    let privilege = if c.word(0) == "user" { Privilege::User } else { Privilege::Supervisor };
    let access = Access { kind: operating_system::access_kind(c.word(1)), privilege };
    let address = c.address(2);
    let outcome = match world.kernel.machine.access(address, access) {
        Ok(physical) => {
            Outcome::said(format!("virtual {address} is physical {physical}")).with_result(physical.0)
        }
        Err(fault) => Outcome::said(fault.to_string()),
    };
    outcome.at(page_in_use(world, address))
}

/// Returns the page of an address in the directory that CR3 names, process 0's if it names none.
fn page_in_use(world: &World, address: VirtualAddress) -> Place {
    let directory = world.kernel.machine.registers.directory();
    let id = ProcessId::of_directory(directory.frame());
    Place::Page(id.map_or(0, ProcessId::number), address.0)
}

/// Writes a directory entry, whatever it says.
fn write_pde(world: &mut World, id: ProcessId, index: u32, entry: u32) -> Outcome {
    world.kernel.machine.memory.write_word(id.directory().word(index), entry);
    Outcome::said(format!("directory entry {index:#05x} of process {id} holds {entry:#010x}"))
        .at(Place::DirectoryEntry(id.number(), index))
}

/// Writes an address's page-table entry, wherever the directory entry points.
fn write_pte(world: &mut World, id: ProcessId, address: VirtualAddress, entry: u32) -> Outcome {
    let word = world.table_word(id, address);
    world.kernel.machine.memory.write_word(word, entry);
    Outcome::said(format!(
        "the page-table entry of {} in process {id} holds {entry:#010x}",
        address.page_start()
    ))
    .at(Place::Page(id.number(), address.0))
}
