//! Draws everything at every size, twice, and compares screens with committed text.

use std::path::Path;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;

use crate::playground::Playground;
use crate::playground::snapshot::Snapshot;
use crate::tui::click;
use crate::tui::layout;
use crate::tui::render;
use crate::tui::samples;
use crate::tui::state::FramesLevel;
use crate::tui::state::MachineCursor;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;
use crate::tui::view;

fn theme() -> Theme {
    Theme::new(ThemeName::Dark, Depth::Sixteen, false)
}

fn screen(width: u16, height: u16, snapshot: &Snapshot, state: &UiState, theme: &Theme) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    // The shell keeps a header above, a notice and a footer below.
    let body = Rect::new(0, 1, width, height.saturating_sub(layout::SHELL_ROWS));
    view::draw(body, &mut buf, snapshot, state, theme);
    buf
}

/// Every pane at every level.
fn states(snapshot: &Snapshot) -> Vec<UiState> {
    let mut states = Vec::new();
    for pane in Pane::ALL {
        let mut state = UiState::new(snapshot.focus);
        state.focus_pane(pane);
        states.push(state);
    }
    let mut words = states[2].clone();
    words.frames = FramesLevel::Words;
    words.word = 1023;
    let mut map = states[2].clone();
    map.frames = FramesLevel::Map;
    let mut table = states[1].clone();
    table.tables = TablesLevel::Table;
    let mut table_words = states[1].clone();
    table_words.tables = TablesLevel::Words;
    let mut slot = states[3].clone();
    slot.machine = MachineCursor::Tlb { set: 2, way: 0 };
    let mut strange = states[4].clone();
    strange.trace = usize::MAX;
    strange.change = usize::MAX;
    strange.word = u32::MAX;
    strange.machine = MachineCursor::Tlb { set: u32::MAX, way: u32::MAX };
    strange.folds = (0..20).collect();
    states.extend([words, map, table, table_words, slot, strange]);
    states
}

fn sizes() -> Vec<(u16, u16)> {
    let mut sizes: Vec<(u16, u16)> = (0..=210)
        .step_by(7)
        .flat_map(|width| (0..=70).step_by(3).map(move |height| (width, height)))
        .collect();
    sizes.extend([(1, 1), (500, 200), (80, 24), (120, 40), (200, 60)]);
    sizes
}

#[test]
fn nothing_panics_at_any_size() {
    let theme = Theme::new(ThemeName::Dark, Depth::True, true);
    for snapshot in [samples::empty(), samples::living(), samples::extreme()] {
        for (count, (width, height)) in sizes().into_iter().enumerate() {
            // Every state at a few sizes, one of them at each of the others.
            let all =
                matches!((width, height), (80, 24) | (120, 40) | (200, 60) | (63, 18) | (7, 3) | (105, 33));
            let chosen =
                states(&snapshot).into_iter().enumerate().filter(|(index, _)| all || *index == count % 12);
            for (_, mut state) in chosen {
                screen(width, height, &snapshot, &state, &theme);
                state.toggle_zoom();
                screen(width, height, &snapshot, &state, &theme);
            }
        }
    }
}

#[test]
fn a_buffer_that_does_not_start_at_the_origin_is_drawn_within() {
    let snapshot = samples::living();
    for state in states(&snapshot) {
        let mut buf = Buffer::empty(Rect::new(5, 3, 90, 20));
        view::draw(Rect::new(0, 0, 200, 60), &mut buf, &snapshot, &state, &theme());
    }
}

#[test]
fn drawing_twice_gives_the_same_screen() {
    let snapshot = samples::living();
    for state in states(&snapshot) {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let once = screen(width, height, &snapshot, &state, &theme());
            assert_eq!(once, screen(width, height, &snapshot, &state, &theme()));
        }
    }
}

#[test]
fn ascii_screens_are_ascii() {
    let snapshot = samples::living();
    let theme = Theme::new(ThemeName::Mono, Depth::Mono, true);
    for state in states(&snapshot) {
        assert!(render::text(&screen(200, 60, &snapshot, &state, &theme)).is_ascii());
    }
}

#[test]
fn clicking_anywhere_hits_a_pane_and_never_panics() {
    for snapshot in [samples::empty(), samples::living(), samples::extreme()] {
        for state in states(&snapshot) {
            for position in Rect::new(0, 0, 120, 40).positions().step_by(37) {
                let mut state = state.clone();
                let body = Rect::new(0, 1, 120, 37);
                let is_hit = click::click(&mut state, &snapshot, &theme(), body, position);
                assert_eq!(is_hit, body.contains(position));
            }
        }
    }
}

#[test]
fn clicking_a_frame_selects_it_and_its_pane() {
    let snapshot = samples::living();
    let mut state = UiState::new(snapshot.focus);
    state.focus_pane(Pane::Tables);
    // At 80x24 the tabs stand in row 1 and the grid begins in row 3, column 10.
    let body = Rect::new(0, 1, 80, 21);
    assert!(click::click(&mut state, &snapshot, &theme(), body, Position::new(32, 1)));
    assert_eq!(state.pane, Pane::Frames);
    assert!(click::click(&mut state, &snapshot, &theme(), body, Position::new(10 + 5, 3)));
    assert_eq!(state.focus.frame, 0x4_0005);
}

#[test]
fn every_pane_looks_right_in_a_classroom() {
    let snapshot = samples::living();
    for (index, state) in states(&snapshot).into_iter().take(11).enumerate() {
        let name = format!("80x24_{index:02}_{:?}", state.pane);
        insta::assert_snapshot!(name, render::text(&screen(80, 24, &snapshot, &state, &theme())));
    }
}

#[test]
fn every_layout_looks_right() {
    let snapshot = samples::living();
    let mut state = UiState::new(snapshot.focus);
    for (width, height) in [(120, 40), (200, 60)] {
        let name = format!("{width}x{height}");
        insta::assert_snapshot!(name, render::text(&screen(width, height, &snapshot, &state, &theme())));
    }
    state.focus_pane(Pane::Tables);
    insta::assert_snapshot!("120x40_tables", render::text(&screen(120, 40, &snapshot, &state, &theme())));
}

#[test]
fn styles_stay_as_they_are() {
    let snapshot = samples::living();
    let state = UiState::new(snapshot.focus);
    let drawn = screen(80, 24, &snapshot, &state, &theme());
    insta::assert_snapshot!("80x24_styled", render::tests::styled(&drawn));
}

#[test]
fn empty_states_say_what_to_press() {
    let snapshot = samples::empty();
    for pane in [Pane::Processes, Pane::Tables, Pane::Trace, Pane::Changes] {
        let mut state = UiState::new(snapshot.focus);
        state.focus_pane(pane);
        state.tables = TablesLevel::Table;
        let drawn = render::text(&screen(80, 24, &snapshot, &state, &theme()));
        assert!(drawn.contains("Press :"), "{drawn}");
    }
}

/// Writes pictures of every layout and theme to look at: `LOOK=dir cargo test --lib look`.
#[test]
#[ignore = "for eyes only"]
fn look() {
    let Some(directory) = std::env::var_os("LOOK").map(PathBuf::from) else { return };
    for (world, snapshot) in [("sample", samples::living()), ("demo", demo())] {
        draw_pictures(&directory, world, &snapshot);
    }
}

fn demo() -> Snapshot {
    let playground = Playground::demo();
    playground.snapshot(&playground.first_focus())
}

#[expect(clippy::disallowed_methods, reason = "a developer asked for these files by name")]
fn draw_pictures(directory: &Path, world: &str, snapshot: &Snapshot) {
    const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
    let looks = ThemeName::ALL.into_iter().flat_map(|name| [(name, Depth::True), (name, Depth::Indexed)]);
    let states = states(snapshot);
    for ((name, depth), (width, height)) in looks.flat_map(|look| SIZES.map(|size| (look, size))) {
        let theme = Theme::new(name, depth, false);
        for (index, state) in states.iter().enumerate() {
            let picture = render::svg(&screen(width, height, snapshot, state, &theme), &theme);
            let file = format!("{world}-{}-{depth:?}-{width}x{height}-{index:02}.svg", name.as_str());
            std::fs::write(directory.join(file), picture).unwrap();
        }
    }
}
