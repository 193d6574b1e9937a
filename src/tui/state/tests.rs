//! Moves through the sample world with motions alone, and says where one ends.

use super::*;
use crate::playground::snapshot::Place;
use crate::tui::samples;
use crate::tui::state::motion::Motion;

/// Starts in a pane, makes the motions, and compares what is selected.
#[track_caller]
fn check(pane: Pane, motions: &[Motion], expected: &str) {
    let snapshot = samples::living();
    let mut state = UiState::new(snapshot.focus);
    state.focus_pane(pane);
    for motion in motions {
        motion::navigate(&mut state, &snapshot, *motion);
        state.settle(&snapshot);
    }
    assert_eq!(describe(&state), expected);
}

fn describe(state: &UiState) -> String {
    let UiState { focus, word, .. } = state;
    match state.pane {
        Pane::Processes => format!("process {}", focus.process),
        Pane::Tables => {
            format!(
                "{:?} address {:08x} frame {:05x} word {word:x}",
                state.tables, focus.address, focus.frame
            )
        }
        Pane::Frames => format!("{:?} frame {:05x} word {word:x}", state.frames, focus.frame),
        Pane::Machine => format!("{:?}", state.machine),
        Pane::Trace => format!("row {} folded {:?}", state.trace, state.folds),
        Pane::Changes => format!("change {}", state.change),
    }
}

use Motion::Down;
use Motion::End;
use Motion::Home;
use Motion::In;
use Motion::Left;
use Motion::Out;
use Motion::PageDown;
use Motion::Right;
use Motion::Toggle;
use Motion::Up;

#[test]
fn arrows_walk_the_tree_of_processes() {
    check(Pane::Processes, &[Down], "process 5");
    check(Pane::Processes, &[Down, Right], "process 16");
    check(Pane::Processes, &[Left, Left], "process 0");
    check(Pane::Processes, &[Left, Left, Left], "process 0");
    check(Pane::Processes, &[End, Down], "process 2");
}

#[test]
fn enter_on_a_process_opens_its_directory() {
    check(Pane::Processes, &[In], "Directory address 40001000 frame 40004 word 0");
}

#[test]
fn enter_descends_from_directory_to_table_to_words_and_esc_climbs_back() {
    check(Pane::Tables, &[In], "Table address 40001000 frame 40004 word 0");
    check(Pane::Tables, &[In, In], "Words address 40001000 frame 40004 word 0");
    check(Pane::Tables, &[In, In, Right, Down], "Words address 40001024 frame 40004 word 9");
    check(Pane::Tables, &[In, In, Out], "Table address 40001000 frame 40004 word 0");
    check(Pane::Tables, &[In, Out, Out], "Directory address 40001000 frame 40004 word 0");
}

#[test]
fn selecting_an_entry_selects_the_frame_it_names() {
    check(Pane::Tables, &[In, Right], "Table address 40002000 frame 40005 word 0");
    check(Pane::Tables, &[Home], "Directory address 00001000 frame 01400 word 0");
}

#[test]
fn an_empty_entry_cannot_be_entered_and_keeps_the_frame() {
    check(Pane::Tables, &[In, Down, In], "Table address 40041000 frame 40004 word 0");
    check(Pane::Tables, &[Down, In], "Directory address 50001000 frame 40004 word 0");
}

#[test]
fn the_edge_of_the_address_space_holds() {
    check(Pane::Tables, &[End, Right, Down], "Directory address ffc01000 frame 017ff word 0");
    check(Pane::Frames, &[Out, End, Right, In, End, Right], "Region frame fffff word 0");
}

#[test]
fn frames_go_from_the_map_to_words() {
    check(Pane::Frames, &[Right], "Region frame 40005 word 0");
    check(Pane::Frames, &[Out, Down, In], "Region frame 50004 word 0");
    check(Pane::Frames, &[In, Down, Down, Up, Right], "Words frame 40004 word 9");
    check(Pane::Frames, &[In, PageDown, End], "Words frame 40004 word 3ff");
    check(Pane::Frames, &[In, Out, Out, Out], "Map frame 40004 word 0");
}

#[test]
fn registers_lead_into_the_tlb_and_back() {
    check(Pane::Machine, &[Down], "Register(\"CR2\")");
    check(Pane::Machine, &[Right, Right, Down], "Tlb { set: 1, way: 1 }");
    check(Pane::Machine, &[End, Down], "Tlb { set: 0, way: 0 }");
    check(Pane::Machine, &[Right, Up], "Register(\"EFLAGS\")");
    check(Pane::Machine, &[Right, Left], "Register(\"CR0\")");
    check(Pane::Machine, &[Right, End, Right, Right, Right, Right], "Tlb { set: 15, way: 3 }");
}

#[test]
fn enter_on_a_tlb_entry_goes_to_its_page() {
    check(Pane::Machine, &[Right, Down, In], "Table address 40001000 frame 40004 word 0");
}

#[test]
fn the_trace_folds_and_skips_what_is_folded() {
    check(Pane::Trace, &[Down, Down, Toggle, Down], "row 10 folded {2}");
    check(Pane::Trace, &[Down, Down, Toggle, Toggle, Down], "row 3 folded {}");
    check(Pane::Trace, &[Down, Down, Down, Down, Left, Left], "row 3 folded {4}");
    check(Pane::Trace, &[End, Down], "row 10 folded {}");
}

#[test]
fn enter_on_a_trace_row_goes_where_it_points() {
    check(Pane::Trace, &[Down, Down, Down, Down, In], "Region frame 40004 word 0");
}

#[test]
fn enter_on_a_change_or_an_invariant_goes_to_what_it_names() {
    check(Pane::Changes, &[In], "process 4");
    check(Pane::Changes, &[Down, In], "Directory address 40000000 frame 40004 word 0");
    check(Pane::Changes, &[Down, Down, Down, In], "Region frame 40008 word 0");
    check(Pane::Changes, &[Down, Down, Down, Down, In], "Region frame 40008 word 0");
    check(Pane::Changes, &[End], "change 7");
}

#[test]
fn every_place_is_reached() {
    let mut state = UiState::new(samples::living().focus);
    let mut reach = |place| {
        jump::go_to(&mut state, place);
        describe(&state)
    };
    assert_eq!(reach(Place::Word(7, 3)), "Words frame 00007 word 3");
    assert_eq!(reach(Place::Register("CR3")), "Register(\"CR3\")");
    assert_eq!(reach(Place::Tlb(2, 1)), "Tlb { set: 2, way: 1 }");
    assert_eq!(reach(Place::DirectoryEntry(5, 9999)), "Directory address ffc00000 frame 00007 word 3");
    assert_eq!(reach(Place::Frame(u32::MAX)), "Region frame fffff word 3");
    assert_eq!(reach(Place::Process(5)), "process 5");
}

#[test]
fn no_motion_panics_anywhere() {
    let motions = [Up, Down, Left, Right, Motion::PageUp, PageDown, Home, End, In, Out, Toggle];
    for snapshot in [samples::empty(), samples::living(), samples::extreme()] {
        for pane in Pane::ALL {
            let mut state = UiState::new(snapshot.focus);
            state.focus_pane(pane);
            // A long walk, the same every time, that uses every pair of motions.
            for step in 0..2000 {
                motion::navigate(&mut state, &snapshot, motions[(step * step + step / 7) % motions.len()]);
            }
        }
    }
}

#[test]
fn a_vanished_process_gives_the_focus_to_the_first() {
    let mut snapshot = samples::living();
    let mut state = UiState::new(snapshot.focus);
    snapshot.processes.retain(|row| row.id != 4);
    state.settle(&snapshot);
    assert_eq!(state.focus.process, 0);
}

#[test]
fn panes_follow_each_other_round() {
    assert_eq!(Pane::Changes.next(), Pane::Processes);
    assert_eq!(Pane::Processes.previous(), Pane::Changes);
    assert!(Pane::ALL.into_iter().all(|pane| pane.next().previous() == pane));
}
