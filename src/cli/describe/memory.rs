//! Frames: how many of each role, and everything about one.

use crate::playground::snapshot::FrameDetail;
use crate::playground::snapshot::RoleCounts;

/// How many words of a frame are listed; the rest is counted.
const WORDS_MAX: usize = 32;

/// Returns how many frames have each role.
pub(in crate::cli) fn totals(totals: &RoleCounts) -> String {
    let rows = [
        ("kernel", totals.kernel),
        ("firmware", totals.firmware),
        ("free", totals.free),
        ("page tables", totals.tables),
        ("pages", totals.pages),
        ("shared", totals.shared),
        ("orphans", totals.orphans),
        ("absent", totals.absent),
    ];
    let line = |(role, count): (&str, u32)| format!("{role:<11}  {count:>7}\n");
    "Frames\n".to_string() + &rows.map(line).concat()
}

/// Returns everything about one frame.
pub(in crate::cli) fn frame(frame: &FrameDetail) -> String {
    let kind = match frame.perm {
        0 => "firmware",
        1 => "kernel",
        _ => "normal",
    };
    let allocated = if frame.is_allocated { "allocated" } else { "not allocated" };
    let mut text = format!("frame {:#07x}: {}\n", frame.number, frame.sentence);
    text += &format!("allocation table: {kind}, {allocated}");
    if let Some(id) = frame.charged_to {
        text += &format!(", paid by process {id}");
    }
    text.push('\n');
    for mapper in &frame.mappers {
        let access = if mapper.is_writable { "writable" } else { "read-only" };
        text += &format!("mapped by process {} at {:#010x}, {access}\n", mapper.process, mapper.address);
    }
    text + &words(frame)
}

/// Returns the words that are not zero.
fn words(frame: &FrameDetail) -> String {
    let words: Vec<(usize, u32)> =
        frame.words.iter().copied().enumerate().filter(|(_, word)| *word != 0).collect();
    if words.is_empty() {
        return "every word is 0\n".to_string();
    }
    let mut text = String::new();
    for (index, word) in words.iter().take(WORDS_MAX) {
        text += &format!("word {index:#05x}: {word:#010x}\n");
    }
    if let Some(more) = words.len().checked_sub(WORDS_MAX).filter(|more| *more > 0) {
        text += &format!("and {more} more words that are not 0\n");
    }
    text
}
