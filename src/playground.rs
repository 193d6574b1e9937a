//! The playground: commands over a world, its history, and the records that panes draw.
//!
//! Below: the kernel and the machine. Never: the screen.

// What a user can do.
pub mod argument;
pub mod command;
pub mod registry;
mod commands;
pub mod outcome;
pub mod completion;
pub(crate) mod nearest;
mod quote;

// The world, and its moments in time.
pub(crate) mod world;
mod history;
pub mod time_travel;

// What is derived from a moment.
mod finding;
mod page_index;
mod region;
mod roles;
mod ledger;
mod invariants;
mod changes;
mod trace;

// What panes draw.
pub mod snapshot;
mod tlb_view;
mod machine_view;
mod view;
mod sight;

// What is kept on disk.
pub mod script;
pub mod save;
pub mod shipped;
mod disk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::machine::address::FrameNumber;
use crate::machine::memory_map::MemoryMap;
use crate::playground::command::Command;
use crate::playground::command::CommandError;
use crate::playground::history::History;
use crate::playground::history::StepId;
use crate::playground::ledger::Ledger;
use crate::playground::outcome::Outcome;
use crate::playground::outcome::Preview;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::FaultView;
use crate::playground::snapshot::TraceRow;
use crate::playground::world::World;

/// A live system that can be acted on, looked at, and taken back in time.
pub struct Playground {
    title: String,
    notes: String,
    history: History,
    /// The moment shown, and what is derived from it.
    world: World,
    before: Option<World>,
    ledger: Ledger,
    touched: BTreeSet<FrameNumber>,
    trace: Vec<TraceRow>,
    fault: Option<FaultView>,
    changes: Vec<Change>,
}

impl Playground {
    /// Returns a freshly booted machine with one of the memory maps that come with the program.
    ///
    /// # Errors
    /// There is no memory map of that name.
    pub fn boot(map: &str) -> Result<Self, CommandError> {
        let map = MemoryMap::named(map).map_err(|error| CommandError(error.to_string()))?;
        let title = map.title.clone();
        Ok(Playground::starting_at(World::boot(map), title))
    }

    /// Returns the small living world shown when no save is named: 64 user frames, three
    /// processes in a chain, a few pages, and a fault in the trace of the last command.
    #[must_use]
    pub fn demo() -> Self {
        let mut playground =
            Playground::starting_at(World::boot(first_map()), "A small living machine".to_string());
        for line in DEMO {
            if let Ok(command) = Command::parse(line) {
                // None of these lines is refused; the tests do each of them.
                let _ = playground.apply(&command);
            }
        }
        playground
    }

    /// Returns a playground whose history starts at a world.
    pub(crate) fn starting_at(world: World, title: String) -> Self {
        let ledger = Ledger::of(&world);
        Playground {
            title,
            notes: String::new(),
            history: History::new(world.clone()),
            world,
            before: None,
            ledger,
            touched: BTreeSet::new(),
            trace: Vec::new(),
            fault: None,
            changes: Vec::new(),
        }
    }

    /// Does a command: a new step, after the one shown.
    ///
    /// # Errors
    /// Why the command is refused; nothing has changed then.
    pub fn apply(&mut self, command: &Command) -> Result<Outcome, CommandError> {
        self.check(command)?;
        let done = history::perform(&self.world, command);
        let outcome = done.outcome.clone();
        let id = self.history.push(command.clone(), done);
        self.show(id);
        let broken = self.broken();
        let step = self.history.step_mut(id);
        step.has_fault = self.fault.is_some();
        step.broken = broken;
        Ok(outcome)
    }

    /// Checks a command without doing it.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn check(&self, command: &Command) -> Result<(), CommandError> {
        command.arguments().try_for_each(|(kind, value)| kind.check(value, &self.world))?;
        (command.spec().guard)(&self.world, command)
    }

    /// Returns what a command would do, without doing it.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn preview(&self, command: &Command) -> Result<Preview, CommandError> {
        self.check(command)?;
        let done = history::perform(&self.world, command);
        let mut ledger = self.ledger.clone();
        ledger.follow(&self.world, &done.world);
        let now = self.broken();
        let then = broken_in(&done.world, &ledger).into_iter().filter(|name| !now.contains(name)).collect();
        let changes = changes::between(&self.world, &done.world);
        Ok(Preview { sentence: done.outcome.sentence, changes, broken: then })
    }

    /// Returns the state's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Sets the state's title.
    pub fn set_title(&mut self, title: &str) {
        self.title = title.to_string();
    }

    /// Returns the notes that came with the state.
    #[must_use]
    pub fn notes(&self) -> &str {
        &self.notes
    }

    /// Sets the notes that go with the state.
    pub fn set_notes(&mut self, notes: &str) {
        self.notes = notes.to_string();
    }

    /// Returns the names of the invariants that do not hold.
    fn broken(&self) -> Vec<&'static str> {
        broken_in(&self.world, &self.ledger)
    }

    /// Makes a step the moment shown: its world, and all that is derived from it.
    fn show(&mut self, id: StepId) {
        let (world, recording) = self.history.done(id);
        self.ledger.follow(&self.world, &world);
        let parent = self.history.step(id).parent;
        self.before = (id != 0).then(|| self.history.world(parent));
        self.world = world;
        self.touched = self.before.as_ref().map(|before| touched(before, &self.world)).unwrap_or_default();
        self.fault = trace::last_fault(&recording.events, &self.world.kernel.machine.registers);
        self.trace = trace::rows(&recording.events, recording.dropped);
        self.changes =
            self.before.as_ref().map(|before| changes::between(before, &self.world)).unwrap_or_default();
    }
}

/// Returns the memory map of [`Playground::demo`]; a test reads every map that comes with the program.
fn first_map() -> MemoryMap {
    let nothing = |_| MemoryMap { title: "an empty machine".to_string(), rows: Vec::new() };
    MemoryMap::named("tiny").unwrap_or_else(nothing)
}

/// What [`Playground::demo`] does after boot.
const DEMO: [&str; 12] = [
    "spawn 0 32",
    "rename 1 shell",
    "spawn 1 16",
    "rename 4 editor",
    "spawn 4 6",
    "rename 13 viewer",
    "touch 1 write 0x80000000",
    "touch 1 read 0x80001000",
    "touch 4 write 0x40000000",
    "touch 4 write 0xeffff000",
    "touch 13 read 0x40800000",
    "touch 13 write 0x40801abc",
];

/// Returns the names of the invariants that do not hold in a world.
fn broken_in(world: &World, ledger: &Ledger) -> Vec<&'static str> {
    let broken =
        invariants::INVARIANTS.iter().filter(|invariant| !(invariant.check)(world, ledger).is_empty());
    broken.map(|invariant| invariant.name).collect()
}

/// Returns the frames whose words or rows differ between two worlds.
fn touched(before: &World, after: &World) -> BTreeSet<FrameNumber> {
    let (old, new) = (&before.kernel, &after.kernel);
    let words = new.machine.memory.frames_changed_since(&old.machine.memory);
    let rows = new.allocation_table().changes_since(old.allocation_table());
    words.into_iter().chain(rows).collect()
}
