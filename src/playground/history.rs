//! History: every step taken, as a tree. Acting in the past grows a branch; nothing is lost.
//!
//! Each step keeps the world it led to, which is cheap because worlds share what did not
//! change. Far back only every 32nd is kept: the ones between are reached by doing the
//! commands again, which ends in the same bytes because nothing here is random.

use std::iter;
use std::rc::Rc;

use crate::machine::recorder::Event;
use crate::playground::command::Command;
use crate::playground::outcome::Outcome;
use crate::playground::world::World;

/// How many of the latest steps keep their world.
const RECENT: usize = 512;
/// Of the older ones, how far apart those that keep it are.
const SPACING: usize = 32;
/// How many of the latest steps keep their trace; doing the command again makes it anew.
const TRACES: usize = 512;

/// The number of a step in the order of doing; 0 is the start.
pub(in crate::playground) type StepId = usize;

/// One step and what came of it.
#[derive(Clone)]
pub(in crate::playground) struct Step {
    pub(in crate::playground) parent: StepId,
    /// How many steps lead here from the start.
    pub(in crate::playground) depth: u32,
    /// Nothing at the start.
    pub(in crate::playground) command: Option<Command>,
    pub(in crate::playground) outcome: Outcome,
    pub(in crate::playground) mark: Option<String>,
    pub(in crate::playground) has_fault: bool,
    /// The names of the invariants broken after it.
    pub(in crate::playground) broken: Vec<&'static str>,
    /// The child that redo goes to.
    next: Option<StepId>,
    /// Boxed, so that walking over thousands of steps does not walk over their worlds.
    world: Option<Box<World>>,
    trace: Option<Rc<Recording>>,
}

/// What the recorder heard during one command.
#[derive(Clone, Default)]
pub(in crate::playground) struct Recording {
    pub(in crate::playground) events: Vec<Event>,
    pub(in crate::playground) dropped: u64,
}

/// What one command did.
pub(in crate::playground) struct Done {
    pub(in crate::playground) world: World,
    pub(in crate::playground) outcome: Outcome,
    pub(in crate::playground) recording: Recording,
}

/// All steps, and which of them is shown.
#[derive(Clone)]
pub(in crate::playground) struct History {
    steps: Vec<Step>,
    current: StepId,
    /// The steps that no step follows, in the order of doing.
    tips: Vec<StepId>,
}

impl History {
    /// Returns a history that starts at a world.
    pub(in crate::playground) fn new(world: World) -> Self {
        let start = Step {
            parent: 0,
            depth: 0,
            command: None,
            outcome: Outcome::default(),
            mark: None,
            has_fault: false,
            broken: Vec::new(),
            next: None,
            world: Some(Box::new(world)),
            trace: Some(Rc::default()),
        };
        History { steps: vec![start], current: 0, tips: vec![0] }
    }

    /// Adds a step after the current one and goes there.
    pub(in crate::playground) fn push(&mut self, command: Command, done: Done) -> StepId {
        let id = self.steps.len();
        let parent = self.current;
        self.steps[parent].next = Some(id);
        self.steps.push(Step {
            parent,
            depth: self.steps[parent].depth + 1,
            command: Some(command),
            outcome: done.outcome,
            mark: None,
            has_fault: false,
            broken: Vec::new(),
            next: None,
            world: Some(Box::new(done.world)),
            trace: Some(Rc::new(done.recording)),
        });
        self.tips.retain(|&tip| tip != parent);
        self.tips.push(id);
        self.current = id;
        self.thin_out(id);
        id
    }

    /// Returns the step shown.
    pub(in crate::playground) fn current(&self) -> StepId {
        self.current
    }

    /// Returns a step.
    pub(in crate::playground) fn step(&self, id: StepId) -> &Step {
        &self.steps[id]
    }

    /// Returns a step for changing its notes.
    pub(in crate::playground) fn step_mut(&mut self, id: StepId) -> &mut Step {
        &mut self.steps[id]
    }

    /// Returns every step but the start, in the order of doing.
    pub(in crate::playground) fn log(&self) -> impl Iterator<Item = (StepId, &Step)> {
        self.steps.iter().enumerate().skip(1)
    }

    /// Goes to a step; redo will lead from the start to it and on.
    pub(in crate::playground) fn go_to(&mut self, id: StepId) {
        let mut child = id;
        while child != 0 {
            let parent = self.steps[child].parent;
            self.steps[parent].next = Some(child);
            child = parent;
        }
        self.current = id;
    }

    /// Returns the step before the current one.
    pub(in crate::playground) fn previous(&self) -> Option<StepId> {
        (self.current != 0).then(|| self.steps[self.current].parent)
    }

    /// Returns the step that redo goes to.
    pub(in crate::playground) fn following(&self) -> Option<StepId> {
        self.steps[self.current].next
    }

    /// Returns the steps of the branch shown, from the start to its last.
    pub(in crate::playground) fn branch(&self) -> Vec<StepId> {
        let step_before = |&id: &StepId| (id != 0).then(|| self.steps[id].parent);
        let mut ids: Vec<StepId> = iter::successors(Some(self.tip()), step_before).collect();
        ids.reverse();
        ids
    }

    /// Returns the last step of the branch shown.
    pub(in crate::playground) fn tip(&self) -> StepId {
        let mut last = self.current;
        while let Some(next) = self.steps[last].next {
            last = next;
        }
        last
    }

    /// Returns the last step of every branch, in the order of doing.
    pub(in crate::playground) fn tips(&self) -> &[StepId] {
        &self.tips
    }

    /// Returns the world after a step, doing commands again where it was not kept.
    pub(in crate::playground) fn world(&self, id: StepId) -> World {
        self.done(id).0
    }

    /// Returns the world after a step and what the recorder heard during it, doing commands again
    /// where either was not kept.
    pub(in crate::playground) fn done(&self, id: StepId) -> (World, Rc<Recording>) {
        let step = &self.steps[id];
        if let (Some(world), Some(trace)) = (&step.world, &step.trace) {
            return (World::clone(world), Rc::clone(trace));
        }
        let mut path = vec![id];
        let mut kept = step.parent;
        // The start always keeps its world, so this ends.
        let mut world = loop {
            if let Some(world) = &self.steps[kept].world {
                break World::clone(world);
            }
            path.push(kept);
            kept = self.steps[kept].parent;
        };
        let mut trace = Rc::default();
        for id in path.into_iter().rev() {
            if let Some(command) = &self.steps[id].command {
                let done = perform(&world, command);
                trace = Rc::new(done.recording);
                world = done.world;
            }
        }
        (world, trace)
    }

    /// Returns how many commands must be done again to have the world after a step.
    pub(in crate::playground) fn distance_to_kept(&self, id: StepId) -> usize {
        let (mut kept, mut distance) = (id, 0);
        while self.steps[kept].world.is_none() {
            kept = self.steps[kept].parent;
            distance += 1;
        }
        distance
    }

    /// Lets the worlds of old steps go, but for every 32nd.
    fn thin_out(&mut self, newest: StepId) {
        // By depth, not by number: of branches grown in turns, one could have only odd numbers.
        let is_between = |old: &StepId| !(self.steps[*old].depth as usize).is_multiple_of(SPACING);
        if let Some(old) = newest.checked_sub(RECENT).filter(is_between) {
            self.steps[old].world = None;
        }
        if let Some(old) = newest.checked_sub(TRACES) {
            self.steps[old].trace = None;
        }
    }
}

/// Does a command on a copy of a world, with the recorder on.
pub(in crate::playground) fn perform(before: &World, command: &Command) -> Done {
    let mut world = before.clone();
    world.kernel.machine.recorder.on();
    let outcome = (command.spec().run)(&mut world, command).with_sentence_for(command);
    world.kernel.machine.memory.share_with(&before.kernel.machine.memory);
    let recorder = &mut world.kernel.machine.recorder;
    recorder.off();
    let dropped = recorder.dropped();
    let recording = Recording { events: recorder.take(), dropped };
    Done { world, outcome, recording }
}
