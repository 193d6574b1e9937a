//! The process tree in columns.

use crate::playground::snapshot::ProcessRow;
use crate::playground::snapshot::Snapshot;

/// Returns every process with its pages, children indented below their parents.
pub(in crate::cli) fn tree(snapshot: &Snapshot) -> String {
    let name = |row: &ProcessRow| format!("{}{} {}", "  ".repeat(row.depth as usize), row.id, row.name);
    let width = snapshot.processes.iter().map(|row| name(row).chars().count()).max().unwrap_or(0).max(9);
    let mut text = format!(
        "{:width$}  {:>7}  {:>7}  {:>7}  {:>7}  children\n",
        "Processes", "quota", "usage", "own", "lent"
    );
    for row in &snapshot.processes {
        let ProcessRow { quota, usage, own, lent, children, max_children, .. } = row;
        text += &format!(
            "{:width$}  {quota:>7}  {usage:>7}  {own:>7}  {lent:>7}  {children} of {max_children}",
            name(row)
        );
        if row.is_current {
            text += "  current";
        }
        if let Some(reason) = &row.stopped {
            text += &format!("  stopped: {reason}");
        }
        text.push('\n');
    }
    text
}
