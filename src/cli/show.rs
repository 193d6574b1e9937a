//! `certiscope show`, `check` and `diff`: what is in a saved state, and does it hold.

use crate::cli::arguments::DiffArguments;
use crate::cli::arguments::MomentArguments;
use crate::cli::describe;
use crate::cli::describe::judgement;
use crate::cli::open;
use crate::cli::report::Report;
use crate::cli::report::Usage;
use crate::playground::Playground;

/// Says what is in a state.
pub(in crate::cli) fn show(arguments: &MomentArguments) -> Result<Report, Usage> {
    let playground = playground(arguments)?;
    let snapshot = playground.snapshot(&playground.first_focus());
    match arguments.json {
        true => Report::json(&snapshot, true),
        false => Ok(Report::holds(describe::moment(&snapshot, playground.notes()))),
    }
}

/// Says which invariants hold; that all do is what is asked.
pub(in crate::cli) fn check(arguments: &MomentArguments) -> Result<Report, Usage> {
    let rows = playground(arguments)?.invariant_rows();
    let holds = judgement::all_hold(&rows);
    match arguments.json {
        true => Report::json(&rows, holds),
        false => Ok(Report { text: judgement::invariants(&rows), holds }),
    }
}

/// Says what changed; that nothing did is what is asked.
pub(in crate::cli) fn diff(arguments: &DiffArguments) -> Result<Report, Usage> {
    let (before, after) = (open::playground(&arguments.before)?, open::playground(&arguments.after)?);
    let changes = after.changes_since(&before);
    let holds = changes.is_empty();
    match arguments.json {
        true => Report::json(&changes, holds),
        false => Ok(Report { text: describe::changes(&changes), holds }),
    }
}

fn playground(arguments: &MomentArguments) -> Result<Playground, Usage> {
    match (&arguments.save, &arguments.memory_map) {
        (Some(save), _) => open::playground(save),
        (None, Some(map)) => Playground::boot(map).map_err(Usage::of),
        (None, None) => Ok(Playground::demo()),
    }
}
