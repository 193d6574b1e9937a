//! Random acts: any command with mostly acceptable arguments, and moves through history.

use certiscope::playground::Playground;
use certiscope::playground::argument::ArgumentKind;
use certiscope::playground::command::Command;
use certiscope::playground::registry;
use certiscope::playground::registry::CommandSpec;
use proptest::prelude::*;

/// Something a user does.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Do(String),
    Undo,
    Redo,
    GoTo(u32),
    NextBranch,
    Mark(String),
}

/// Commands that fill all tables anew; most of the time the others are more telling.
const REBUILDS: [&str; 7] =
    ["boot", "pmem_init", "container_init", "idptbl_init", "pdir_init", "pdir_init_kern", "paging_init"];

/// Returns any act; three of four are commands.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        16 => command().prop_map(Act::Do),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0..40_u32).prop_map(Act::GoTo),
        1 => Just(Act::NextBranch),
        1 => "\\PC{0,12}".prop_map(Act::Mark),
    ]
}

/// Does an act; commands that are refused change nothing.
pub(crate) fn perform(playground: &mut Playground, act: &Act) {
    match act {
        Act::Do(line) => drop(playground.apply(&Command::parse(line).unwrap())),
        Act::Undo => drop(playground.undo()),
        Act::Redo => drop(playground.redo()),
        Act::GoTo(step) => drop(playground.go_to(*step)),
        Act::NextBranch => drop(playground.next_branch()),
        Act::Mark(name) => playground.mark(name),
    }
}

/// Returns any command's line; touching and spawning come often, since they fill memory.
fn command() -> impl Strategy<Value = String> {
    let named = |wanted: bool| {
        let specs = registry::commands().filter(move |spec| REBUILDS.contains(&spec.name) == wanted);
        specs.collect::<Vec<_>>()
    };
    let (common, rebuilds) = (named(false), named(true));
    let often = ["touch", "spawn", "share", "kill"].map(|name| registry::find(name).unwrap()).to_vec();
    let numbers = any::<[u32; 5]>();
    let specs = prop_oneof![
        40 => prop::sample::select(common),
        40 => prop::sample::select(often),
        1 => prop::sample::select(rebuilds),
    ];
    (specs, numbers).prop_map(|(spec, numbers)| line(spec, numbers))
}

fn line(spec: &CommandSpec, numbers: [u32; 5]) -> String {
    let words = spec.arguments.iter().zip(numbers).map(|(argument, number)| word(argument.kind, number));
    std::iter::once(spec.name.to_string()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Returns a word for an argument, mostly one that is accepted.
fn word(kind: ArgumentKind, number: u32) -> String {
    let pick = |words: &[&str]| words[number as usize % words.len()].to_string();
    match kind {
        ArgumentKind::Process => pick(&["0", "1", "1", "2", "3", "4", "13"]),
        ArgumentKind::Pages => (number % 20).to_string(),
        ArgumentKind::Address | ArgumentKind::UserAddress if number.is_multiple_of(3) => {
            format!("{:#x}", 0x4000_0000 + number % 0xb000_0000)
        }
        ArgumentKind::Address | ArgumentKind::UserAddress => {
            pick(&["0x40000000", "0x40001004", "0x40010000", "0x40400000", "0x80000000", "0xeffffffc"])
        }
        ArgumentKind::PhysicalAddress => {
            let near = [0x4000_0000 + number % 0x4_0000, 0x0100_0000 + number % 0x4_0000, number];
            format!("{:#x}", near[number as usize % 3] & !3)
        }
        ArgumentKind::Frame => (0x40000 + number % 66).to_string(),
        ArgumentKind::Permission => pick(&["PWU", "PU", "P", "0x807", "0", "0x407"]),
        ArgumentKind::FramePermission => (number % 4).to_string(),
        ArgumentKind::DirectoryIndex => pick(&["0x100", "0x101", "0x200", "0", "0x3bf"]),
        ArgumentKind::TableIndex => (number % 3).to_string(),
        ArgumentKind::Word if number.is_multiple_of(2) => number.to_string(),
        ArgumentKind::Word => pick(&["0", "0x01001000", "0x400001e7", "0x80050033", "0x90", "0x40002067"]),
        ArgumentKind::Number => pick(&["0", "1", "0x40020", "4294967295"]),
        ArgumentKind::Name => format!("n{}", number % 100),
        kind => pick(&kind.words()),
    }
}
