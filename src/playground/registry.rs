//! The registry: one record for everything a user can do.
//!
//! Palette, forms, help, scripts and the README are derived from these records, and the
//! trace reads the layers' names and argument kinds from them.

use std::fmt;

use crate::playground::argument::Argument;
use crate::playground::argument::ArgumentKind;
use crate::playground::command::Command;
use crate::playground::command::CommandError;
use crate::playground::commands;
use crate::playground::outcome::Outcome;
use crate::playground::world::World;

/// A command's record.
pub struct CommandSpec {
    /// Its name: a layer function's C name, or a plain verb.
    pub name: &'static str,
    /// Where it belongs.
    pub group: Group,
    /// Its arguments, in the order of the C prototype.
    pub arguments: &'static [Argument],
    /// What its number means.
    pub returns: Returns,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// Refuses what the kernel leaves to its callers.
    pub(in crate::playground) guard: Guard,
    /// Does it. Only called when the arguments' kinds and the guard agree.
    pub(in crate::playground) run: Run,
}

/// Says why a command cannot be done in a world, if it cannot.
pub(in crate::playground) type Guard = fn(&World, &Command) -> Result<(), CommandError>;
/// Does a command to a world.
pub(in crate::playground) type Run = fn(&mut World, &Command) -> Outcome;

/// The three levels at which one can act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// What a process or its operating system would do.
    OperatingSystem,
    /// A function of the named mCertiKOS layer.
    Layer(&'static str),
    /// The bare machine: bits, words, registers.
    Machine,
}

/// What the number that a command returns means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Returns {
    /// Nothing is returned.
    Nothing,
    /// A plain number.
    Number,
    /// 1 for yes, 0 for no.
    Truth,
    /// A frame number; 0 is none, `MagicNumber` is out of memory.
    Frame,
    /// An entry of a directory or table.
    Entry,
    /// A process id; 64 is none.
    Process,
    /// A physical address.
    PhysicalAddress,
}

/// Returns every record: operating system first, then the layers bottom up, then the machine.
pub fn commands() -> impl Iterator<Item = &'static CommandSpec> {
    let groups: [&'static [CommandSpec]; 4] = [
        commands::operating_system::COMMANDS,
        commands::pmm::COMMANDS,
        commands::vmm::COMMANDS,
        commands::bare_machine::COMMANDS,
    ];
    groups.into_iter().flatten()
}

/// Returns the record with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static CommandSpec> {
    commands().find(|spec| spec.name == name)
}

impl CommandSpec {
    /// Returns the name and its arguments' names: `alloc_page proc_index vaddr perm`.
    #[must_use]
    pub fn usage(&self) -> String {
        let names = self.arguments.iter().map(|argument| argument.name);
        std::iter::once(self.name).chain(names).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Debug for CommandSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Group::OperatingSystem => "operating system",
            Group::Layer(layer) => layer,
            Group::Machine => "machine",
        })
    }
}

/// Returns an argument; makes the tables of commands read as tables.
pub(in crate::playground) const fn argument(name: &'static str, kind: ArgumentKind) -> Argument {
    Argument { name, kind }
}

/// Returns the record of a layer function.
pub(in crate::playground) const fn layer_function(
    (layer, name): (&'static str, &'static str),
    arguments: &'static [Argument],
    returns: Returns,
    doc: &'static str,
    guard: Guard,
    run: Run,
) -> CommandSpec {
    CommandSpec { name, group: Group::Layer(layer), arguments, returns, doc, guard, run }
}

/// A guard for commands that any state allows.
#[expect(clippy::unnecessary_wraps, reason = "it stands where guards that refuse stand too")]
pub(in crate::playground) fn always(_: &World, _: &Command) -> Result<(), CommandError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_docs_are_sentences() {
        let mut names = BTreeSet::new();
        for spec in commands() {
            assert!(names.insert(spec.name), "{} stands twice", spec.name);
            assert!(spec.doc.ends_with(['.', '?']) && spec.doc.len() > 20, "{}: {}", spec.name, spec.doc);
        }
    }

    #[test]
    fn a_command_reads_back_as_it_prints() {
        for line in ["touch 3 write 0x40001000", "boot tiny", "flip_pte 1 0x40000000 W", "palloc"] {
            assert_eq!(Command::parse(line).map(|command| command.to_string()), Ok(line.to_string()));
        }
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("", "expected a command"),
            ("aloc_page 1 2 3", "there is no command `aloc_page`; did you mean `alloc_page`?"),
            ("palloc 1", "expected `palloc`, got 1 arguments"),
            ("kill x", "process: expected a process in use, 0 to 63, got `x`"),
        ];
        for (line, expected) in cases {
            assert_eq!(Command::parse(line).unwrap_err().to_string(), expected);
        }
    }
}
