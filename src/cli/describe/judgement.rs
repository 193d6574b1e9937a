//! The invariants: which hold, which do not, where, and since when.

use crate::playground::snapshot::InvariantRow;

/// Returns whether all of them hold.
pub(in crate::cli) fn all_hold(rows: &[InvariantRow]) -> bool {
    rows.iter().all(|row| row.broken.is_empty())
}

/// Returns each invariant in a line, and below a broken one what breaks it.
pub(in crate::cli) fn invariants(rows: &[InvariantRow]) -> String {
    let broken = rows.iter().filter(|row| !row.broken.is_empty()).count();
    let mut text = match broken {
        0 => format!("Invariants, all {} hold\n", rows.len()),
        _ => format!("Invariants, {broken} of {} broken\n", rows.len()),
    };
    for row in rows {
        let verdict = if row.broken.is_empty() { "holds " } else { "BROKEN" };
        text += &format!("{verdict}  {:<19}  {}\n", row.name, row.sentence);
        text += &breaches(row);
    }
    text
}

/// Returns what breaks an invariant, indented below it.
fn breaches(row: &InvariantRow) -> String {
    let mut text = String::new();
    for breach in &row.broken {
        text += &format!("        {}\n", breach.text);
    }
    if row.more > 0 {
        text += &format!("        and {} more\n", row.more);
    }
    if let Some(step) = row.since {
        text += &format!("        since step {step}\n");
    }
    text
}
