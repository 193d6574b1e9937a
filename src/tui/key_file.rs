//! `keys.ron`: the user's own keys, read over the table's.
//!
//! ```ron
//! {
//!     "spawn": ["n"],
//!     "redo": ["U", "ctrl-y"],
//! }
//! ```
//! A mistake is one sentence with file, line and the nearest name, and the program starts
//! with the table's keys.

use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;

use crate::playground::nearest;
use crate::tui::actions;
use crate::tui::actions::ActionRow;
use crate::tui::key::Key;

/// Actions with the keys the user gave them.
pub(crate) type Overrides = Vec<(&'static ActionRow, Vec<Key>)>;

/// Reads a user's keys; no file is no keys.
pub(crate) fn read(path: &Path) -> Result<Overrides, String> {
    if !path.exists() {
        return Ok(Overrides::new());
    }
    // Opening a pipe would wait for somebody to write into it.
    if !path.is_file() {
        return Err(format!("{}: expected a file", path.display()));
    }
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text, &path.display().to_string())
}

/// Reads a user's keys from text; `file` is what a mistake names.
fn parse(text: &str, file: &str) -> Result<Overrides, String> {
    let file_of_keys: KeyFile = ron::from_str(text).map_err(|error| {
        let start = error.span.start;
        format!("{file}:{}:{}: {}", start.line, start.col, error.code)
    })?;
    Ok(file_of_keys.0)
}

struct KeyFile(Overrides);

/// The mistakes are found while reading, because only then the reader knows the line.
impl<'de> Deserialize<'de> for KeyFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeyFileVisitor).map(KeyFile)
    }
}

struct KeyFileVisitor;

impl<'de> Visitor<'de> for KeyFileVisitor {
    type Value = Overrides;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from actions to lists of keys, like { \"spawn\": [\"n\"] }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Overrides, A::Error> {
        let mut read = Overrides::new();
        while let Some(name) = map.next_key::<ActionName>()? {
            if read.iter().any(|(row, _)| row.name == name.0.name) {
                return Err(A::Error::custom(format!("`{}` stands twice", name.0.name)));
            }
            let keys = map.next_value::<Vec<KeyText>>()?.into_iter().map(|key| key.0).collect::<Vec<_>>();
            for key in &keys {
                refuse_taken(*key, name.0, &read).map_err(A::Error::custom)?;
            }
            read.push((name.0, keys));
        }
        Ok(read)
    }
}

/// Refuses a key that the file gave to somebody already, or that must stay what it is.
fn refuse_taken(key: Key, row: &ActionRow, read: &Overrides) -> Result<(), String> {
    if key.to_string() == "Ctrl-C" && row.name != "interrupt" {
        return Err("`ctrl-c` always quits; give another key".to_string());
    }
    let holder = read.iter().find(|(other, keys)| other.scope.overlaps(row.scope) && keys.contains(&key));
    match holder {
        Some((other, _)) => Err(format!("`{key}` is given to `{}` and to `{}`", other.name, row.name)),
        None => Ok(()),
    }
}

struct ActionName(&'static ActionRow);

impl<'de> Deserialize<'de> for ActionName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        actions::find(&name).map(ActionName).ok_or_else(|| {
            let hint = nearest::nearest(&name, actions::rows().map(|row| row.name));
            let hint = hint.map(|hint| format!("; did you mean `{hint}`?")).unwrap_or_default();
            D::Error::custom(format!("there is no action `{name}`{hint}"))
        })
    }
}

struct KeyText(Key);

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(KeyText).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&[(&str, &str)], &str>) {
        let shown = parse(text, "keys.ron").map(|read| {
            let keys = |keys: &[Key]| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            read.iter().map(|(row, given)| (row.name.to_string(), keys(given))).collect::<Vec<_>>()
        });
        let expected = expected.map(|rows| {
            rows.iter().map(|(name, keys)| ((*name).to_string(), (*keys).to_string())).collect::<Vec<_>>()
        });
        assert_eq!(shown, expected.map_err(ToString::to_string));
    }

    #[test]
    fn a_file_gives_actions_keys() {
        check("{}", Ok(&[]));
        check("{\"spawn\": [\"n\", \"f5\"], \"kill\": []}", Ok(&[("spawn", "n F5"), ("kill", "")]));
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        check(
            "{\n  \"spwan\": [\"n\"]\n}",
            Err("keys.ron:2:4: there is no action `spwan`; did you mean `spawn`?"),
        );
        check(
            "{\n  \"spawn\": [\"n\"],\n  \"kill\": [\"n\"]\n}",
            Err("keys.ron:3:16: `n` is given to `spawn` and to `kill`"),
        );
        check(
            "{\n  \"spawn\": [\"hyper-x\"]\n}",
            Err(
                "keys.ron:2:14: `hyper-x` is no key; write keys like `U`, `ctrl-r`, `shift-tab`, `f1` or `space`",
            ),
        );
        check("{\"quit\": [\"ctrl-c\"]}", Err("keys.ron:1:20: `ctrl-c` always quits; give another key"));
        check("{\"quit\": [\"Q\"], \"quit\": []}", Err("keys.ron:1:18: `quit` stands twice"));
    }
}
