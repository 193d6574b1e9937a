//! Time travel: back, forward, to any step, to another branch, and what changed on the way.

use crate::playground::Playground;
use crate::playground::changes;
use crate::playground::history::StepId;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::Position;

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

impl Playground {
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

    /// Returns where in its history the moment shown stands.
    pub(in crate::playground) fn position(&self) -> Position {
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

    /// Makes a step the moment shown; false if there is no such step.
    pub(in crate::playground) fn move_to(&mut self, id: Option<StepId>) -> bool {
        let Some(id) = id else { return false };
        self.history.go_to(id);
        self.show(id);
        true
    }

    /// Returns the step from which on an invariant has not held, on the branch shown.
    pub(in crate::playground) fn broken_since(&self, name: &str) -> u32 {
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
}
