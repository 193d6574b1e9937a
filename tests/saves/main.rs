//! Saves: what is saved opens as it was, and what is no save is refused in one sentence.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]
#![expect(clippy::format_collect, reason = "texts here are short, and this reads best")]
#![expect(clippy::disallowed_methods, reason = "tests make files that are no saves")]

mod bent;
mod random;
mod refused;
mod round_trip;
mod whole;

use certiscope::playground::Playground;
use certiscope::playground::command::Command;
use certiscope::playground::save::Opened;

/// Returns what stands in a text, which must be a save.
#[track_caller]
fn read(text: &str) -> Opened {
    match Playground::read("save.ron", text) {
        Ok(opened) => opened,
        Err(error) => panic!("{error}\n{text}"),
    }
}

/// Does a command that must be accepted.
#[track_caller]
fn act(playground: &mut Playground, line: &str) {
    let command = Command::parse(line).unwrap();
    if let Err(error) = playground.apply(&command) {
        panic!("{line}: {error}");
    }
}

/// Returns a machine with a memory map of the program's, after some commands.
#[track_caller]
fn after(map: &str, lines: &[&str]) -> Playground {
    let mut playground = Playground::boot(map).unwrap();
    for line in lines {
        act(&mut playground, line);
    }
    playground
}
