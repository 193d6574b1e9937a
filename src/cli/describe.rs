//! A moment in plain words and columns, for reports and for the line mode.
//!
//! No boxes and no escape codes: what a screen reader, a pipe or a handout can take.

pub(in crate::cli) mod processes;
pub(in crate::cli) mod memory;
pub(in crate::cli) mod tables;
pub(in crate::cli) mod machine;
pub(in crate::cli) mod judgement;

use crate::cli::report;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::Position;
use crate::playground::snapshot::Snapshot;

/// Returns everything worth knowing of a moment at a glance.
pub(in crate::cli) fn moment(snapshot: &Snapshot, notes: &str) -> String {
    let mut parts = vec![format!("{}\n{}\n", snapshot.title, position(&snapshot.position))];
    if !notes.trim().is_empty() {
        parts.push(format!("{}\n", notes.trim()));
    }
    parts.push(processes::tree(snapshot));
    parts.push(memory::totals(&snapshot.totals));
    parts.push(judgement::invariants(&snapshot.invariants));
    parts.push(machine::registers(&snapshot.machine));
    parts.push(machine::tlb(&snapshot.machine));
    report::harmless(&parts.join("\n"))
}

/// Returns where a moment stands: "step 3 of 5, after `kill 4`".
pub(in crate::cli) fn position(position: &Position) -> String {
    let Position { step, last, branches, branch, command, mark } = position;
    let mut text = format!("step {step} of {last}");
    if !command.is_empty() {
        text += &format!(", after `{command}`");
    }
    if *branches > 1 {
        text += &format!(", branch {} of {branches}", branch + 1);
    }
    if let Some(mark) = mark {
        text += &format!(", marked {mark}");
    }
    text
}

/// Returns differences, one a line; `none` where there are none.
pub(in crate::cli) fn changes(changes: &[Change]) -> String {
    match changes.is_empty() {
        true => "nothing changed\n".to_string(),
        false => changes.iter().map(|change| format!("{}\n", report::harmless(&change.text))).collect(),
    }
}
