//! One conversation: a playground, and an answer to every line.

use crate::cli::describe;
use crate::cli::plain::verbs;
use crate::playground::Playground;
use crate::playground::command::Command;
use crate::playground::registry;
use crate::playground::snapshot::Focus;
use crate::playground::snapshot::Snapshot;

/// A playground in conversation.
pub(in crate::cli::plain) struct Session {
    pub(in crate::cli::plain) playground: Playground,
    /// Did the user say `quit`?
    pub(in crate::cli::plain) is_over: bool,
}

impl Session {
    /// Starts a conversation.
    pub(in crate::cli::plain) fn new(playground: Playground) -> Self {
        Session { playground, is_over: false }
    }

    /// Returns the answer to a line, empty or ending in a line's end.
    pub(in crate::cli::plain) fn answer(&mut self, line: &str) -> String {
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some((name, arguments)) = words.split_first() else { return String::new() };
        match verbs::find(name) {
            Some(verb) => (verb.run)(self, arguments).unwrap_or_else(|reason| format!("{name}: {reason}\n")),
            None => self.command(line),
        }
    }

    /// Returns the moment as seen from where the last command left off.
    pub(in crate::cli::plain) fn snapshot(&self) -> Snapshot {
        self.playground.snapshot(&self.playground.first_focus())
    }

    /// Returns the moment as seen from a process's address.
    pub(in crate::cli::plain) fn snapshot_at(&self, process: u32, address: u32) -> Snapshot {
        self.playground.snapshot(&Focus { process, address, ..self.playground.first_focus() })
    }

    /// Returns where the conversation stands.
    pub(in crate::cli::plain) fn position(&self) -> String {
        describe::position(&self.snapshot().position) + "\n"
    }

    /// Does a command; says what came of it, and which invariants it broke or mended.
    fn command(&mut self, line: &str) -> String {
        let command = match Command::parse(line) {
            Ok(command) => command,
            Err(error) => return format!("{error}; {}\n", hint(line)),
        };
        let before = self.broken();
        match self.playground.apply(&command) {
            Ok(outcome) => format!("{}\n", outcome.sentence) + &judgement(&before, &self.broken()),
            Err(error) => format!("refused: {error}\n"),
        }
    }

    fn broken(&self) -> Vec<&'static str> {
        let rows = self.playground.invariant_rows();
        rows.into_iter().filter(|row| !row.broken.is_empty()).map(|row| row.name).collect()
    }
}

/// Returns where a line that cannot be read is explained.
fn hint(line: &str) -> String {
    let name = line.split_whitespace().next().unwrap_or_default();
    match registry::find(name) {
        Some(_) => format!("`help {name}` explains it"),
        None => "`help` lists everything".to_string(),
    }
}

/// Returns which invariants changed sides.
fn judgement(before: &[&'static str], after: &[&'static str]) -> String {
    let broken = after.iter().filter(|name| !before.contains(name));
    let mended = before.iter().filter(|name| !after.contains(name));
    let broken = broken.map(|name| format!("invariant broken: {name}; `check` says where\n"));
    broken.chain(mended.map(|name| format!("invariant holds again: {name}\n"))).collect()
}
