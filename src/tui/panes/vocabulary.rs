//! Words for roles, counts and flags, the same in every pane.

use std::collections::BTreeSet;

use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::snapshot::Role;
use crate::playground::snapshot::RoleCounts;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines;

/// An entry's flags: bit, letter, word. Intel SDM vol. 3, tables 4-5 and 4-6.
const FLAGS: [(u32, &str, &str); 9] = [
    (0, "P", "present"),
    (1, "W", "writable"),
    (2, "U", "user"),
    (3, "PWT", "write-through"),
    (4, "PCD", "uncached"),
    (5, "A", "accessed"),
    (6, "D", "dirty"),
    (7, "PS", "4 MiB page"),
    (8, "G", "global"),
];

/// Returns an entry's flags spelled out: "P present, W writable".
pub(crate) fn flag_words(raw: u32) -> String {
    let set: Vec<String> = FLAGS
        .iter()
        .filter(|(bit, ..)| raw >> bit & 1 == 1)
        .map(|(_, letter, word)| format!("{letter} {word}"))
        .collect();
    if set.is_empty() { "no flag set".to_string() } else { set.join(", ") }
}

/// Returns a role in words.
pub(crate) fn role(role: Role) -> String {
    match role {
        Role::Absent => "no memory".to_string(),
        Role::Firmware => "firmware".to_string(),
        Role::Kernel => "kernel".to_string(),
        Role::Directory(process) => format!("directory of {process}"),
        Role::Free => "free".to_string(),
        Role::PageTable(process) => format!("page table of {process}"),
        Role::Page(process) => format!("process {process}"),
        Role::Shared(process) => format!("shared by {process}"),
        Role::CopyOnWrite(process) => format!("copy-on-write of {process}"),
        Role::Orphan(Some(process)) => format!("orphan paid by {process}"),
        Role::Orphan(None) => "orphan".to_string(),
    }
}

/// Returns what a set of frames is made of: "700 pages, 12 page tables, 312 free".
pub(crate) fn histogram(counts: &RoleCounts) -> String {
    let parts = [
        (counts.pages, "page", "pages"),
        (counts.shared, "shared", "shared"),
        (counts.tables, "page table", "page tables"),
        (counts.orphans, "orphan", "orphans"),
        (counts.kernel, "kernel", "kernel"),
        (counts.firmware, "firmware", "firmware"),
        (counts.free, "free", "free"),
    ];
    let named: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| {
            format!("{} {}", lines::thousands(u64::from(*count)), if *count == 1 { one } else { many })
        })
        .collect();
    if named.is_empty() { "no memory here".to_string() } else { named.join(", ") }
}

/// Returns the legend of the roles present: each sign as it is drawn, then what it means.
pub(crate) fn legend(theme: &Theme, roles: &BTreeSet<Role>) -> Line<'static> {
    // One process's tables and pages have one entry each: the sign is the same for all.
    let mut signs = BTreeSet::new();
    let mut spans = Vec::new();
    for present in roles.iter().filter(|role| **role != Role::Absent) {
        let sign = theme.role_sign(*present);
        if signs.insert(sign) {
            spans.push(Span::raw(" "));
            spans.push(Span::styled(sign.to_string(), theme.role_style(*present, false)));
            spans.push(Span::styled(format!(" {} ", plain_role(*present)), theme.text()));
        }
    }
    Line::from(spans)
}

/// A role for the legend, where a sign stands for every process.
fn plain_role(present: Role) -> String {
    match present {
        Role::Directory(_) => "directory".to_string(),
        Role::PageTable(_) => "page table".to_string(),
        Role::Shared(_) => "shared".to_string(),
        Role::CopyOnWrite(_) => "copy-on-write".to_string(),
        Role::Orphan(_) => "orphan".to_string(),
        other => role(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_spelled_out() {
        assert_eq!(flag_words(0x4000_0067), "P present, W writable, U user, A accessed, D dirty");
        assert_eq!(flag_words(0x83), "P present, W writable, PS 4 MiB page");
        assert_eq!(flag_words(0x1000), "no flag set");
    }

    #[test]
    fn a_histogram_names_what_is_there() {
        let counts = RoleCounts { pages: 700, tables: 1, free: 323, ..RoleCounts::default() };
        assert_eq!(histogram(&counts), "700 pages, 1 page table, 323 free");
        assert_eq!(histogram(&RoleCounts::default()), "no memory here");
    }
}
