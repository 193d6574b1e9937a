//! The letters that may follow `f`: which flag of the selected entry to flip.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;

/// The key of each flag, its name in commands, and what it stands for: Intel SDM vol. 3,
/// tables 4-5 and 4-6; the last two are marks in bits that the hardware leaves to software.
const LETTERS: &[(char, &str, &str)] = &[
    ('p', "P", "present"),
    ('w', "W", "writable"),
    ('u', "U", "user may access"),
    ('t', "PWT", "write-through"),
    ('c', "PCD", "not cached"),
    ('a', "A", "accessed"),
    ('d', "D", "dirty"),
    ('s', "PS", "4 MiB page"),
    ('g', "G", "global"),
    ('h', "SHARED", "shared on purpose"),
    ('o', "COW", "copy on write"),
];

/// Columns of the window.
const WIDTH: u16 = 50;

/// Waits for a flag's letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Flags {
    /// The entry in words, for the title.
    pub(crate) entry: String,
    /// The command up to the flag: `flip_pte 3 0x40001000`.
    pub(crate) command: String,
}

impl Flags {
    /// Flips the flag whose letter is typed, in either case.
    pub(crate) fn handle(&self, stroke: Stroke) -> Reply {
        let Stroke::Type(letter) = stroke else {
            return if stroke == Stroke::Cancel { Reply::Close } else { Reply::Stay };
        };
        let known = LETTERS.iter().find(|(key, ..)| *key == letter.to_ascii_lowercase());
        known.map_or(Reply::Stay, |(_, flag, _)| Reply::Ask(Request::Run(format!("{} {flag}", self.command))))
    }

    /// Flips the flag under the mouse.
    pub(crate) fn click(&self, area: Rect, position: Position) -> Reply {
        let inner = window::inner(place(area));
        let row = position.y.checked_sub(inner.y).filter(|_| inner.contains(position));
        let letter = row.and_then(|row| LETTERS.get(usize::from(row)));
        letter.map_or(Reply::Stay, |(letter, ..)| self.handle(Stroke::Type(*letter)))
    }

    /// Draws the letters and what they stand for.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let title = format!("Flip a flag of {}", self.entry);
        let inner =
            Window { title: &title, hints: &[(Stroke::Cancel, "close")] }.open(place(area), buf, theme);
        for (row, (letter, flag, meaning)) in (0..inner.height).zip(LETTERS) {
            let line = Line::from(vec![
                Span::styled(format!("{letter}  "), theme.key()),
                Span::styled(format!("{flag:<7}"), theme.heading()),
                Span::styled(*meaning, theme.text()),
            ]);
            window::put(inner, row, line, buf);
        }
    }
}

fn place(area: Rect) -> Rect {
    window::corner(area, WIDTH, u16::try_from(LETTERS.len() + 2).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::playground::argument::ArgumentKind;

    use super::*;

    #[test]
    fn every_flag_has_a_letter_of_its_own() {
        let flags: Vec<&str> = LETTERS.iter().map(|(_, flag, _)| *flag).collect();
        let letters: BTreeSet<char> = LETTERS.iter().map(|(letter, ..)| *letter).collect();
        assert_eq!(letters.len(), LETTERS.len());
        for word in ArgumentKind::Flag.words() {
            assert!(flags.contains(&word), "{word} has no letter");
        }
        assert_eq!(flags.len(), ArgumentKind::Flag.words().len());
    }
}
