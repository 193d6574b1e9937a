//! The program end to end, in a real pseudo-terminal.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot reach the terminal must fail")]
#![expect(clippy::panic, reason = "a wait that ends says what was on the screen")]
#![expect(clippy::disallowed_methods, reason = "waiting has a deadline, so it needs a clock")]

#[path = "pty/session.rs"]
mod session;

use std::time::Duration;

use vt100::MouseProtocolMode;

use crate::session::Session;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const DARK: [&str; 2] = ["--theme", "dark"];

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[track_caller]
fn check_terminal_is_given_back(session: &Session) {
    let screen = session.screen();
    assert!(!screen.alternate_screen(), "the alternate screen was not left");
    assert!(!screen.hide_cursor(), "the cursor is hidden");
    assert!(!screen.bracketed_paste(), "pastes are still bracketed");
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "the mouse is still reported");
}

#[test]
fn the_first_frame_is_drawn_in_one_go_at_every_size() {
    let home = home();
    for (columns, rows) in SIZES {
        let mut session = Session::start(columns, rows, &DARK, &[], home.path());
        session.wait_text("? all keys");
        assert!(session.text().contains("A small living machine"));
        assert!(session.text().contains("t touches an address"));
        let screen = session.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
        let frames = session.bytes.windows(8).filter(|bytes| *bytes == b"\x1b[?2026l").count();
        assert_eq!(frames, 1);
    }
}

#[test]
fn spawn_touch_and_kill_by_keys() {
    let home = home();
    for (columns, rows) in SIZES {
        let mut session = Session::start(columns, rows, &DARK, &[], home.path());
        session.wait_text("? all keys");
        session.press_and_wait("1", "viewer");
        session.press_and_wait("s", "was born with 1 of");
        session.press_and_wait("\x152", "was born with 2 of");
        session.press_and_wait("\r", "step 13/13");
        session.press_and_wait("w", "faulted, got frame");
        session.press_and_wait("K", "process 40 ended, 2 pages came back");
        session.press_and_wait("\r", "step 15/15");
        assert!(session.text().contains("process 40 ended, 2 pages came back"));
    }
}

#[test]
fn any_size_is_survived() {
    let home = home();
    let mut session = Session::start(120, 40, &DARK, &[], home.path());
    session.wait_text("? all keys");
    for (columns, rows) in [(40, 10), (1, 1), (3, 2), (59, 15), (80, 24), (60, 16), (200, 60), (120, 40)] {
        session.resize(columns, rows);
        if columns >= 60 && rows >= 16 {
            let what = format!("keys in the last row at {columns}x{rows}");
            session.wait(&what, |screen| {
                screen
                    .rows(0, columns)
                    .nth(usize::from(rows) - 1)
                    .is_some_and(|row| row.contains("? all keys"))
            });
        }
    }
    session.press("q");
    assert_eq!(session.wait_exit(), 0);
}

#[test]
fn quitting_gives_the_terminal_back_and_saves() {
    let home = home();
    let mut session = Session::start(80, 24, &DARK, &[], home.path());
    session.wait_text("? all keys");
    session.press("q");
    assert_eq!(session.wait_exit(), 0);
    check_terminal_is_given_back(&session);
    assert!(home.path().join("certiscope/autosave.ron").exists());
}

#[test]
fn a_panic_gives_the_terminal_back_and_saves() {
    let home = home();
    let mut session = Session::start(80, 24, &["--theme", "dark", "--panic-after-start"], &[], home.path());
    assert_eq!(session.wait_exit(), 101);
    check_terminal_is_given_back(&session);
    let text = session.text();
    assert!(text.contains("asked to panic") && text.contains("The state is saved in"), "{text}");
}

#[test]
fn a_signal_to_end_gives_the_terminal_back_and_saves() {
    for signal in ["TERM", "HUP", "QUIT"] {
        let home = home();
        let mut session = Session::start(80, 24, &DARK, &[], home.path());
        session.wait_text("? all keys");
        session.signal(signal);
        assert_eq!(session.wait_exit(), 0);
        check_terminal_is_given_back(&session);
        assert!(home.path().join("certiscope/autosave.ron").exists());
    }
}

#[test]
fn garbled_reports_from_the_terminal_are_survived() {
    let home = home();
    let mut session = Session::start(80, 24, &DARK, &[], home.path());
    session.wait_text("? all keys");
    let zeros = "\x1b[M   \x1b[<64;0;0M\x1b[<0;0;0M\x1b[<0;0;0m";
    session.press(&format!("{zeros}\x1b[<0;9999;9999M\x1b[<999999;1;1M\x1b[1;99999999999R"));
    session.press_and_wait("1s", "spawn  operating system");
}

#[test]
fn suspending_gives_the_terminal_back_until_it_continues() {
    let home = home();
    let mut session = Session::start_in_shell(80, 24, &DARK, home.path());
    session.wait_text("? all keys");
    session.press("\x1a");
    session.wait("word of the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("stopped")
    });
    check_terminal_is_given_back(&session);
    session.press("\n");
    session.wait("screen drawn again", |screen| {
        screen.alternate_screen() && screen.contents().contains("? all keys")
    });
    session.press_and_wait("1s", "spawn  operating system");
}

#[test]
fn idle_for_two_seconds_writes_nothing() {
    let home = home();
    let mut session = Session::start(120, 40, &DARK, &[], home.path());
    session.wait_text("? all keys");
    session.listen(Duration::from_millis(300));
    assert_eq!(session.listen(Duration::from_secs(2)), 0);
    // A key that changes nothing writes nothing either.
    session.press("\x1b[H");
    session.listen(Duration::from_millis(300));
    session.press("\x1b[H");
    assert_eq!(session.listen(Duration::from_millis(500)), 0);
}

#[test]
fn without_colour_bold_and_reverse_stay() {
    let home = home();
    let mut session = Session::start(120, 40, &[], &[("NO_COLOR", "1")], home.path());
    session.wait_text("? all keys");
    let screen = session.screen();
    let cells = (0..40).flat_map(|row| (0..120).filter_map(move |column| screen.cell(row, column)));
    let cells: Vec<_> = cells.collect();
    assert!(cells.iter().any(|cell| cell.bold()), "nothing is bold");
    assert!(cells.iter().any(|cell| cell.inverse()), "nothing is reversed");
    let default = vt100::Color::Default;
    assert!(cells.iter().all(|cell| cell.fgcolor() == default && cell.bgcolor() == default));
}

#[test]
fn the_mouse_can_be_turned_off() {
    let home = home();
    let mut session = Session::start(120, 40, &DARK, &[], home.path());
    session.wait_text("? all keys");
    session.press_and_wait("\x1bOQ", "the mouse is the terminal's");
    assert_eq!(session.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    session.press_and_wait("\x1bOQ", "the mouse selects panes");
    assert_eq!(session.screen().mouse_protocol_mode(), MouseProtocolMode::ButtonMotion);
}

#[test]
fn what_is_no_terminal_is_pointed_at_plain() {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_certiscope")).args(DARK).output().unwrap();
    let error = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!run.status.success() && error.contains("--plain"), "{error}");
}
