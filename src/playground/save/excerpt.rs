//! The part of a history that a save keeps, in step numbers of its own; and back again.

use std::collections::BTreeMap;

use crate::playground::Playground;
use crate::playground::changes;
use crate::playground::command::Command;
use crate::playground::command::CommandError;
use crate::playground::history;
use crate::playground::history::History;
use crate::playground::history::StepId;
use crate::playground::save::STEPS_MAX;
use crate::playground::save::WORK_MAX;
use crate::playground::save::record::SaveRecord;
use crate::playground::trace;
use crate::playground::world::World;

/// What the commands that fill all tables anew cost, when a plain command costs 1: each leaves
/// 4 MiB of its own in the history, and 20 of them are the most that fit [`WORK_MAX`].
const REBUILD_COST: usize = 2000;
/// The commands that fill all tables anew.
const REBUILDS: [&str; 7] =
    ["boot", "pmem_init", "container_init", "idptbl_init", "pdir_init", "pdir_init_kern", "paging_init"];

/// How many pages the ledger looks at in the time of a plain command.
const PAGES_A_COMMAND: usize = 250;

/// Steps of a history, numbered from 1; 0 is where they start.
pub(in crate::playground) struct Excerpt {
    pub(in crate::playground) start: World,
    pub(in crate::playground) steps: Vec<LoggedStep>,
    pub(in crate::playground) marks: Vec<(usize, String)>,
    /// The step shown.
    pub(in crate::playground) position: usize,
    /// The last step of the branch shown.
    pub(in crate::playground) tip: usize,
}

/// One step of an excerpt.
pub(in crate::playground) struct LoggedStep {
    pub(in crate::playground) after: usize,
    pub(in crate::playground) command: Command,
}

impl Excerpt {
    /// Returns all of a history; of one too long to be done again on opening, the end of the
    /// branch shown, from a start in its middle.
    pub(in crate::playground) fn of(history: &History) -> Self {
        let all: Vec<StepId> = std::iter::once(0).chain(history.log().map(|(id, _)| id)).collect();
        if all.len() - 1 <= STEPS_MAX && work(history, &all) <= WORK_MAX {
            return Excerpt::from_ids(history, &all);
        }
        Excerpt::from_ids(history, &around_current(history))
    }

    /// Returns the excerpt of these steps, parents first; the first is the start.
    fn from_ids(history: &History, ids: &[StepId]) -> Self {
        let numbers: BTreeMap<StepId, usize> =
            ids.iter().enumerate().map(|(number, &id)| (id, number)).collect();
        let number = |id: StepId| numbers.get(&id).copied();
        let logged = |&id: &StepId| {
            let step = history.step(id);
            let command = step.command.clone()?;
            Some(LoggedStep { after: number(step.parent).unwrap_or(0), command })
        };
        let mark = |&id: &StepId| number(id).zip(history.step(id).mark.clone());
        let tip = history.branch().into_iter().rev().find_map(number);
        Excerpt {
            start: history.world(ids.first().copied().unwrap_or(0)),
            steps: ids.iter().skip(1).filter_map(logged).collect(),
            marks: ids.iter().filter_map(mark).collect(),
            position: number(history.current()).unwrap_or(0),
            tip: tip.unwrap_or(0),
        }
    }
}

/// Returns as much of the branch shown as may be done again: steps behind the one shown, then ahead.
fn around_current(history: &History) -> Vec<StepId> {
    let branch = history.branch();
    let at = branch.iter().position(|&id| id == history.current()).unwrap_or(0);
    let mut left = WORK_MAX;
    let mut can_afford = |&&id: &&StepId| {
        let rest = left.checked_sub(cost(history, id));
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let behind = branch[1..=at].iter().rev().take(STEPS_MAX).take_while(&mut can_afford).count();
    let ahead = branch[at + 1..].iter().take(STEPS_MAX - behind).take_while(&mut can_afford).count();
    branch[at - behind..=at + ahead].to_vec()
}

/// Returns what doing these steps again costs.
fn work(history: &History, ids: &[StepId]) -> usize {
    ids.iter().map(|&id| cost(history, id)).sum()
}

fn cost(history: &History, id: StepId) -> usize {
    history.step(id).command.as_ref().map_or(0, cost_of)
}

fn cost_of(command: &Command) -> usize {
    if REBUILDS.contains(&command.spec().name) { REBUILD_COST } else { 1 }
}

/// Does the steps of a record again, from a start that must lead to the saved state.
///
/// # Errors
/// Why the log does not fit the state, as the rest of a sentence.
pub(in crate::playground) fn replay(
    start: World,
    saved: &World,
    record: &SaveRecord,
) -> Result<Playground, String> {
    let mut playground = Playground::starting_at(start, String::new());
    let mut left = WORK_MAX;
    for (number, line) in (1..).zip(&record.log) {
        let after = line.after.map_or(number - 1, |after| after as usize);
        let work = cost_of(&line.command) + playground.history.distance_to_kept(after);
        let too_long = "it takes too long to do again";
        left = left.checked_sub(work).ok_or(too_long)?;
        let refused = |error| format!("step {number}, `{}`, is refused: {error}", line.command);
        let pages = playground.repeat(after, &line.command).map_err(refused)?;
        left = left.checked_sub(pages / PAGES_A_COMMAND).ok_or(too_long)?;
    }
    let steps = record.log.len();
    let step = |number: Option<u32>, default: usize, what: &str| match number {
        Some(number) if number as usize > steps => {
            Err(format!("{what} {number} is past its last step, {steps}"))
        }
        number => Ok(number.map_or(default, |number| number as usize)),
    };
    let position = step(record.position, steps, "the position")?;
    let tip = step(record.branch, position, "the branch's end")?;
    for (number, name) in &record.marks {
        let id = step(Some(*number), 0, "the mark of step")?;
        playground.history.step_mut(id).mark = Some(name.clone());
    }
    playground.move_to(Some(tip));
    playground.move_to(Some(position));
    if !playground.history.branch().contains(&tip) {
        return Err(format!("step {tip}, the branch's end, does not follow step {position}"));
    }
    match changes::between(&playground.world, saved).first() {
        _ if playground.world == *saved => Ok(playground),
        Some(change) => Err(format!("doing it again does not lead to the saved state ({})", change.text)),
        None => Err("doing it again does not lead to the saved state".to_string()),
    }
}

impl Playground {
    /// Does a command of a log. Unlike [`Playground::apply`] it leaves out what only the moment shown
    /// needs: the differences, the fault and the frames touched.
    ///
    /// Returns how many pages had to be looked at again.
    fn repeat(&mut self, after: StepId, command: &Command) -> Result<usize, CommandError> {
        if after != self.history.current() {
            self.move_to(Some(after));
        }
        self.check(command)?;
        let done = history::perform(&self.world, command);
        let has_fault =
            trace::last_fault(&done.recording.events, &done.world.kernel.machine.registers).is_some();
        let changed = self.ledger.follow(&self.world, &done.world);
        let pages = self.ledger.pages_followed((&self.world, &done.world), &changed);
        self.world = done.world.clone();
        let broken = self.broken();
        let id = self.history.push(command.clone(), done);
        let step = self.history.step_mut(id);
        step.has_fault = has_fault;
        step.broken = broken;
        Ok(pages)
    }
}
