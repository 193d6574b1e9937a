//! Lines of text in an area: as many as fit, never beyond it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

/// Draws lines from the top, as many as fit; one that is too long is cut with a sign.
pub(crate) fn draw(area: Rect, buf: &mut Buffer, lines: &[Line<'_>]) {
    let area = area.intersection(buf.area);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        buf.set_line(area.x, y, &cut(line.clone(), area.width), area.width);
    }
}

/// Draws one line, in a row counted from the area's top.
pub(crate) fn draw_row(area: Rect, buf: &mut Buffer, row: u16, line: &Line<'_>) {
    let area = area.intersection(buf.area);
    if row < area.height {
        buf.set_line(area.x, area.y + row, line, area.width);
    }
}

/// Breaks a sentence between words into lines of one style.
pub(crate) fn wrap(text: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let is_full = lines.last().is_some_and(|line| {
            !line.is_empty() && Span::raw(line).width() + 1 + Span::raw(word).width() > usize::from(width)
        });
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.into_iter().map(|line| Line::styled(printable(&line), style)).collect()
}

/// The same, below a line that begins with a mark: two columns to the right.
pub(crate) fn wrap_indented(text: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    let indent = |line: Line<'static>| Line::styled(format!("  {line}"), style);
    wrap(text, width.saturating_sub(2), style).into_iter().map(indent).collect()
}

/// Cuts a text to a width, with a sign that it was cut.
pub(crate) fn fit(text: &str, width: usize) -> String {
    let text = printable(text);
    if Span::raw(&text).width() <= width {
        return text;
    }
    let mut cut = String::new();
    for sign in text.chars() {
        if Span::raw(&cut).width() + Span::raw(sign.to_string()).width() + 1 > width {
            break;
        }
        cut.push(sign);
    }
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// Cuts a line to a width, with a sign that it was cut.
pub(crate) fn cut(mut line: Line<'_>, width: u16) -> Line<'_> {
    let mut room = usize::from(width);
    if line.width() <= room {
        return line;
    }
    for span in &mut line.spans {
        let needed = span.width();
        if needed >= room {
            *span = Span::styled(fit(&format!("{}…", span.content), room), span.style);
            room = 0;
        }
        room = room.saturating_sub(needed);
    }
    line
}

/// Replaces what a terminal would obey instead of show.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { '·' } else { sign }).collect()
}

/// Writes a number with its thousands apart: `1,048,576`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_breaks_between_words() {
        let lines = wrap("the page is not present", 11, Style::new());
        let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["the page is", "not present"]);
    }

    #[test]
    fn control_characters_are_shown_not_obeyed() {
        assert_eq!(printable("a\u{1b}[2Jb\n"), "a·[2Jb·");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1_048_576].map(thousands), ["0", "999", "1,000", "1,048,576"]);
    }
}
