//! The playground: commands over a world, its history, and the records that panes draw.
//!
//! Below: the kernel and the machine. Never: the screen.

pub mod argument;
mod changes;
pub mod command;
mod commands;
pub mod completion;
mod disk;
mod finding;
mod history;
mod invariants;
mod ledger;
mod machine_view;
pub(crate) mod nearest;
pub mod outcome;
mod page_index;
mod region;
pub mod registry;
mod roles;
pub mod save;
pub mod script;
pub mod shipped;
pub mod snapshot;
#[cfg(test)]
mod tests;
mod tlb_view;
mod trace;
mod view;
pub(crate) mod world;

use std::collections::BTreeSet;

use crate::kernel::layout::VM_USERLO;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
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
use crate::playground::snapshot::Focus;
use crate::playground::snapshot::InvariantRow;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::Position;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::TraceRow;
use crate::playground::view::Moment;
use crate::playground::world::World;

/// How many things that break one invariant are listed; the rest is counted.
const BROKEN_MAX: usize = 50;

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

/// A step of the branch shown, for the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepRow {
    /// How many steps lead here.
    pub step: u32,
    /// The command, as text; empty at the start.
    pub command: String,
    /// What came of it.
    pub sentence: String,
    /// The mark set on it.
    pub mark: Option<String>,
    /// Did it fault?
    pub has_fault: bool,
    /// Does an invariant not hold after it?
    pub is_broken: bool,
}

/// Returns the memory map of the machine that is shown when nothing else is asked for.
pub(in crate::playground) fn default_map() -> MemoryMap {
    let empty = || MemoryMap { title: "an empty machine".to_string(), rows: Vec::new() };
    MemoryMap::named("tiny").unwrap_or_else(|_| empty())
}

impl Playground {
    /// Returns a freshly booted machine with one of the memory maps that come with the program.
    ///
    /// # Errors
    /// There is no memory map of that name.
    pub fn boot(map: &str) -> Result<Self, CommandError> {
        let names = || MemoryMap::names().collect::<Vec<_>>().join(", ");
        let map = MemoryMap::named(map)
            .map_err(|_| CommandError(format!("there is no memory map `{map}`; there are {}", names())))?;
        let title = map.title.clone();
        Ok(Playground::starting_at(World::boot(map), title))
    }

    /// Returns the small living world shown when no save is named: 64 user frames, three
    /// processes in a chain, a few pages, and a fault in the trace of the last command.
    #[must_use]
    pub fn demo() -> Self {
        let mut playground =
            Playground::starting_at(World::boot(default_map()), "A small living machine".to_string());
        for line in DEMO {
            if let Ok(command) = Command::parse(line) {
                // A line that were refused would show in the tests, which run each of them.
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
    /// Refuses what the kernel leaves to its callers; nothing has changed then.
    pub fn apply(&mut self, command: &Command) -> Result<Outcome, CommandError> {
        self.check(command)?;
        let mut done = history::perform(&self.world, command);
        if done.outcome.sentence.is_empty() {
            done.outcome.sentence = plain_sentence(command, done.outcome.result);
        }
        let outcome = done.outcome.clone();
        let id = self.history.push(command.clone(), done);
        self.show(id);
        let broken = self.broken();
        let step = self.history.step_mut(id);
        step.has_fault = self.fault.is_some();
        step.broken = broken;
        Ok(outcome)
    }

    /// Would a command be refused?
    ///
    /// # Errors
    /// Why it would be.
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
        let sentence = match done.outcome.sentence {
            sentence if sentence.is_empty() => plain_sentence(command, done.outcome.result),
            sentence => sentence,
        };
        Ok(Preview { sentence, changes: changes::between(&self.world, &done.world), broken: then })
    }

    /// Goes back one step; false at the start.
    pub fn undo(&mut self) -> bool {
        self.move_to(self.history.previous())
    }

    /// Goes forward one step on the branch shown; false at its end.
    pub fn redo(&mut self) -> bool {
        self.move_to(self.history.following())
    }

    /// Goes to the step this many steps from the start, on the branch shown; false past its end.
    pub fn go_to(&mut self, step: u32) -> bool {
        self.move_to(self.history.branch().get(step as usize).copied())
    }

    /// Goes to the last step of the next branch; false if there is only one.
    pub fn next_branch(&mut self) -> bool {
        let tips = self.history.tips();
        let shown = self.history.tip();
        let at = tips.iter().position(|&tip| tip == shown).unwrap_or(0);
        tips.len() > 1 && self.move_to(tips.get((at + 1) % tips.len()).copied())
    }

    /// Sets a named mark on the step shown; an empty name takes it away.
    pub fn mark(&mut self, name: &str) {
        let id = self.history.current();
        self.history.step_mut(id).mark = (!name.is_empty()).then(|| name.to_string());
    }

    /// Returns the steps of the branch shown.
    #[must_use]
    pub fn timeline(&self) -> Vec<StepRow> {
        let rows = self.history.branch().into_iter().map(|id| {
            let step = self.history.step(id);
            StepRow {
                step: step.depth,
                command: step.command.as_ref().map(ToString::to_string).unwrap_or_default(),
                sentence: step.outcome.sentence.clone(),
                mark: step.mark.clone(),
                has_fault: step.has_fault,
                is_broken: !step.broken.is_empty(),
            }
        });
        rows.collect()
    }

    /// Returns what changed between two steps of the branch shown, in words.
    #[must_use]
    pub fn changes_between(&self, from: u32, to: u32) -> Vec<Change> {
        let branch = self.history.branch();
        let world = |step: u32| branch.get(step as usize).map(|&id| self.history.world(id));
        match (world(from), world(to)) {
            (Some(from), Some(to)) => changes::between(&from, &to),
            _ => Vec::new(),
        }
    }

    /// Returns what changed from another playground's moment to this one's, in words.
    #[must_use]
    pub fn changes_since(&self, other: &Playground) -> Vec<Change> {
        changes::between(&other.world, &self.world)
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

    /// Returns where to look first: what the last command was about, else the youngest process.
    #[must_use]
    pub fn first_focus(&self) -> Focus {
        let youngest = self.world.live().last().map_or(0, |id| id.number());
        match self.history.step(self.history.current()).outcome.place {
            Some(Place::Page(process, address)) => {
                self.focus_on_page(Focus { address, ..self.first_page(process) })
            }
            Some(Place::Process(process)) => self.first_page(process),
            Some(Place::Frame(frame) | Place::Word(frame, _)) => Focus { frame, ..self.first_page(youngest) },
            Some(Place::DirectoryEntry(process, index)) => {
                Focus { address: index << 22, ..self.first_page(process) }
            }
            _ => self.first_page(youngest),
        }
    }

    /// Returns a focus on the first page a process has, or on where its first would be.
    fn first_page(&self, process: u32) -> Focus {
        let id = ProcessId::new(process).filter(|&id| id != KERNEL);
        let page = id.and_then(|id| self.ledger.first_page(id));
        let (address, frame) = page.map_or((VM_USERLO, VM_USERLO_PI), |(number, page)| {
            (ledger::page_address(number).0, page.frame.number())
        });
        Focus { process, address, frame }
    }

    /// Returns the same focus with the frame that its page leads to, if it leads to one.
    #[must_use]
    pub fn focus_on_page(&self, focus: Focus) -> Focus {
        let moment = self.moment();
        let leads_to = view::walk(&moment, &focus).physical.map(|physical| physical >> 12);
        Focus { frame: leads_to.unwrap_or(focus.frame), ..focus }
    }

    /// Returns the moment shown as records, from a focus.
    #[must_use]
    pub fn snapshot(&self, focus: &Focus) -> Snapshot {
        let moment = self.moment();
        let machine = &self.world.kernel.machine;
        let before = self.before.as_ref().map(|before| &before.kernel.machine);
        Snapshot {
            focus: *focus,
            title: self.title.clone(),
            position: self.position(),
            processes: view::processes(&moment),
            totals: view::totals(&self.ledger),
            palloc_cursor: self.world.kernel.palloc_cursor(),
            regions: view::regions(&moment, focus),
            frames: view::frames(&moment, focus),
            frame: view::frame(&moment, focus),
            directory: view::directory(&moment, focus),
            directory_frame: view::directory_frame(focus),
            table: view::table(&moment, focus),
            walk: view::walk(&moment, focus),
            machine: machine_view::machine(machine, before),
            trace: self.trace.clone(),
            changes: self.changes.clone(),
            invariants: self.invariant_rows(),
            fault: self.fault.clone(),
        }
    }

    /// Returns every invariant, what breaks it, and since which step.
    #[must_use]
    pub fn invariant_rows(&self) -> Vec<InvariantRow> {
        let row = |invariant: &invariants::Invariant| {
            let mut broken = (invariant.check)(&self.world, &self.ledger);
            let more = broken.len().saturating_sub(BROKEN_MAX);
            broken.truncate(BROKEN_MAX);
            let since = (!broken.is_empty()).then(|| self.broken_since(invariant.name));
            InvariantRow {
                name: invariant.name,
                sentence: invariant.sentence,
                broken,
                more: u32::try_from(more).unwrap_or(u32::MAX),
                since,
            }
        };
        invariants::INVARIANTS.iter().map(row).collect()
    }

    fn moment(&self) -> Moment<'_> {
        Moment {
            world: &self.world,
            before: self.before.as_ref(),
            ledger: &self.ledger,
            touched: &self.touched,
            fault: self.fault.as_ref(),
        }
    }

    /// Returns the names of the invariants that do not hold.
    fn broken(&self) -> Vec<&'static str> {
        broken_in(&self.world, &self.ledger)
    }

    /// Returns the step from which on an invariant has not held, on the branch shown.
    fn broken_since(&self, name: &str) -> u32 {
        let mut id = self.history.current();
        while id != 0 {
            let parent = self.history.step(id).parent;
            if !self.history.step(parent).broken.contains(&name) {
                return self.history.step(id).depth;
            }
            id = parent;
        }
        0
    }

    fn position(&self) -> Position {
        let tips = self.history.tips();
        let tip = self.history.tip();
        let step = self.history.step(self.history.current());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position {
            step: step.depth,
            last: self.history.step(tip).depth,
            branches: count(tips.len()),
            branch: count(tips.iter().position(|&id| id == tip).unwrap_or(0)),
            command: step.command.as_ref().map(ToString::to_string).unwrap_or_default(),
            mark: step.mark.clone(),
        }
    }

    fn move_to(&mut self, id: Option<StepId>) -> bool {
        let Some(id) = id else { return false };
        self.history.go_to(id);
        self.show(id);
        true
    }

    /// Makes a step the moment shown: its world, and all that is derived from it.
    fn show(&mut self, id: StepId) {
        let (world, recording) = self.history.done(id);
        self.ledger.follow(&self.world, &world);
        let parent = self.history.step(id).parent;
        self.before = (id != 0).then(|| self.history.world(parent));
        self.world = world;
        self.touched = self.before.as_ref().map(|before| touched(before, &self.world)).unwrap_or_default();
        self.fault = trace::last_fault(&recording.events, self.world.kernel.machine.registers.cr3);
        self.trace = trace::rows(&recording.events, recording.dropped);
        self.changes =
            self.before.as_ref().map(|before| changes::between(before, &self.world)).unwrap_or_default();
    }
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

/// Returns the sentence of a command that has none of its own: the call and what it returned.
fn plain_sentence(command: &Command, result: Option<u32>) -> String {
    let returned = result.map(|result| format!(" => {}", command.spec().returns.describe(result)));
    format!("{command}{}", returned.unwrap_or_default())
}

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
