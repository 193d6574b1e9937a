//! The letters that may follow `f`: which flag of the selected entry to flip.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::argument::ArgumentKind;
use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;

/// What each letter stands for: Intel SDM vol. 3, tables 4-5 and 4-6; S is the mark that
/// this kernel keeps in a bit the hardware leaves to software.
const MEANINGS: &[(&str, &str)] = &[
    ("P", "present"),
    ("W", "writable"),
    ("U", "user may access"),
    ("T", "write-through"),
    ("C", "not cached"),
    ("A", "accessed"),
    ("D", "dirty"),
    ("PS", "4 MiB page"),
    ("S", "shared on purpose"),
    ("COW", "copy on write"),
    ("G", "global"),
];

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
        let letter = letter.to_ascii_uppercase().to_string();
        let is_flag = ArgumentKind::Flag.words().contains(&letter.as_str());
        if is_flag { Reply::Ask(Request::Run(format!("{} {letter}", self.command))) } else { Reply::Stay }
    }

    /// Draws the letters and what they stand for.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let letters = ArgumentKind::Flag.words();
        let height = u16::try_from(letters.len() + 2).unwrap_or(u16::MAX);
        let corner = window::corner(area, 44, height);
        let title = format!("Flip a flag of {}", self.entry);
        let inner = Window { title: &title, hints: &[(Stroke::Cancel, "close")] }.open(corner, buf, theme);
        for (row, letter) in (0..inner.height).zip(letters) {
            let meaning =
                MEANINGS.iter().find(|(known, _)| *known == letter).map_or("", |(_, meaning)| meaning);
            let line = Line::from(vec![
                Span::styled(format!("{letter:<4}"), theme.key()),
                Span::styled(meaning, theme.text()),
            ]);
            window::put(inner, row, line, buf);
        }
    }
}
