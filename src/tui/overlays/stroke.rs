//! What keys mean inside a window: one table, and the hints on the border come from it.

use crate::tui::key::Key;

/// A key press, as a window understands it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stroke {
    /// Do it.
    Accept,
    /// Close without doing it.
    Cancel,
    /// The next field, or take the completion.
    Next,
    /// The field before.
    Previous,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    /// Delete the letter before the cursor.
    Backspace,
    /// Delete the letter under the cursor.
    Delete,
    /// Delete everything before the cursor.
    DeleteLine,
    /// Delete the word before the cursor.
    DeleteWord,
    /// A letter, a digit or a sign.
    Type(char),
}

const STROKES: &[(&str, Stroke)] = &[
    ("enter", Stroke::Accept),
    ("esc", Stroke::Cancel),
    ("tab", Stroke::Next),
    ("shift-tab", Stroke::Previous),
    ("up", Stroke::Up),
    ("down", Stroke::Down),
    ("left", Stroke::Left),
    ("right", Stroke::Right),
    ("pageup", Stroke::PageUp),
    ("pagedown", Stroke::PageDown),
    ("home", Stroke::Home),
    ("end", Stroke::End),
    ("backspace", Stroke::Backspace),
    ("delete", Stroke::Delete),
    ("ctrl-u", Stroke::DeleteLine),
    ("ctrl-w", Stroke::DeleteWord),
];

impl Stroke {
    /// Returns what a key means inside a window.
    pub(crate) fn of(key: Key) -> Option<Self> {
        let named = STROKES.iter().find(|(written, _)| written.parse() == Ok(key));
        named.map(|(_, stroke)| *stroke).or_else(|| key.letter().map(Stroke::Type))
    }

    /// Returns the key to show for it.
    pub(crate) fn shown(self) -> String {
        if let Stroke::Type(letter) = self {
            return letter.to_string();
        }
        let written = STROKES.iter().find(|(_, stroke)| *stroke == self).map_or("", |(written, _)| written);
        written.parse::<Key>().map(|key| key.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_means_its_stroke() {
        for (written, stroke) in STROKES {
            assert_eq!(written.parse().map(Stroke::of), Ok(Some(*stroke)), "{written}");
        }
        assert_eq!("q".parse().map(Stroke::of), Ok(Some(Stroke::Type('q'))));
        assert_eq!("ctrl-x".parse().map(Stroke::of), Ok(None));
    }
}
