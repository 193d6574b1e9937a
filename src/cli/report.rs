//! What a subcommand says, and whether what was asked holds.

use std::fmt;
use std::io;
use std::io::Write;

/// What goes to the standard output, and to the exit code.
pub(in crate::cli) struct Report {
    /// The text, with its last line's end.
    pub(in crate::cli) text: String,
    /// Exit code 0 if it holds, 1 if not.
    pub(in crate::cli) holds: bool,
}

/// Bad use or bad input: one sentence for the standard error, and exit code 2.
#[derive(Debug)]
pub(in crate::cli) struct Usage(pub(in crate::cli) String);

/// Tells something beside the report, on the standard error.
pub(in crate::cli) fn tell(sentence: impl fmt::Display) {
    // Where nobody listens there is nobody to tell that, either.
    let _ = writeln!(io::stderr(), "certiscope: {}", harmless(&sentence.to_string()));
}

/// Returns text in which nothing acts on a terminal: a save's title is anybody's words.
pub(in crate::cli) fn harmless(text: &str) -> String {
    let is_plain = |letter: char| matches!(letter, '\n' | '\t') || !letter.is_control();
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_plain(letter) {
            true => plain.push(letter),
            false => plain.extend(letter.escape_default()),
        }
    }
    plain
}

/// Tells each of some sentences.
pub(in crate::cli) fn tell_all(sentences: &[String]) {
    for sentence in sentences {
        tell(sentence);
    }
}

impl Report {
    /// Returns a report of something that holds, or of a question that is not one of yes or no.
    pub(in crate::cli) fn holds(text: impl Into<String>) -> Self {
        Report { text: text.into(), holds: true }
    }

    /// Returns records as JSON.
    pub(in crate::cli) fn json(records: &impl serde::Serialize, holds: bool) -> Result<Self, Usage> {
        let text = serde_json::to_string_pretty(records)
            .map_err(|error| Usage(format!("the report cannot be written as JSON: {error}")))?;
        Ok(Report { text: text + "\n", holds })
    }
}

impl Usage {
    /// Returns an error's sentence.
    pub(in crate::cli) fn of(error: impl fmt::Display) -> Self {
        Usage(error.to_string())
    }
}
