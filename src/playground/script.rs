//! Scripts: one command a line, and what each is expected to answer.
//!
//! The format of the recorded kernel traces:
//!
//! ```text
//! mmap 0x0 654336 1            a row of the memory map, 1 if usable
//! boot                         boots the machine that the rows above describe
//! alloc_page 1 0x40000000 7 => 262145
//! kill 0 => refused            the command border says no
//! # a comment
//! ```
//!
//! A script is read whole before any of it is done, so that a line nobody can read stops
//! it before it starts. Commands are done on a [`Playground`], like those of a user.

use std::fmt;

use serde::Serialize;

use crate::machine::memory_map::MemoryMap;
use crate::machine::memory_map::MemoryRow;
use crate::playground::Playground;
use crate::playground::argument::parse_number;
use crate::playground::command::Command;
use crate::playground::quote::quoted;
use crate::playground::save::MAP_ROWS_MAX;
use crate::playground::world::World;

/// A script that has been read.
#[derive(Debug)]
pub struct Script {
    name: String,
    lines: Vec<Line>,
}

/// A line that nobody can read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScriptError {
    /// The script's file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected, and what stands there.
    pub reason: String,
}

/// How a script went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ScriptReport {
    /// How many commands were done or refused.
    pub commands: usize,
    /// How many of them had an answer to compare with.
    pub compared: usize,
    /// Those that went otherwise than the script says, in its order.
    pub failures: Vec<Failure>,
}

/// A command that went otherwise than its script says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Failure {
    /// The line it stands in, counted from 1.
    pub line: usize,
    /// The command.
    pub call: String,
    /// What the script says it answers.
    pub expected: String,
    /// What it answered.
    pub got: String,
}

/// A line with something to do.
#[derive(Debug)]
struct Line {
    number: usize,
    act: Act,
}

#[derive(Debug)]
enum Act {
    /// Boots a machine with this memory map.
    Boot(MemoryMap),
    /// Does a command.
    Do { call: String, command: Command, expected: Option<Answer> },
}

/// What a command answers.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Answer {
    Value(u32),
    Nothing,
    /// The border said no, and why; a script expects it without the why.
    Refused(Option<String>),
}

impl Script {
    /// Reads a script; `name` is its file's name in errors.
    ///
    /// # Errors
    /// The first line that is neither a row, `boot`, a command, a comment nor empty.
    pub fn parse(name: &str, text: &str) -> Result<Self, ScriptError> {
        let mut rows = Vec::new();
        let mut lines = Vec::new();
        for (number, text) in (1..).zip(text.lines()) {
            let text = text.split('#').next().unwrap_or_default().trim_matches(is_blank);
            let fail = |reason| ScriptError { file: name.to_string(), line: number, reason };
            if let Some(row) = text.strip_prefix("mmap").filter(|row| row.starts_with(char::is_whitespace)) {
                has_room(&rows).map_err(fail)?;
                rows.push(parse_row(row.trim()).map_err(fail)?);
            } else if text == "boot" {
                let map = memory_map(name, std::mem::take(&mut rows)).map_err(fail)?;
                lines.push(Line { number, act: Act::Boot(map) });
            } else if !text.is_empty() {
                lines.push(Line { number, act: parse_command(text).map_err(fail)? });
            }
        }
        match rows.is_empty() {
            true => Ok(Script { name: name.to_string(), lines }),
            false => Err(ScriptError {
                file: name.to_string(),
                line: text.lines().count(),
                reason: "expected `boot` after the `mmap` rows, got the end of the script".to_string(),
            }),
        }
    }

    /// Does the script on a playground and compares every answer it names.
    ///
    /// A wrong answer does not stop it: what follows may still hold.
    pub fn run(&self, playground: &mut Playground) -> ScriptReport {
        let mut report = ScriptReport::default();
        for line in &self.lines {
            match &line.act {
                Act::Boot(map) => {
                    *playground = Playground::starting_at(World::boot(map.clone()), self.name.clone());
                }
                Act::Do { call, command, expected } => {
                    let got = answer(playground, command);
                    report.commands += 1;
                    report.compared += usize::from(expected.is_some());
                    report.failures.extend(failure(line.number, call, expected.as_ref(), &got));
                }
            }
        }
        report
    }
}

/// Is this no part of a line? Some editors begin a file with a byte-order mark.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// Does a command and returns what it answered.
fn answer(playground: &mut Playground, command: &Command) -> Answer {
    match playground.apply(command) {
        Ok(outcome) => outcome.result.map_or(Answer::Nothing, Answer::Value),
        Err(reason) => Answer::Refused(Some(reason.to_string())),
    }
}

/// Returns what went wrong, if anything did. Where no answer is named, any but a refusal is right.
fn failure(line: usize, call: &str, expected: Option<&Answer>, got: &Answer) -> Option<Failure> {
    let holds = match (expected, got) {
        (Some(Answer::Refused(_)), Answer::Refused(_)) => true,
        (Some(expected), got) => expected == got,
        (None, got) => !matches!(got, Answer::Refused(_)),
    };
    let expected = || expected.map_or_else(|| "an answer".to_string(), ToString::to_string);
    (!holds).then(|| Failure { line, call: call.to_string(), expected: expected(), got: got.to_string() })
}

/// Reads `alloc_page 1 0x40000000 7 => 262145`.
fn parse_command(text: &str) -> Result<Act, String> {
    let (call, expected) = match text.split_once("=>") {
        Some((call, answer)) => (call.trim(), Some(parse_answer(answer.trim())?)),
        None => (text, None),
    };
    let command = Command::parse(call).map_err(|error| error.to_string())?;
    Ok(Act::Do { call: call.to_string(), command, expected })
}

fn parse_answer(word: &str) -> Result<Answer, String> {
    match word {
        "refused" => Ok(Answer::Refused(None)),
        "nothing" => Ok(Answer::Nothing),
        _ => parse_number(word).map(Answer::Value).ok_or_else(|| {
            format!("expected a number, `nothing` or `refused` after `=>`, got {}", quoted(word))
        }),
    }
}

/// Refuses a row that a save of the machine could not hold.
fn has_room(rows: &[MemoryRow]) -> Result<(), String> {
    match rows.len() {
        MAP_ROWS_MAX.. => Err(format!("expected at most {MAP_ROWS_MAX} `mmap` rows before `boot`")),
        _ => Ok(()),
    }
}

/// Reads the rest of `mmap START LENGTH USABLE`.
fn parse_row(text: &str) -> Result<MemoryRow, String> {
    let expected =
        || format!("expected `mmap START LENGTH 1` or `… 0`, got {}", quoted(&format!("mmap {text}")));
    let words: Vec<&str> = text.split_whitespace().collect();
    let [start, length, usable] = words[..] else { return Err(expected()) };
    let start = parse_number(start).map(u64::from).ok_or_else(expected)?;
    let length = parse_length(length).ok_or_else(expected)?;
    if start + length > 1 << 32 {
        return Err(format!(
            "expected a row that ends within 4 GiB, got {}",
            quoted(&format!("mmap {text}"))
        ));
    }
    match usable {
        "0" => Ok(MemoryRow { start, length, is_usable: false }),
        "1" => Ok(MemoryRow { start, length, is_usable: true }),
        _ => Err(expected()),
    }
}

/// Reads a length: a number, or all of 4 GiB, which is one more than a number can be.
fn parse_length(word: &str) -> Option<u64> {
    match word {
        "0x100000000" | "4294967296" => Some(1 << 32),
        _ => parse_number(word).map(u64::from),
    }
}

fn memory_map(script: &str, rows: Vec<MemoryRow>) -> Result<MemoryMap, String> {
    match rows.is_empty() {
        true => Err("expected `mmap` rows above `boot`, or `boot MAP`".to_string()),
        false => Ok(MemoryMap { title: format!("the machine of {script}"), rows }),
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Value(value) => write!(f, "{value}"),
            Answer::Nothing => f.write_str("nothing"),
            Answer::Refused(None) => f.write_str("refused"),
            Answer::Refused(Some(reason)) => write!(f, "refused: {reason}"),
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for ScriptError {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: expected {}, got {}", self.line, self.call, self.expected, self.got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Vec<String> {
        let mut playground = Playground::boot("tiny").unwrap();
        let report = Script::parse("here", text).unwrap().run(&mut playground);
        report.failures.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn answers_are_compared() {
        let script = "spawn 0 9 => 1\nkill 0 => refused # the kernel\n\nkill 1 => nothing\nget_nps\n";
        assert_eq!(run(script), Vec::<String>::new());
    }

    #[test]
    fn a_failure_names_line_call_expected_and_got() {
        let failures = run("palloc => 262145\nkill 0\nspawn 0 1 => refused");
        let first_frame = "line 1: palloc: expected 262145, got 262144";
        let kernel = "line 2: kill 0: expected an answer, got refused: process 0 is the kernel itself";
        assert_eq!(failures[0], first_frame);
        assert!(failures[1].starts_with(kernel), "{}", failures[1]);
        assert_eq!(failures[2], "line 3: spawn 0 1: expected refused, got 1");
    }

    #[test]
    fn rows_describe_a_machine() {
        let script = "mmap 0 0x100000000 1\nboot\nget_nps => 1048576\n\
                      mmap 0 0x40002000 1\nboot\ncontainer_get_quota 0 => 2";
        assert_eq!(run(script), Vec::<String>::new());
    }

    #[test]
    fn blanks_between_words_and_a_byte_order_mark_do_no_harm() {
        let script = "\u{feff}mmap\t0x40000000\t0x2000  1\r\nboot\r\ncontainer_get_quota 0 => 2\r\n";
        assert_eq!(run(script), Vec::<String>::new());
    }

    #[test]
    fn a_map_has_no_more_rows_than_a_save_holds() {
        let row = "mmap 0 0x100000000 1\n";
        let fits = format!("{}boot\npalloc\n", row.repeat(256));
        let mut playground = Playground::boot("tiny").unwrap();
        Script::parse("here", &fits).unwrap().run(&mut playground);
        assert!(Playground::read("save.ron", &playground.to_text()).is_ok());
        let error = Script::parse("here", &format!("{row}{fits}")).unwrap_err();
        assert_eq!(error.to_string(), "here:257: expected at most 256 `mmap` rows before `boot`");
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let cases = [
            ("palloc\npaloc", "here:2: there is no command `paloc`; did you mean `palloc`?"),
            ("palloc => x", "here:1: expected a number, `nothing` or `refused` after `=>`, got `x`"),
            ("mmap 1 2", "here:1: expected `mmap START LENGTH 1` or `… 0`, got `mmap 1 2`"),
            (
                "mmap 0x80000000 0x80000001 1",
                "here:1: expected a row that ends within 4 GiB, got `mmap 0x80000000 0x80000001 1`",
            ),
            ("boot", "here:1: expected `mmap` rows above `boot`, or `boot MAP`"),
            ("mmap 0 1 1\n", "here:1: expected `boot` after the `mmap` rows, got the end of the script"),
        ];
        for (text, expected) in cases {
            assert_eq!(Script::parse("here", text).unwrap_err().to_string(), expected);
        }
    }
}
