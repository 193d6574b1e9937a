//! What goes wrong with a save: where, and what was expected, in one sentence.

use std::fmt;
use std::io;
use std::path::Path;
use std::string::FromUtf8Error;

use ron::error::Error;
use ron::error::Position;
use ron::error::SpannedError;

use crate::playground::quote;

/// The longest sentence about a file's content.
const SENTENCE_MAX: usize = 300;

/// Why a save cannot be opened: `file:line:column: what was expected`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadError {
    file: String,
    /// Line and column, from 1; nothing where there is no text to point into.
    position: Option<(usize, usize)>,
    sentence: String,
}

/// Why a save cannot be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaveError(String);

impl LoadError {
    /// Returns the error of a file that the disk does not give.
    pub(in crate::playground) fn unreadable(file: &str, error: &io::Error) -> Self {
        // A file refused for its length is a file: its first byte is where reading stopped.
        let is_too_long = error.kind() == io::ErrorKind::FileTooLarge;
        LoadError { file: file.to_string(), position: is_too_long.then_some((1, 1)), sentence: plain(error) }
    }

    /// Returns the error of a file that is no text.
    pub(in crate::playground) fn no_text(file: &str, error: &FromUtf8Error) -> Self {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let position = Some(end_of(&String::from_utf8_lossy(good)));
        LoadError { file: file.to_string(), position, sentence: "expected UTF-8 text".to_string() }
    }

    /// Returns the error of a text that does not read as a save.
    pub(in crate::playground) fn malformed(file: &str, text: &str, error: &SpannedError) -> Self {
        let Position { line, col } = match error.code {
            Error::Eof | Error::ExpectedStringEnd => error.span.end,
            _ => first_token(text, error.span.start, error.span.end),
        };
        let sentence = quote::shortened(&expected(&error.code), SENTENCE_MAX);
        LoadError { file: file.to_string(), position: Some((line, col)), sentence }
    }

    /// Returns the error of a whole section, which its name points at.
    pub(in crate::playground) fn of_section(file: &str, text: &str, section: &str, sentence: String) -> Self {
        let before = text.split(section).next().unwrap_or_default();
        LoadError { file: file.to_string(), position: Some(end_of(before)), sentence }
    }
}

impl SaveError {
    /// Returns the error of a file that the disk does not take.
    pub(in crate::playground) fn unwritable(path: &Path, error: &io::Error) -> Self {
        SaveError(format!("{}: cannot be saved: {}", path.display(), plain(error)))
    }

    /// Returns the error of a state that would not open again.
    pub(in crate::playground) fn too_large(path: &Path, what: &str) -> Self {
        SaveError(format!("{}: cannot be saved: {what}", path.display()))
    }
}

/// Returns the line and the column behind a text.
fn end_of(text: &str) -> (usize, usize) {
    let line = text.matches('\n').count() + 1;
    (line, text.chars().rev().take_while(|&letter| letter != '\n').count() + 1)
}

/// Returns where the first token between two positions begins: the parser's span starts with
/// the blanks and comments before it, which may be a line too high.
fn first_token(text: &str, start: Position, end: Position) -> Position {
    let mut at = start;
    for line in text.lines().skip(start.line.saturating_sub(1)) {
        let mut rest = line.chars().skip(at.col - 1).peekable();
        let blank = std::iter::from_fn(|| rest.next_if(|letter| letter.is_whitespace())).count();
        at.col += blank;
        let is_comment = rest.next() == Some('/') && rest.next() == Some('/');
        let is_at_end = at.col > line.chars().count();
        if !is_comment && !is_at_end {
            break;
        }
        at = Position { line: at.line + 1, col: 1 };
    }
    at.min(end)
}

/// Returns the system's reason in our notation: lowercase, without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    lowercase(text)
}

/// Returns what was expected, from the parser's own words.
fn expected(error: &Error) -> String {
    match error {
        Error::Eof => "expected more: the file ends in the middle".to_string(),
        Error::IntegerOutOfBounds => "expected a smaller number".to_string(),
        Error::InvalidIntegerDigit { digit, .. } => format!("expected a digit, got `{digit}`"),
        Error::TrailingCharacters => "expected nothing behind the last `)`".to_string(),
        Error::MissingStructField { field, outer } => {
            let outer = outer.as_ref().map(|outer| format!(" in this {outer}")).unwrap_or_default();
            format!("expected a field `{field}`{outer}")
        }
        Error::NoSuchStructField { expected, found, .. } => {
            format!("expected one of the fields {}, got `{found}`", expected.join(", "))
        }
        Error::DuplicateStructField { field, .. } => {
            format!("expected the field `{field}` once, got it again")
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("expected one of {}, got `{found}`", expected.join(", "))
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "expected `(`".to_string(),
        Error::Message(sentence) => sentence.clone(),
        other => match lowercase(&other.to_string()) {
            sentence if sentence.starts_with("expected") => sentence,
            sentence => format!("expected RON that reads: {sentence}"),
        },
    }
}

fn lowercase(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file, self.sentence),
            None => write!(f, "{}: {}", self.file, self.sentence),
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LoadError {}
impl std::error::Error for SaveError {}
