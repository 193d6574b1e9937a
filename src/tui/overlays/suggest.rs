//! Sensible values for a command's arguments: what a form starts with and cycles through.

use crate::playground::argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::snapshot::Snapshot;

/// Which way Up and Down go through the values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Turn {
    Forward,
    Back,
}

/// Returns the value to start with, taken from what the user looks at.
pub(crate) fn first(kind: ArgumentKind, snapshot: &Snapshot) -> String {
    choices(kind, snapshot).into_iter().next().unwrap_or_default()
}

/// Returns values worth offering, the likeliest first; none where any text will do.
pub(crate) fn choices(kind: ArgumentKind, snapshot: &Snapshot) -> Vec<String> {
    let focus = &snapshot.focus;
    match kind {
        ArgumentKind::Process => {
            let others = snapshot.processes.iter().map(|row| row.id).filter(|&id| id != focus.process);
            std::iter::once(focus.process).chain(others).map(|id| id.to_string()).collect()
        }
        ArgumentKind::Pages => pages_left(snapshot),
        ArgumentKind::Address | ArgumentKind::UserAddress => vec![format!("{:#010x}", focus.address)],
        ArgumentKind::PhysicalAddress => vec![format!("{:#010x}", focus.frame << 12)],
        ArgumentKind::Frame => {
            vec![format!("{:#07x}", focus.frame), format!("{:#07x}", snapshot.palloc_cursor)]
        }
        ArgumentKind::Permission => ["PWU", "PU", "PW", "P"].map(String::from).to_vec(),
        ArgumentKind::FramePermission => ["2", "1", "0"].map(String::from).to_vec(),
        ArgumentKind::DirectoryIndex => vec![format!("{:#05x}", focus.address >> 22)],
        ArgumentKind::TableIndex => vec![format!("{:#05x}", focus.address >> 12 & 0x3ff)],
        ArgumentKind::Word => vec!["0x00000000".to_string()],
        ArgumentKind::Number => vec!["1".to_string()],
        ArgumentKind::Name => Vec::new(),
        ArgumentKind::AccessKind | ArgumentKind::Privilege | ArgumentKind::Flag | ArgumentKind::MemoryMap => {
            kind.words().into_iter().map(String::from).collect()
        }
    }
}

/// Returns the value after or before another one.
pub(crate) fn turn(kind: ArgumentKind, text: &str, turn: Turn, snapshot: &Snapshot) -> String {
    let number = argument::parse_number(text);
    if let (Some(step), Some(number)) = (step(kind), number) {
        let turned = match turn {
            Turn::Forward => number.saturating_add(step),
            Turn::Back => number.saturating_sub(step),
        };
        return like(text, turned);
    }
    let choices = choices(kind, snapshot);
    let at = choices.iter().position(|choice| choice == text);
    let next = match (at, turn) {
        (None, _) => 0,
        (Some(at), Turn::Forward) => (at + 1) % choices.len(),
        (Some(at), Turn::Back) => (at + choices.len() - 1) % choices.len(),
    };
    choices.into_iter().nth(next).unwrap_or_else(|| text.to_string())
}

/// Returns how far apart two neighbours of a numeric kind are.
fn step(kind: ArgumentKind) -> Option<u32> {
    match kind {
        ArgumentKind::Address | ArgumentKind::UserAddress => Some(0x1000),
        ArgumentKind::PhysicalAddress => Some(4),
        ArgumentKind::Pages
        | ArgumentKind::Frame
        | ArgumentKind::DirectoryIndex
        | ArgumentKind::TableIndex
        | ArgumentKind::Word
        | ArgumentKind::Number => Some(1),
        _ => None,
    }
}

/// Writes a number the way another one is written.
fn like(text: &str, number: u32) -> String {
    match text.strip_prefix("0x") {
        Some(digits) => format!("{number:#0width$x}", width = digits.len() + 2),
        None => number.to_string(),
    }
}

/// Returns parts of what the selected process may still hand on: half of it first.
fn pages_left(snapshot: &Snapshot) -> Vec<String> {
    let process = snapshot.processes.iter().find(|row| row.id == snapshot.focus.process);
    let left = process.map_or(0, |row| row.quota.saturating_sub(row.usage));
    [left / 2, left / 4, left, 1].map(|pages| pages.to_string()).to_vec()
}
