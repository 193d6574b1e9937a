//! What must hold for any sequence of commands.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::kernel::process_id::KERNEL;
use crate::kernel::state::Container;
use crate::playground::DEMO;
use crate::playground::Playground;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::history::perform;
use crate::playground::invariants;
use crate::playground::ledger::Ledger;
use crate::playground::registry;
use crate::playground::registry::CommandSpec;
use crate::playground::registry::Group;
use crate::playground::snapshot::Focus;

fn booted() -> Playground {
    Playground::boot("tiny").unwrap()
}

#[track_caller]
fn act(playground: &mut Playground, line: &str) {
    let command = Command::parse(line).unwrap();
    if let Err(error) = playground.apply(&command) {
        panic!("{line}: {error}");
    }
}

fn after(lines: &[&str]) -> Playground {
    let mut playground = booted();
    for line in lines {
        act(&mut playground, line);
    }
    playground
}

/// Returns the names of the invariants that do not hold.
fn broken(playground: &Playground) -> Vec<&'static str> {
    playground.invariant_rows().into_iter().filter(|row| !row.broken.is_empty()).map(|row| row.name).collect()
}

#[test]
fn the_demo_is_accepted_line_by_line_and_ends_in_a_fault() {
    after(&DEMO);
    let demo = Playground::demo();
    assert_eq!(demo.timeline().len(), DEMO.len() + 1);
    let snapshot = demo.snapshot(&demo.first_focus());
    assert!(snapshot.fault.is_some());
    assert_eq!(snapshot.processes.len(), 4);
    assert_eq!(broken(&demo), Vec::<&str>::new());
}

mod invariant_cases {
    use super::*;

    /// Breaks exactly one invariant, and undo mends it.
    #[track_caller]
    fn breaks(lines: &[&str], name: &str) {
        let mut playground = after(lines);
        assert_eq!(broken(&playground), [name]);
        let row = playground.invariant_rows().into_iter().find(|row| row.name == name).unwrap();
        assert!(row.broken.iter().all(|change| change.place.is_some()), "{:?}", row.broken);
        let since = row.since.unwrap();
        assert!(playground.go_to(since - 1));
        assert_eq!(broken(&playground), Vec::<&str>::new());
    }

    #[test]
    fn a_failed_alloc_page_leaves_an_orphan() {
        breaks(&["spawn 0 1", "touch 1 read 0x40000000"], "paid-is-mapped");
    }

    #[test]
    fn palloc_alone_leaves_a_frame_nobody_pays_for() {
        breaks(&["palloc"], "allocated-has-owner");
    }

    #[test]
    fn freeing_another_process_s_frame_unbalances_the_books() {
        breaks(&["spawn 0 4", "container_alloc 0", "container_free 1 0x40000"], "usage-adds-up");
    }

    #[test]
    fn mapping_a_page_twice_gives_it_two_writers() {
        breaks(
            &[
                "spawn 0 4",
                "spawn 0 4",
                "touch 1 read 0x40000000",
                "touch 2 read 0x40000000",
                "map_page 2 0x40001000 0x40000 PWU",
            ],
            "one-writer",
        );
    }

    #[test]
    fn an_entry_may_name_kernel_memory() {
        breaks(
            &["spawn 0 4", "touch 1 read 0x40000000", "map_page 1 0x40001000 0x100 PWU"],
            "mapped-is-normal",
        );
    }

    #[test]
    fn an_entry_may_name_a_free_frame() {
        breaks(
            &["spawn 0 4", "touch 1 read 0x40000000", "map_page 1 0x40001000 0x40020 PWU"],
            "free-is-unmapped",
        );
    }

    #[test]
    fn a_kernel_entry_may_be_bent_in_one_directory() {
        breaks(&["spawn 0 4", "flip_pde 1 0 W"], "kernel-half-same");
    }

    #[test]
    fn a_user_entry_may_reach_its_own_page_table() {
        breaks(
            &["spawn 0 4", "touch 1 read 0x40000000", "map_page 1 0x40001000 0x40001 PWU"],
            "tables-unreachable",
        );
    }

    #[test]
    fn a_tlb_entry_may_outlive_its_page() {
        breaks(
            &["spawn 0 4", "touch 1 read 0x40000000", "set_pte 1 0x40000000 0", "container_free 1 0x40000"],
            "tlb-agrees",
        );
    }

    #[test]
    fn usage_above_quota_is_seen() {
        broken_by_hand("usage-within-quota", |container| container.quota = 3);
    }

    #[test]
    fn a_miscounted_child_is_seen() {
        broken_by_hand("tree-well-formed", |container| container.nchildren = 2);
    }

    /// Breaks exactly one invariant that no command can break, by changing process 0's container.
    #[track_caller]
    fn broken_by_hand(name: &str, change: fn(&mut Container)) {
        let playground = after(&["spawn 0 4", "touch 1 read 0x40000000"]);
        let mut world = playground.world.clone();
        change(world.kernel.container_mut(KERNEL));
        let ledger = Ledger::of(&world);
        let broken = invariants::INVARIANTS.iter().filter(|one| !(one.check)(&world, &ledger).is_empty());
        assert_eq!(broken.map(|one| one.name).collect::<Vec<_>>(), [name]);
    }

    #[test]
    fn every_invariant_has_a_case() {
        let source = include_str!("tests.rs");
        for invariant in &invariants::INVARIANTS {
            assert!(source.contains(&format!("\"{}\"", invariant.name)), "{}", invariant.name);
        }
    }
}

/// Returns a word for an argument, mostly one that is accepted, from a random number.
fn word(kind: ArgumentKind, number: u32) -> String {
    let pick = |words: &[&str]| words[number as usize % words.len()].to_string();
    match kind {
        ArgumentKind::Process => (number % 14).to_string(),
        ArgumentKind::Pages => (number % 12).to_string(),
        ArgumentKind::Address | ArgumentKind::UserAddress => {
            pick(&["0x40000000", "0x40001004", "0x40002000", "0x40400000", "0x80000000", "0xeffffffc"])
        }
        ArgumentKind::PhysicalAddress => format!("{:#x}", 0x4000_0000 + number % 0x4_0000 / 4 * 4),
        ArgumentKind::Frame => (0x40000 + number % 66).to_string(),
        ArgumentKind::Permission => pick(&["PWU", "PU", "P", "0x807", "0", "0x207"]),
        ArgumentKind::DirectoryIndex => pick(&["0x100", "0x101", "0x200", "0", "0x3bf"]),
        ArgumentKind::TableIndex | ArgumentKind::FramePermission | ArgumentKind::Number => {
            (number % 3).to_string()
        }
        ArgumentKind::Word => {
            let frames = 0x4000_0000 + (number >> 8) % 64 * 4096;
            pick(&["0", "0x01001000", "0x01002000", &format!("{:#x}", frames | number & 0x3f)])
        }
        ArgumentKind::Name => format!("n{}", number % 100),
        kind => pick(&kind.words()),
    }
}

/// Commands that start everything again or move control registers: their turn comes less often.
const RARE: [&str; 10] = [
    "boot",
    "pmem_init",
    "container_init",
    "idptbl_init",
    "pdir_init",
    "pdir_init_kern",
    "paging_init",
    "set_nps",
    "set_cr0",
    "set_cr4",
];

fn line_of(spec: &CommandSpec, numbers: [u32; 5]) -> String {
    let words = spec.arguments.iter().zip(numbers).map(|(argument, number)| word(argument.kind, number));
    std::iter::once(spec.name.to_string()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Any command, with any arguments.
fn any_line() -> impl Strategy<Value = String> {
    let common: Vec<&CommandSpec> = registry::commands().filter(|spec| !RARE.contains(&spec.name)).collect();
    let rare: Vec<&CommandSpec> = registry::commands().filter(|spec| RARE.contains(&spec.name)).collect();
    (any::<u8>(), any::<u16>(), any::<[u32; 5]>()).prop_map(move |(odds, at, numbers)| {
        let specs = if odds < 6 { &rare } else { &common };
        line_of(specs[usize::from(at) % specs.len()], numbers)
    })
}

/// A command of the operating system, boot aside.
fn system_line() -> impl Strategy<Value = String> {
    let system =
        registry::commands().filter(|spec| spec.group == Group::OperatingSystem && spec.name != "boot");
    let mut system: Vec<&CommandSpec> = system.collect();
    // Touching is what fills memory, so it comes as often as all the rest.
    system.extend(vec![registry::find("touch").unwrap(); system.len()]);
    (any::<u16>(), any::<[u32; 5]>())
        .prop_map(move |(at, numbers)| line_of(system[usize::from(at) % system.len()], numbers))
}

/// Does what is accepted of the lines.
fn play(lines: &[String]) -> Playground {
    let mut playground = booted();
    for line in lines {
        let _ = playground.apply(&Command::parse(line).unwrap());
    }
    playground
}

/// The same cases in every run; `PROPTEST_RNG_SEED=7 cargo test` tries others.
fn config() -> ProptestConfig {
    let config = ProptestConfig::with_cases(96);
    let rng_seed = match config.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        chosen @ RngSeed::Fixed(_) => chosen,
    };
    ProptestConfig { rng_seed, ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn undo_to_the_start_and_redo_to_the_end_is_identity(lines in prop::collection::vec(any_line(), 1..60)) {
        let mut playground = play(&lines);
        let end = (playground.world.clone(), playground.ledger.clone());
        let steps = playground.timeline().len() - 1;
        for _ in 0..steps {
            prop_assert!(playground.undo());
        }
        prop_assert!(!playground.undo());
        prop_assert!(playground.world == booted().world);
        prop_assert!(playground.ledger == booted().ledger);
        while playground.redo() {}
        prop_assert!(playground.world == end.0);
        prop_assert!(playground.ledger == end.1);
    }

    #[test]
    fn doing_the_log_again_gives_the_same_world(lines in prop::collection::vec(any_line(), 1..60)) {
        let playground = play(&lines);
        let commands = playground.history.log().filter_map(|(_, step)| step.command.clone());
        let again = commands.fold(booted().world, |world, command| perform(&world, &command).world);
        prop_assert!(playground.world == again);
    }

    #[test]
    fn the_ledger_that_followed_equals_one_made_anew(lines in prop::collection::vec(any_line(), 1..60)) {
        let mut playground = booted();
        for line in &lines {
            let is_done = playground.apply(&Command::parse(line).unwrap()).is_ok();
            prop_assert!(!is_done || playground.ledger == Ledger::of(&playground.world), "after {}", line);
        }
    }

    #[test]
    fn operating_system_commands_keep_every_invariant(lines in prop::collection::vec(system_line(), 1..80)) {
        let mut playground = booted();
        for line in &lines {
            let Ok(outcome) = playground.apply(&Command::parse(line).unwrap()) else { continue };
            // The specification's alloc_page leaves an orphan when its map_page finds no frame.
            // That is the one flaw the layers have, and it is kept.
            let is_known = |name: &&str| *name == "paid-is-mapped" && had_orphan(&playground);
            let unexpected: Vec<_> = broken(&playground).into_iter().filter(|name| !is_known(name)).collect();
            prop_assert!(unexpected.is_empty(), "{} ({}) broke {:?}", line, outcome.sentence, unexpected);
        }
    }

    #[test]
    fn a_preview_tells_what_then_happens(lines in prop::collection::vec(any_line(), 1..20), last in any_line()) {
        let mut playground = play(&lines);
        let command = Command::parse(&last).unwrap();
        let preview = playground.preview(&command);
        let outcome = playground.apply(&command);
        prop_assert_eq!(preview.as_ref().err(), outcome.as_ref().err());
        if let (Ok(preview), Ok(outcome)) = (preview, outcome) {
            prop_assert_eq!(&preview.changes, &playground.changes);
            prop_assert_eq!(preview.sentence, outcome.sentence);
        }
    }
}

#[test]
fn the_ledger_follows_kernel_tables_that_a_process_uses_as_its_own() {
    let mut playground =
        after(&["spawn 0 4", "set_pdir_entry_identity 1 0x100", "set_pdir_entry 1 0x101 0x1001"]);
    for line in
        ["set_ptbl_entry_identity 0x100 2 0x807", "set_pde 1 0x102 0x40000007", "set_pde 1 0x101 0x01002007"]
    {
        act(&mut playground, line);
        assert!(playground.ledger == Ledger::of(&playground.world), "after {line}");
    }
}

/// Has an `alloc_page` of this history failed after it was given its frame?
fn had_orphan(playground: &Playground) -> bool {
    playground.timeline().iter().any(|row| row.sentence.contains("out of memory"))
}

#[test]
fn acting_in_the_past_grows_a_branch_and_loses_nothing() {
    let mut playground = after(&["spawn 0 8", "touch 1 read 0x40000000", "touch 1 write 0x40001000"]);
    let first = playground.world.clone();
    assert!(playground.go_to(1));
    act(&mut playground, "kill 1");
    assert_eq!(playground.snapshot(&Focus::default()).position.branches, 2);
    assert!(!playground.redo());
    assert!(playground.next_branch());
    assert!(playground.world == first);
    assert_eq!(playground.timeline().last().unwrap().command, "touch 1 write 0x40001000");
}

#[test]
fn steps_far_back_come_back_by_doing_them_again() {
    let mut playground = after(&["spawn 0 40"]);
    for at in 0..1500u32 {
        let address = 0x4000_0000 + at % 30 * 4096;
        act(&mut playground, &format!("touch 1 write {address:#x}"));
        act(&mut playground, &format!("invlpg {address:#x}"));
    }
    let end = playground.world.clone();
    assert!(playground.go_to(5));
    assert!(
        playground.world
            == after(
                &playground.timeline()[1..=5].iter().map(|row| row.command.as_str()).collect::<Vec<_>>()
            )
            .world
    );
    assert!(playground.go_to(3001));
    assert!(playground.world == end);
}

#[test]
fn of_branches_grown_in_turns_each_keeps_worlds() {
    let mut playground = Playground::boot("tiny").unwrap();
    let act = |playground: &mut Playground| {
        playground.apply(&Command::parse("get_nps").unwrap()).unwrap();
    };
    act(&mut playground);
    playground.undo();
    act(&mut playground);
    for _ in 0..1500 {
        playground.next_branch();
        act(&mut playground);
    }
    let history = &playground.history;
    let furthest = history.log().map(|(id, _)| history.distance_to_kept(id)).max();
    assert!(furthest < Some(32), "{furthest:?} commands to do again");
}
