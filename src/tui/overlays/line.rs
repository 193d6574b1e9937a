//! A line of text that can be edited.

use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::overlays::stroke::Stroke;
use crate::tui::theme::Theme;

/// Longer lines than this are no command.
const LONGEST: usize = 400;

/// A line, and the cursor in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct LineEditor {
    letters: Vec<char>,
    /// Before which letter the cursor stands.
    cursor: usize,
    /// Is the text only an offer, which the first letter typed replaces?
    is_offer: bool,
}

impl LineEditor {
    /// Starts with a text, the cursor behind it.
    pub(crate) fn new(text: &str) -> Self {
        let mut line = LineEditor::default();
        line.insert(text);
        line
    }

    /// Starts with a text that typing replaces and moving the cursor keeps.
    pub(crate) fn offer(text: &str) -> Self {
        LineEditor { is_offer: true, ..LineEditor::new(text) }
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Replaces the text; the cursor stands behind it.
    pub(crate) fn set(&mut self, text: &str) {
        *self = LineEditor::new(text);
    }

    /// Puts text at the cursor; control characters are left out.
    pub(crate) fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.is_offer) {
            self.delete_from(0);
        }
        let room = LONGEST.saturating_sub(self.letters.len());
        for letter in text.chars().filter(|letter| !letter.is_control()).take(room) {
            self.letters.insert(self.cursor, letter);
            self.cursor += 1;
        }
    }

    /// Edits the line; says whether the text changed.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> bool {
        if let Stroke::Type(letter) = stroke {
            let before = self.text();
            self.insert(letter.encode_utf8(&mut [0; 4]));
            return self.text() != before;
        }
        self.is_offer = false;
        let length = self.letters.len();
        match stroke {
            Stroke::Left => self.cursor = self.cursor.saturating_sub(1),
            Stroke::Right => self.cursor = (self.cursor + 1).min(self.letters.len()),
            Stroke::Home => self.cursor = 0,
            Stroke::End => self.cursor = self.letters.len(),
            Stroke::Backspace => self.delete_from(self.cursor.saturating_sub(1)),
            Stroke::Delete if self.cursor < length => _ = self.letters.remove(self.cursor),
            Stroke::DeleteLine => self.delete_from(0),
            Stroke::DeleteWord => self.delete_from(self.start_of_word()),
            _ => {}
        }
        self.letters.len() != length
    }

    /// Returns the part of the line that fits, with the cursor shown if it is in use.
    pub(crate) fn draw(&self, width: u16, is_active: bool, theme: &Theme) -> Line<'static> {
        if !is_active {
            return Line::styled(self.text(), theme.text());
        }
        let first = (self.cursor + 1).saturating_sub(usize::from(width));
        let before: String = self.letters[first.min(self.cursor)..self.cursor].iter().collect();
        let under = self.letters.get(self.cursor).copied().unwrap_or(' ');
        let after: String = self.letters.iter().skip(self.cursor + 1).collect();
        let style = if self.is_offer { theme.linked() } else { theme.text() };
        Line::from(vec![
            Span::styled(before, style),
            Span::styled(under.to_string(), theme.selected()),
            Span::styled(after, theme.text()),
        ])
    }

    fn delete_from(&mut self, start: usize) {
        self.letters.drain(start..self.cursor);
        self.cursor = start;
    }

    fn start_of_word(&self) -> usize {
        let is_space = |at: &usize| self.letters[*at] == ' ';
        let word_end = (0..self.cursor).rev().find(|at| !is_space(at)).map_or(0, |at| at + 1);
        (0..word_end).rev().find(is_space).map_or(0, |at| at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edits `text`, whose `|` is the cursor, and shows the result likewise.
    #[track_caller]
    fn check(text: &str, strokes: &[Stroke], expected: &str) {
        let (before, after) = text.split_once('|').unwrap();
        let mut line = LineEditor::new(&format!("{before}{after}"));
        line.cursor = before.chars().count();
        for stroke in strokes {
            line.handle(*stroke);
        }
        let mut shown = line.letters.clone();
        shown.insert(line.cursor, '|');
        assert_eq!(shown.into_iter().collect::<String>(), expected);
    }

    #[test]
    fn letters_go_in_at_the_cursor() {
        check("ab|d", &[Stroke::Type('c'), Stroke::Right, Stroke::Type('é')], "abcdé|");
    }

    #[test]
    fn deleting_stops_at_the_ends() {
        check("|ab", &[Stroke::Backspace, Stroke::Delete], "|b");
        check("ab|", &[Stroke::Delete, Stroke::Backspace], "a|");
        check("ab|cd", &[Stroke::DeleteLine], "|cd");
        check("touch 3  |x", &[Stroke::DeleteWord], "touch |x");
        check("one|", &[Stroke::DeleteWord, Stroke::DeleteWord], "|");
    }

    #[test]
    fn the_first_letter_replaces_an_offer_and_moving_keeps_it() {
        let mut line = LineEditor::offer("12");
        line.handle(Stroke::Type('3'));
        assert_eq!(line.text(), "3");
        let mut line = LineEditor::offer("12");
        line.handle(Stroke::End);
        line.handle(Stroke::Type('3'));
        assert_eq!(line.text(), "123");
    }

    #[test]
    fn pasted_control_characters_are_left_out() {
        let mut line = LineEditor::default();
        line.insert("a\n\x1b[31mb");
        assert_eq!(line.text(), "a[31mb");
    }
}
