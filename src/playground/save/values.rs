//! The smallest parts of a save: raw in the file, checked types in memory.

use serde::Deserialize;

use crate::kernel::layout::NUM_IDS;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::ENTRIES;
use crate::machine::address::FRAMES;
use crate::machine::address::FrameNumber;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryRow;
use crate::playground::argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::command::CommandError;
use crate::playground::quote::quoted;
use crate::playground::quote::shortened;
use crate::playground::save::VERSION;

/// How much of a sentence from elsewhere an error repeats.
const SENTENCE_MAX: usize = 200;

/// The format's version.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::playground) struct Version;

/// A frame's number.
#[derive(Clone, Copy, PartialEq, PartialOrd, Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::playground) struct Frame(pub(in crate::playground) FrameNumber);

/// A process's number.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::playground) struct Id(pub(in crate::playground) ProcessId);

/// What the user calls a process.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct Name(pub(in crate::playground) String);

/// A row of the memory map: `0x00100000 0x3ff00000 usable`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct MapRow(pub(in crate::playground) MemoryRow);

/// An entry of a directory or table: `0x001: 0x40005 P W U A`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct EntryRow {
    pub(in crate::playground) index: u32,
    pub(in crate::playground) entry: RawEntry,
}

/// Some words of a frame, from an index on: `0x010: 0x00000001 0xdeadbeef`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct WordRow {
    pub(in crate::playground) index: u32,
    pub(in crate::playground) words: Vec<u32>,
}

/// An entry by itself: `0x40005 P W U A`, or `empty`.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct Entry(pub(in crate::playground) RawEntry);

/// A line of the log: `touch 1 write 0x40000000`, or `after 3: touch …` where a branch begins.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct LogLine {
    pub(in crate::playground) after: Option<u32>,
    pub(in crate::playground) command: Command,
}

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if number == VERSION {
            return Ok(Version);
        }
        Err(format!("expected version {VERSION}, the only one this program reads, got {number}"))
    }
}

impl TryFrom<u32> for Frame {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        let outside = || format!("expected a frame number below {FRAMES:#x}, got {number:#x}");
        FrameNumber::new(number).map(Frame).ok_or_else(outside)
    }
}

impl TryFrom<u32> for Id {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        let outside = || format!("expected a process number below {NUM_IDS}, got {number}");
        ProcessId::new(number).map(Id).ok_or_else(outside)
    }
}

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let expected = |expected| format!("expected {expected}, got {}", quoted(&name));
        ArgumentKind::Name.parse(&name).map_err(expected)?;
        Ok(Name(name))
    }
}

impl TryFrom<String> for MapRow {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let got = |expected| format!("{expected}, got {}", quoted(&text));
        MemoryRow::parse(&text).map(MapRow).map_err(got)
    }
}

impl TryFrom<String> for EntryRow {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || format!("expected `INDEX: FRAME FLAGS`, got {}", quoted(&text));
        let (index, entry) = text.split_once(':').ok_or_else(expected)?;
        Ok(EntryRow { index: entry_index(index)?, entry: parse_entry(entry)? })
    }
}

impl TryFrom<String> for WordRow {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || format!("expected `INDEX: WORD WORD …`, got {}", quoted(&text));
        let (index, words) = text.split_once(':').ok_or_else(expected)?;
        let index = entry_index(index)?;
        let word = |word: &str| {
            argument::parse_number(word).ok_or_else(|| format!("expected 32 bits, got {}", quoted(word)))
        };
        let words: Vec<u32> = words.split_whitespace().map(word).collect::<Result<_, _>>()?;
        if words.is_empty() || words.len() > (ENTRIES - index) as usize {
            let room = ENTRIES - index;
            return Err(format!(
                "expected 1 to {room} words from index {index:#05x} on, got {}",
                words.len()
            ));
        }
        Ok(WordRow { index, words })
    }
}

impl TryFrom<String> for Entry {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse_entry(&text).map(Entry)
    }
}

impl TryFrom<String> for LogLine {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (after, line) = match text.strip_prefix("after ") {
            None => (None, text.as_str()),
            Some(rest) => {
                let expected = || format!("expected `after STEP: COMMAND`, got {}", quoted(&text));
                let (step, line) = rest.split_once(':').ok_or_else(expected)?;
                (Some(argument::parse_number(step).ok_or_else(expected)?), line)
            }
        };
        let unreadable = |error: CommandError| {
            format!("expected a command: {}", shortened(&error.to_string(), SENTENCE_MAX))
        };
        let command = Command::parse(line).map_err(unreadable)?;
        Ok(LogLine { after, command })
    }
}

/// Returns an entry as text that [`parse_entry`] reads back: `0x40005 P W U`.
pub(in crate::playground) fn show_entry(entry: RawEntry) -> String {
    if entry.0 == 0 {
        return "empty".to_string();
    }
    let named = RawEntry::FLAGS.iter().fold(0, |bits, (_, bit)| bits | bit);
    let mut text = entry.frame().to_string();
    for (name, _) in RawEntry::FLAGS.iter().filter(|(_, bit)| entry.has(*bit)) {
        text.push(' ');
        text.push_str(name);
    }
    match entry.0 & !RawEntry::FRAME & !named {
        0 => text,
        rest => format!("{text} {rest:#x}"),
    }
}

/// Reads an entry: a frame number, then flags by name or as bits.
fn parse_entry(text: &str) -> Result<RawEntry, String> {
    if text.trim() == "empty" {
        return Ok(RawEntry(0));
    }
    let mut words = text.split_whitespace();
    let expected = || format!("expected a frame number and flags, or `empty`, got {}", quoted(text));
    let number = words.next().and_then(argument::parse_number).ok_or_else(expected)?;
    let frame = Frame::try_from(number)?.0;
    let flags = words.map(|word| {
        let named = RawEntry::FLAGS.iter().find(|(name, _)| *name == word).map(|(_, bit)| *bit);
        let bits = named.or_else(|| argument::parse_number(word)).filter(|bits| bits & RawEntry::FRAME == 0);
        bits.ok_or_else(|| format!("expected {}, got {}", ArgumentKind::Flag.describe(), quoted(word)))
    });
    let flags = flags.collect::<Result<Vec<u32>, String>>()?;
    Ok(flags.into_iter().fold(RawEntry(frame.start().0), RawEntry::with))
}

fn entry_index(text: &str) -> Result<u32, String> {
    let index = argument::parse_number(text.trim()).filter(|&index| index < ENTRIES);
    index.ok_or_else(|| format!("expected an index from 0x000 to 0x3ff, got {}", quoted(text)))
}
