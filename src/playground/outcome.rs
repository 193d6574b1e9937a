//! What came of a command: a number as the C function returns it, and a sentence.

use crate::kernel::layout::MAGIC_NUMBER;
use crate::kernel::layout::NUM_IDS;
use crate::machine::entry::RawEntry;
use crate::playground::command::Command;
use crate::playground::registry::Returns;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::Place;

/// What came of a command.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// What happened, as a sentence; of a layer function, the call and what it returned.
    pub sentence: String,
    /// The number returned, as the C function returns it.
    pub result: Option<u32>,
    /// Where to look.
    pub place: Option<Place>,
}

/// What a command would do, had it been done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// What would happen.
    pub sentence: String,
    /// What would change.
    pub changes: Vec<Change>,
    /// The invariants that hold now and would not then.
    pub broken: Vec<&'static str>,
}

impl Outcome {
    /// Returns what a layer function answered.
    pub(in crate::playground) fn returned(result: Option<u32>) -> Self {
        Outcome { result, ..Outcome::default() }
    }

    /// Returns a sentence about what happened.
    pub(in crate::playground) fn said(sentence: impl Into<String>) -> Self {
        Outcome { sentence: sentence.into(), ..Outcome::default() }
    }

    /// Returns the same, with a place to look at.
    pub(in crate::playground) fn at(self, place: Place) -> Self {
        Outcome { place: Some(place), ..self }
    }

    /// Returns the same, with a number.
    pub(in crate::playground) fn with_result(self, result: u32) -> Self {
        Outcome { result: Some(result), ..self }
    }

    /// Returns the same, and where no sentence was said, the call with what it returned.
    pub(in crate::playground) fn with_sentence_for(mut self, command: &Command) -> Self {
        if self.sentence.is_empty() {
            let returns = command.spec().returns;
            let returned = self.result.map(|result| format!(" => {}", returns.describe(result)));
            self.sentence = format!("{command}{}", returned.unwrap_or_default());
        }
        self
    }
}

impl Returns {
    /// Returns a result in words: "frame 0x40005", "1048577, out of memory".
    #[must_use]
    pub fn describe(self, result: u32) -> String {
        match self {
            Returns::Frame if result == 0 => "0, none".to_string(),
            Returns::Frame if result == MAGIC_NUMBER => format!("{result}, out of memory"),
            Returns::Frame => format!("frame {result:#07x}"),
            Returns::Entry => RawEntry(result).to_string(),
            Returns::Truth if result == 0 => "0, no".to_string(),
            Returns::Truth => format!("{result}, yes"),
            Returns::Process if result == NUM_IDS => format!("{result}, none"),
            Returns::Process => format!("process {result}"),
            Returns::PhysicalAddress => format!("{result:#010x}"),
            Returns::Number | Returns::Nothing => result.to_string(),
        }
    }
}
