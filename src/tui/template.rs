//! Filling a key's command in from the selection: `touch {process} read {address}`.

use crate::playground::snapshot::Snapshot;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;

/// Returns a command line with its `{…}` replaced by what is selected.
pub(crate) fn fill(template: &str, snapshot: &Snapshot, state: &UiState) -> String {
    let words =
        template.split(' ').map(|word| value(word, snapshot, state).unwrap_or_else(|| word.to_string()));
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the command that flips a flag of the selected entry, up to the flag, and the
/// entry in words.
pub(crate) fn flip(snapshot: &Snapshot, state: &UiState) -> (String, String) {
    let (process, address) = (state.focus.process, state.focus.address);
    if state.tables == TablesLevel::Directory || snapshot.table.is_none() {
        let index = address >> 22;
        return (
            format!("flip_pde {process} {index:#05x}"),
            format!("PDE {index:#05x} of process {process}"),
        );
    }
    (format!("flip_pte {process} {address:#010x}"), format!("PTE of {address:#010x}, process {process}"))
}

fn value(word: &str, snapshot: &Snapshot, state: &UiState) -> Option<String> {
    let focus = &state.focus;
    let text = match word.strip_prefix('{')?.strip_suffix('}')? {
        "process" => focus.process.to_string(),
        "address" => format!("{:#010x}", focus.address),
        "frame" => format!("{:#07x}", focus.frame),
        "payer" => snapshot.frame.charged_to.unwrap_or(focus.process).to_string(),
        "directory" => format!("{:#010x}", snapshot.directory_frame << 12),
        "word_address" => format!("{:#010x}", selected_word(snapshot, state).0),
        "word" => format!("{:#010x}", selected_word(snapshot, state).1),
        _ => return None,
    };
    Some(text)
}

/// Returns where the selected word lies in physical memory, and its bits: an entry in the
/// page-table pane, a word of the focused frame elsewhere.
fn selected_word(snapshot: &Snapshot, state: &UiState) -> (u32, u32) {
    let (directory_index, table_index) = (state.focus.address >> 22, state.focus.address >> 12 & 0x3ff);
    let entry = |frame: u32, index: u32, raw: Option<u32>| (frame << 12 | index << 2, raw.unwrap_or(0));
    if state.pane == Pane::Tables && state.tables != TablesLevel::Words {
        if let (TablesLevel::Table, Some(table)) = (state.tables, &snapshot.table) {
            return entry(
                table.frame,
                table_index,
                table.entries.get(table_index as usize).map(|cell| cell.raw),
            );
        }
        let raw = snapshot.directory.get(directory_index as usize).map(|cell| cell.raw);
        return entry(snapshot.directory_frame, directory_index, raw);
    }
    entry(state.focus.frame, state.word, snapshot.frame.words.get(state.word as usize).copied())
}
