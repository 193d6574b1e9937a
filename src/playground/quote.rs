//! Quoting what a user wrote: no longer than a line shows, and nothing in it acts on a terminal.

/// How much of a wrong word an error repeats.
const QUOTE_MAX: usize = 60;

/// Returns a word for an error: escaped, and not longer than a line shows.
pub(in crate::playground) fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text, QUOTE_MAX))
}

/// Returns text escaped and cut.
pub(in crate::playground) fn shortened(text: &str, max: usize) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(max).flat_map(escaped).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

fn escaped(letter: char) -> Vec<char> {
    if is_hidden(letter) { letter.escape_default().collect() } else { vec![letter] }
}

/// Is this a letter that a terminal obeys or does not show, or that turns the line around?
fn is_hidden(letter: char) -> bool {
    let is_mark = matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    letter.is_control() || is_mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_short_and_harmless() {
        assert_eq!(quoted("\u{1b}]0;title\u{7}"), "`\\u{1b}]0;title\\u{7}`");
        assert_eq!(quoted("\u{202e}evil\u{feff}"), "`\\u{202e}evil\\u{feff}`");
        assert_eq!(quoted(&"a".repeat(10_000)), format!("`{}…`", "a".repeat(60)));
        assert_eq!(quoted("größer"), "`größer`");
    }
}
