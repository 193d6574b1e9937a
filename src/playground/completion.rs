//! Completion: what the word being typed could become.

use crate::playground::Playground;
use crate::playground::argument::ArgumentKind;
use crate::playground::registry;

/// Returns every word that the last word of a line could become, best known first.
#[must_use]
pub fn complete(playground: &Playground, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_new_word = line.is_empty() || line.ends_with(char::is_whitespace);
    let (done, typed) = match words.split_last() {
        Some((last, done)) if !is_new_word => (done, *last),
        _ => (words.as_slice(), ""),
    };
    let candidates: Vec<String> = match done.split_first() {
        None => registry::commands().map(|spec| spec.name.to_string()).collect(),
        Some((name, values)) => {
            let spec = registry::find(name);
            let kind = spec.and_then(|spec| spec.arguments.get(values.len())).map(|argument| argument.kind);
            kind.map(|kind| values_of(playground, kind)).unwrap_or_default()
        }
    };
    candidates.into_iter().filter(|candidate| candidate.starts_with(typed)).collect()
}

/// Returns the values that an argument can sensibly have in the present state.
fn values_of(playground: &Playground, kind: ArgumentKind) -> Vec<String> {
    let world = &playground.world;
    match kind {
        ArgumentKind::Process => world.live().map(|id| id.to_string()).collect(),
        ArgumentKind::Permission => ["0x7", "0x5", "0x3", "0x1"].map(String::from).to_vec(),
        ArgumentKind::UserAddress | ArgumentKind::Address => ["0x40000000".to_string()].to_vec(),
        _ => kind.words().into_iter().map(String::from).collect(),
    }
}
