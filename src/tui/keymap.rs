//! Which key asks for which action: the table's keys, and the user's over them.

use crate::tui::actions;
use crate::tui::actions::Action;
use crate::tui::actions::ActionRow;
use crate::tui::actions::Footer;
use crate::tui::actions::Scope;
use crate::tui::actions::TOPICS;
use crate::tui::actions::Topic;
use crate::tui::key::Key;
use crate::tui::key_file::Overrides;
use crate::tui::state::Pane;

/// Keys and what they ask for.
#[derive(Clone, Debug)]
pub(crate) struct Keymap {
    bindings: Vec<(Key, &'static ActionRow)>,
}

impl Keymap {
    /// Returns the keys of the table, with the user's in their place.
    ///
    /// An action the user names has the user's keys and no others, and a key the user
    /// gives away no longer does what the table says.
    pub(crate) fn new(overrides: &Overrides) -> Self {
        let is_taken = |key: Key, row: &ActionRow| {
            let mut given = overrides.iter().filter(|(other, _)| other.scope.overlaps(row.scope));
            given.any(|(_, keys)| keys.contains(&key))
        };
        let mut bindings = Vec::new();
        for row in actions::rows() {
            let named = overrides.iter().find(|(named, _)| named.name == row.name);
            let keys: Vec<Key> = match named {
                Some((_, keys)) => keys.clone(),
                None => table_keys(row).filter(|&key| !is_taken(key, row)).collect(),
            };
            bindings.extend(keys.into_iter().map(|key| (key, row)));
        }
        Keymap { bindings }
    }

    /// Returns what a key asks for in a pane; the pane's own keys win.
    pub(crate) fn find(&self, key: Key, pane: Pane) -> Option<&'static ActionRow> {
        let in_scope = |scope| self.bindings.iter().find(|(bound, row)| *bound == key && row.scope == scope);
        in_scope(Scope::In(pane)).or_else(|| in_scope(Scope::Everywhere)).map(|(_, row)| *row)
    }

    /// Returns the keys of an action, the one to show first.
    pub(crate) fn keys(&self, row: &ActionRow) -> Vec<Key> {
        self.bindings.iter().filter(|(_, bound)| bound.name == row.name).map(|(key, _)| *key).collect()
    }

    /// Returns the keys of an action as text: `U Ctrl-R ]`.
    pub(crate) fn keys_text(&self, row: &ActionRow) -> String {
        self.keys(row).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// Returns the first key of the action with this name, for a sentence that tells it.
    pub(crate) fn key_of(&self, name: &str) -> String {
        let key = actions::find(name).and_then(|row| self.keys(row).first().copied());
        key.map_or_else(|| format!(":{name}"), |key| key.to_string())
    }

    /// Returns what a pane's footer shows, most important first.
    pub(crate) fn footer(&self, pane: Pane) -> Vec<(Key, &'static str)> {
        let mut ranked: Vec<(u8, &ActionRow)> =
            actions::rows().filter_map(|row| rank(row, pane).map(|rank| (rank, row))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let first_key = |row: &ActionRow| self.keys(row).first().copied();
        ranked.into_iter().filter_map(|(_, row)| Some((first_key(row)?, row.hint))).collect()
    }
}

/// Returns the README's table of keys, as the program has them without `keys.ron`.
#[must_use]
pub fn markdown_table() -> String {
    let keymap = Keymap::new(&Overrides::new());
    let line = |row: &ActionRow| {
        let keys: Vec<String> = keymap.keys(row).iter().map(|key| format!("`{key}`")).collect();
        format!("| {} | `{}` | {} |\n", keys.join(" "), row.name, row.doc)
    };
    let table = |topic: &Topic| {
        let rows: String = topic.rows.iter().map(line).collect();
        format!("| {} | Action | What it does |\n| --- | --- | --- |\n{rows}", topic.title)
    };
    TOPICS.iter().map(table).collect::<Vec<_>>().join("\n")
}

/// Returns whether the row belongs to a pane in particular.
pub(crate) fn belongs_to(row: &ActionRow, pane: Pane) -> bool {
    row.scope == Scope::In(pane) || matches!(row.footer, Footer::In(panes, _) if panes.contains(&pane))
}

fn rank(row: &ActionRow, pane: Pane) -> Option<u8> {
    match row.footer {
        Footer::Never => None,
        Footer::Everywhere(rank) => Some(rank),
        Footer::In(panes, rank) => panes.contains(&pane).then_some(rank),
    }
}

fn table_keys(row: &ActionRow) -> impl Iterator<Item = Key> {
    row.keys.iter().filter_map(|key| key.parse().ok())
}

/// Returns whether only keys and the mouse need the action: moving about.
pub(crate) fn is_motion(row: &ActionRow) -> bool {
    matches!(row.action, Action::Move(_))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::playground::registry;

    use super::*;

    fn defaults() -> Keymap {
        Keymap::new(&Overrides::new())
    }

    #[test]
    fn every_key_of_the_table_reads() {
        for row in actions::rows() {
            for key in row.keys {
                assert!(key.parse::<Key>().is_ok(), "{}: {key}", row.name);
            }
        }
    }

    #[test]
    fn no_key_means_two_things_in_a_scope() {
        let mut seen = BTreeSet::new();
        for row in actions::rows() {
            for key in row.keys {
                assert!(seen.insert((*key, format!("{:?}", row.scope))), "{key} of {} is taken", row.name);
            }
        }
    }

    #[test]
    fn every_action_has_a_key_a_hint_and_a_sentence() {
        let mut names = BTreeSet::new();
        for row in actions::rows() {
            assert!(names.insert(row.name), "{} stands twice", row.name);
            assert!(!row.keys.is_empty() && !row.hint.is_empty(), "{}", row.name);
            assert!(row.doc.ends_with('.') && row.doc.len() > 6, "{}: {}", row.name, row.doc);
        }
    }

    #[test]
    fn every_action_is_reached_by_its_keys() {
        let keymap = defaults();
        for row in actions::rows() {
            let pane = match row.scope {
                Scope::In(pane) => pane,
                Scope::Everywhere => Pane::Processes,
            };
            for key in keymap.keys(row) {
                assert_eq!(keymap.find(key, pane).map(|found| found.name), Some(row.name), "{key}");
            }
        }
    }

    #[test]
    fn keys_that_terminals_and_multiplexers_keep_are_left_alone() {
        let kept = [
            "ctrl-a", "ctrl-b", "ctrl-g", "ctrl-o", "ctrl-p", "ctrl-n", "ctrl-t", "ctrl-h", "ctrl-s",
            "ctrl-q",
        ];
        for row in actions::rows() {
            assert!(row.keys.iter().all(|key| !kept.contains(key)), "{}", row.name);
        }
    }

    #[test]
    fn every_command_behind_a_key_is_in_the_registry() {
        for row in actions::rows() {
            if let Action::Apply(line) | Action::Form(line) = row.action {
                let name = line.split(' ').next().unwrap_or_default();
                let spec = registry::find(name);
                assert!(
                    spec.is_some_and(|spec| line.split(' ').count() <= spec.arguments.len() + 1),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn a_users_key_takes_the_place_of_the_tables() {
        let row = actions::find("kill").unwrap();
        let overrides = vec![(row, vec!["s".parse().unwrap()])];
        let keymap = Keymap::new(&overrides);
        let at = |key: &str| keymap.find(key.parse().unwrap(), Pane::Processes).map(|row| row.name);
        assert_eq!((at("s"), at("K")), (Some("kill"), None));
        assert!(keymap.keys(actions::find("spawn").unwrap()).is_empty());
    }
}
