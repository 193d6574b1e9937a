//! A command: one line of text that says what to do, checked before it is done.
//!
//! The same words stand in scripts, in the log of a save, in the palette and in the
//! forms: `touch 3 write 0x40001000`.

use std::fmt;

use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::playground::argument::ArgumentKind;
use crate::playground::argument::Value;
use crate::playground::nearest;
use crate::playground::quote::quoted;
use crate::playground::registry;
use crate::playground::registry::CommandSpec;

/// One act of the user: a registry record and a value for each of its arguments.
#[derive(Clone, Debug)]
pub struct Command {
    spec: &'static CommandSpec,
    values: Vec<Value>,
}

/// Why a command cannot be done: one lowercase sentence without its full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommandError(pub(in crate::playground) String);

impl Command {
    /// Reads a command from a line of text.
    ///
    /// # Errors
    /// Says which word is wrong and what was expected in its place.
    pub fn parse(line: &str) -> Result<Self, CommandError> {
        let mut words = line.split_whitespace();
        let name = words.next().ok_or_else(|| CommandError("expected a command".to_string()))?;
        let spec = registry::find(name).ok_or_else(|| unknown(name))?;
        let words: Vec<&str> = words.collect();
        if words.len() != spec.arguments.len() {
            let usage = spec.usage();
            return Err(CommandError(format!("expected `{usage}`, got {} arguments", words.len())));
        }
        let pairs = spec.arguments.iter().zip(words);
        let values = pairs.map(|(argument, word)| {
            let reason = |expected| {
                CommandError(format!("{}: expected {expected}, got {}", argument.name, quoted(word)))
            };
            argument.kind.parse(word).map_err(reason)
        });
        Ok(Command { spec, values: values.collect::<Result<_, _>>()? })
    }

    /// Returns the registry record.
    #[must_use]
    pub fn spec(&self) -> &'static CommandSpec {
        self.spec
    }

    /// Returns the process that the command acts as or on, if it names one.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        let at = self.spec.arguments.iter().position(|argument| argument.kind == ArgumentKind::Process)?;
        self.values.get(at).map(Value::number)
    }

    /// Returns the number given for an argument.
    pub(in crate::playground) fn number(&self, at: usize) -> u32 {
        self.values.get(at).map_or(0, Value::number)
    }

    /// Returns the word given for an argument.
    pub(in crate::playground) fn word(&self, at: usize) -> &str {
        self.values.get(at).map_or("", Value::word)
    }

    /// Returns the process given for an argument; the border has checked its range.
    pub(in crate::playground) fn id(&self, at: usize) -> ProcessId {
        ProcessId::new(self.number(at)).unwrap_or(KERNEL)
    }

    /// Returns the frame given for an argument; the border has checked its range.
    pub(in crate::playground) fn frame(&self, at: usize) -> FrameNumber {
        FrameNumber::new(self.number(at)).unwrap_or_default()
    }

    /// Returns the virtual address given for an argument.
    pub(in crate::playground) fn address(&self, at: usize) -> VirtualAddress {
        VirtualAddress(self.number(at))
    }

    /// Returns the arguments with their values.
    pub(in crate::playground) fn arguments(&self) -> impl Iterator<Item = (ArgumentKind, &Value)> {
        self.spec.arguments.iter().map(|argument| argument.kind).zip(&self.values)
    }
}

/// Returns the error for a name nobody knows, with the nearest that somebody does.
fn unknown(name: &str) -> CommandError {
    let nearest = nearest::nearest(name, registry::commands().map(|spec| spec.name));
    let hint = nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default();
    CommandError(format!("there is no command {}{hint}", quoted(name)))
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.spec.name)?;
        self.arguments().try_for_each(|(kind, value)| write!(f, " {}", kind.show(value)))
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.spec.name == other.spec.name && self.values == other.values
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CommandError {}
