//! The application, driven by keys: what the screen then says.

use std::path::Path;

use crossterm::event::KeyModifiers;
use crossterm::event::MouseButton;
use crossterm::event::MouseEvent;
use crossterm::event::MouseEventKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::playground::Playground;
use crate::tui::actions;
use crate::tui::app::App;
use crate::tui::app::Effect;
use crate::tui::inputs::Input;
use crate::tui::key::Key;
use crate::tui::key_file::Overrides;
use crate::tui::keymap::Keymap;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::Request;
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::flags::Flags;
use crate::tui::overlays::form::Form;
use crate::tui::overlays::help::Help;
use crate::tui::overlays::palette::Palette;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::prompt::Prompt;
use crate::tui::overlays::steps::Steps;
use crate::tui::render;
use crate::tui::screen;
use crate::tui::source::Source;
use crate::tui::state::Pane;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

fn app_at(size: (u16, u16)) -> App {
    let theme = Theme::new(ThemeName::Dark, Depth::Sixteen, false);
    let mut app = App::new(Playground::demo(), theme, Keymap::new(&Overrides::new()));
    app.size = size;
    app
}

fn app() -> App {
    app_at((120, 40))
}

/// Presses keys, written as in `keys.ron` with spaces between them; `'text` types letters.
fn press(app: &mut App, keys: &str) {
    for word in keys.split(' ') {
        let keys: Vec<Key> = match word.strip_prefix('\'') {
            Some(text) => text.chars().map(|letter| letter.to_string().parse().unwrap()).collect(),
            None => vec![word.parse().unwrap()],
        };
        for key in keys {
            app.handle(Input::Key(key.event()));
        }
    }
}

fn screen_of(app: &App) -> String {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    let mut buf = Buffer::empty(area);
    screen::draw(app, area, &mut buf);
    render::text(&buf)
}

/// Presses keys and expects the screen to say some things.
#[track_caller]
fn check(keys: &str, expected: &[&str]) {
    let mut app = app();
    press(&mut app, keys);
    let screen = screen_of(&app);
    for text in expected {
        assert!(screen.contains(text), "after {keys}, no `{text}` on\n{screen}");
    }
}

#[test]
fn the_first_screen_tells_the_next_key() {
    check("1", &["t touches an address", "s spawn", "? all keys", "step 12/12", "1 Processes"]);
}

#[test]
fn spawn_touch_and_kill_by_keys() {
    let mut app = app();
    press(&mut app, "1 s ctrl-u '2 enter");
    assert_eq!(app.notice.text(), "process 40 was born with 2 of process 13's pages");
    press(&mut app, "r");
    assert!(app.notice.text().starts_with("process 40's read at"), "{}", app.notice.text());
    assert!(app.notice.text().contains("faulted, got frame"), "{}", app.notice.text());
    press(&mut app, "K enter");
    assert_eq!(app.notice.text(), "process 40 ended, 2 pages came back");
}

#[test]
fn a_form_tells_what_will_happen_before_enter() {
    check("1 s", &["spawn  operating system", "parent", "quota", "a number of pages"]);
    check("1 s ctrl-u '2", &["process 40 was born with 2 of process 13's pages"]);
    check("1 s ctrl-u '4096", &["! refused:"]);
    check("1 s ctrl-u '4x", &["! a number of pages"]);
}

#[test]
fn a_form_that_would_be_refused_does_not_run() {
    let mut app = app();
    press(&mut app, "1 s ctrl-u '4096 enter");
    assert!(app.overlay.is_some());
    assert_eq!(app.snapshot.position.step, 12);
}

#[test]
fn the_first_letter_typed_replaces_what_a_form_offers() {
    let mut app = app();
    press(&mut app, "1 s '2 enter");
    assert_eq!(app.notice.text(), "process 40 was born with 2 of process 13's pages");
}

#[test]
fn a_process_that_goes_leaves_the_selection_to_its_parent() {
    let mut app = app();
    press(&mut app, "1 s '2 enter");
    assert_eq!(app.state.focus.process, 40);
    press(&mut app, "u");
    assert_eq!(app.state.focus.process, 13);
    press(&mut app, "U down K enter");
    assert_eq!((app.notice.text(), app.state.focus.process), ("process 40 ended, 0 pages came back", 13));
}

#[test]
fn notes_stand_under_the_panes_while_keys_still_act() {
    let mut app = app();
    app.perform(Request::Open(Source::Shipped("stale-tlb")));
    assert_eq!(app.notice.text(), "opened stale-tlb; N shows its notes");
    press(&mut app, "N U");
    assert!(screen_of(&app).contains("nobody told the TLB"));
    assert!(app.notice.text().starts_with("step "));
    press(&mut app, "N");
    assert!(!screen_of(&app).contains("nobody told the TLB"));
}

#[test]
fn a_click_selects_in_a_window_and_a_second_one_chooses() {
    let mut app = app();
    press(&mut app, "g");
    let row = screen_of(&app).lines().position(|line| line.contains("3   spawn 1 16")).unwrap();
    let click = MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 40,
        row: row.try_into().unwrap(),
        modifiers: KeyModifiers::NONE,
    };
    app.handle(Input::Mouse(click));
    assert!(app.overlay.is_some());
    app.handle(Input::Mouse(click));
    assert_eq!(app.snapshot.position.step, 3);
}

#[test]
fn down_and_up_go_through_values() {
    check("t shift-tab down", &["fetch"]);
    check("t down", &["touch 13"]);
}

#[test]
fn the_palette_finds_completes_and_runs() {
    check(": 'kiltr", &["kill_tree"]);
    check(": 'touch space '13 space", &["access: read, write or fetch", "fetch"]);
    let mut app = app();
    press(&mut app, ": 'touch space '1 space 'read space '0x40002000 enter");
    assert!(app.notice.text().starts_with("process 1's read at 0x40002000 faulted"), "{}", app.notice.text());
    press(&mut app, ":");
    assert!(screen_of(&app).contains("touch 1 read 0x40002000"), "the palette remembers lines");
    press(&mut app, "'undo enter");
    assert_eq!(app.snapshot.position.step, 12);
}

#[test]
fn history_is_walked_by_keys() {
    let mut app = app();
    press(&mut app, "u u");
    assert_eq!(app.notice.text(), "step 10 of 12: touch 4 write 0xeffff000");
    press(&mut app, "U g '3 enter");
    assert_eq!(app.snapshot.position.step, 3);
    press(&mut app, "m 'here enter");
    assert_eq!(app.snapshot.position.mark.as_deref(), Some("here"));
    press(&mut app, "b");
    assert!(app.notice.text().starts_with("there is only one branch"));
}

#[test]
fn a_flag_is_flipped_by_its_letter() {
    let mut app = app();
    press(&mut app, "2 f");
    assert!(screen_of(&app).contains("Flip a flag of PDE"));
    press(&mut app, "w");
    assert!(app.overlay.is_none());
    assert_eq!(app.snapshot.position.step, 13, "{}", app.notice.text());
}

#[test]
fn escape_never_quits_and_q_closes_first() {
    let mut app = app();
    press(&mut app, "esc esc esc ? q");
    assert!(app.overlay.is_none() && app.take_effects().is_empty());
    press(&mut app, "q");
    assert_eq!(app.take_effects(), [Effect::Quit]);
}

#[test]
fn ctrl_c_quits_when_pressed_twice_in_a_row() {
    let mut app = app();
    press(&mut app, "ctrl-c j ctrl-c");
    assert!(app.take_effects().is_empty());
    press(&mut app, "ctrl-c");
    assert_eq!(app.take_effects(), [Effect::Quit]);
}

#[test]
fn quitting_saves() {
    let directory = tempfile::tempdir().unwrap();
    let mut app = app();
    app.files.autosave = Some(directory.path().join("autosave.ron"));
    press(&mut app, "q");
    assert!(directory.path().join("autosave.ron").exists());
    let mut app = self::app();
    app.files.autosave = Some(directory.path().join("no/such/\0directory.ron"));
    press(&mut app, "q");
    assert!(app.take_effects().is_empty(), "what cannot be saved is not lost silently");
    press(&mut app, "q");
    assert_eq!(app.take_effects(), [Effect::Quit]);
    assert!(app.last_word().is_some_and(|word| word.contains("lost")));
}

#[test]
fn a_save_is_written_asked_about_and_opened() {
    let directory = tempfile::tempdir().unwrap();
    let mut app = app();
    app.files.directories = vec![directory.path().to_path_buf()];
    press(&mut app, "S enter");
    assert!(app.notice.text().starts_with("saved in"), "{}", app.notice.text());
    press(&mut app, "S enter");
    assert!(screen_of(&app).contains("Replace it?"));
    press(&mut app, "y O");
    assert!(screen_of(&app).contains("a-small-living-machine"), "{}", screen_of(&app));
    press(&mut app, "enter");
    assert!(app.notice.text().starts_with("opened"), "{}", app.notice.text());
}

#[test]
fn a_bad_save_is_told_in_the_preview() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::copy("Cargo.toml", directory.path().join("bad.ron")).unwrap();
    let mut app = app();
    app.files.directories = vec![directory.path().to_path_buf()];
    press(&mut app, "O");
    assert!(screen_of(&app).contains("bad.ron:"), "{}", screen_of(&app));
    press(&mut app, "enter");
    assert!(app.notice.text().contains("bad.ron:"), "{}", app.notice.text());
}

#[test]
fn where_nothing_is_drawn_keys_do_nothing_but_quit() {
    let mut app = app_at((40, 10));
    press(&mut app, "r w s enter u");
    assert_eq!(app.snapshot.position.step, 12);
    assert!(app.overlay.is_none());
    press(&mut app, "q");
    assert_eq!(app.take_effects(), [Effect::Quit]);
}

#[test]
fn the_same_size_again_redraws_everything() {
    let mut app = app();
    app.handle(Input::Resize(120, 40));
    assert_eq!(app.take_effects(), [Effect::Redraw]);
    app.handle(Input::Resize(100, 40));
    assert!(app.take_effects().is_empty());
}

#[test]
fn copying_says_what_was_copied() {
    let mut app = app();
    press(&mut app, "1 y");
    assert!(app.notice.text().starts_with("copied "), "{}", app.notice.text());
    assert!(matches!(&app.take_effects()[..], [Effect::Copy(text)] if text.starts_with("process 13 viewer")));
}

#[test]
fn pasted_text_goes_where_one_types() {
    let mut app = app();
    press(&mut app, ":");
    app.handle(Input::Paste("touch 1 read 0x40003000".into()));
    press(&mut app, "enter");
    assert!(app.notice.text().starts_with("process 1's read at 0x40003000"), "{}", app.notice.text());
}

#[test]
fn the_next_theme_is_told() {
    let mut app = app();
    press(&mut app, "T");
    assert_eq!(app.notice.text(), "theme light");
}

/// Returns every window there is, with something in it.
fn windows(app: &App) -> Vec<Overlay> {
    let context = app.context();
    let palette = || Palette::new(&app.keymap, &["touch 1 read 0x40000000".to_string()]);
    let mut typed = palette();
    typed.paste("touch 1 read 0x40000000", &context);
    let question = "Really? ".repeat(30);
    vec![
        Overlay::Form(Form::open("map_page 1", &context).unwrap()),
        Overlay::Form(Form::open("kill 999999", &context).unwrap()),
        Overlay::Palette(palette()),
        Overlay::Palette(typed),
        Overlay::Help(Help::new(&app.keymap, Pane::Tables)),
        Overlay::Picker(Picker::new(&["saves".into(), ".".into()])),
        Overlay::Prompt(Prompt::save("title", Some(Path::new(&"long/".repeat(60))), Path::new(""))),
        Overlay::Steps(Steps::new(app.playground.timeline(), 5)),
        Overlay::Flags(Flags { entry: "an entry".into(), command: "flip_pte 1 0x40000000".into() }),
        Overlay::Confirm(Confirm { question, request: Request::GoTo(1) }),
    ]
}

#[test]
fn every_window_draws_at_every_size() {
    let mut app = app();
    let sizes = (0..=210).step_by(7).flat_map(|width| (0..=70).step_by(3).map(move |height| (width, height)));
    let sizes: Vec<(u16, u16)> = sizes.chain([(1, 1), (2, 1), (1, 2), (60, 16), (500, 200)]).collect();
    assert!(sizes.len() >= 700);
    for window in windows(&app) {
        app.overlay = Some(window);
        for &(width, height) in &sizes {
            let area = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(area);
            // The whole screen draws windows only where there is room; a window must not rely on it.
            if let Some(overlay) = &app.overlay {
                overlay.draw(area, &mut buf, &app.theme);
            }
            if height % 9 == 0 {
                screen::draw(&app, area, &mut buf);
            }
        }
    }
}

#[test]
fn drawing_twice_gives_the_same_screen() {
    let mut app = app();
    for window in windows(&app) {
        app.overlay = Some(window);
        assert_eq!(screen_of(&app), screen_of(&app));
    }
}

#[test]
fn no_key_breaks_anything_anywhere() {
    let directory = tempfile::tempdir().unwrap();
    for pane in Pane::ALL {
        for row in actions::rows() {
            let mut app = app();
            app.files.directories = vec![directory.path().to_path_buf()];
            app.state.focus_pane(pane);
            app.handle(Input::Key(row.keys[0].parse::<Key>().unwrap().event()));
            screen_of(&app);
            press(&mut app, "tab down 'x0 enter");
            screen_of(&app);
        }
    }
}
