//! A drawn screen as plain text, as ANSI and as SVG.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use crate::tui::theme::Theme;
use crate::tui::theme::wire;

/// A cell of a picture, in pixels.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 17.0;

/// Returns the signs alone, a line a row, without trailing spaces.
pub(crate) fn text(buf: &Buffer) -> String {
    let mut screen = String::new();
    for row in rows(buf) {
        let line: String = row.iter().map(Cell::symbol).collect();
        screen.push_str(line.trim_end());
        screen.push('\n');
    }
    screen
}

/// Returns the screen for a terminal, without moving the cursor.
pub(crate) fn ansi(buf: &Buffer) -> String {
    let mut screen = String::new();
    for row in rows(buf) {
        for run in runs(row) {
            let symbols: String = run.iter().map(Cell::symbol).collect();
            _ = write!(screen, "\x1b[{}m{symbols}", sgr(&run[0]));
        }
        screen.push_str("\x1b[0m\n");
    }
    screen
}

/// Returns the screen as a picture.
pub(crate) fn svg(buf: &Buffer, theme: &Theme) -> String {
    let (ink, page) = theme.default_hex();
    let (width, height) = (f64::from(buf.area.width) * WIDTH, f64::from(buf.area.height) * HEIGHT);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" font-size=\"14\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{page}\"/>\n<g fill=\"{ink}\">\n"
    );
    for (line, row) in (0_u16..).zip(rows(buf)) {
        let (top, mut left) = (f64::from(line) * HEIGHT, 0.0);
        for run in runs(row) {
            let span = columns(run.len());
            let (fg, bg) = theme.hex_pair(&run[0]);
            if bg != page {
                _ = writeln!(
                    picture,
                    "<rect x=\"{left:.1}\" y=\"{top}\" width=\"{span:.1}\" height=\"{HEIGHT}\" fill=\"{bg}\"/>"
                );
            }
            draw_text(&mut picture, run, (left, top), &fg);
            left += span;
        }
    }
    picture.push_str("</g>\n</svg>\n");
    picture
}

/// Writes a run's words, each at its place: not every program keeps the spaces of a text.
fn draw_text(picture: &mut String, run: &[Cell], (mut left, top): (f64, f64), fg: &str) {
    let (y, looks) = (top + 13.0, looks(&run[0]));
    for word in run.split(|cell| cell.symbol() == " ") {
        let width = columns(word.len());
        if !word.is_empty() {
            let shown = escape(&word.iter().map(Cell::symbol).collect::<String>());
            _ = writeln!(
                picture,
                "<text x=\"{left:.1}\" y=\"{y}\" textLength=\"{width:.1}\" fill=\"{fg}\"{looks}>{shown}</text>"
            );
        }
        left += width + WIDTH;
    }
}

/// Returns how wide a number of cells is in a picture.
fn columns(cells: usize) -> f64 {
    f64::from(u32::try_from(cells).unwrap_or(u32::MAX)) * WIDTH
}

/// Returns the rows of a screen.
fn rows(buf: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buf.content.chunks(usize::from(buf.area.width).max(1))
}

/// Cuts a row where the style changes.
fn runs(row: &[Cell]) -> impl Iterator<Item = &[Cell]> {
    row.chunk_by(|one, two| one.style() == two.style())
}

fn sgr(cell: &Cell) -> String {
    let mut codes = String::from("0");
    for (modifier, code) in [
        (Modifier::BOLD, ";1"),
        (Modifier::DIM, ";2"),
        (Modifier::UNDERLINED, ";4"),
        (Modifier::REVERSED, ";7"),
    ] {
        if cell.modifier.contains(modifier) {
            codes.push_str(code);
        }
    }
    _ = write!(codes, ";{};{}", wire::sgr(cell.fg, 30), wire::sgr(cell.bg, 40));
    codes
}

fn looks(cell: &Cell) -> String {
    let mut looks = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.6\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if cell.modifier.contains(modifier) {
            looks.push_str(attribute);
        }
    }
    looks
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
pub(crate) mod tests {
    use ratatui::style::Style;

    use super::*;
    use crate::tui::theme::depth::Depth;
    use crate::tui::theme::depth::ThemeName;

    /// Returns the screen as text, then its styles: a letter a style and how many cells it runs.
    ///
    /// `a12b3` is twelve cells of style a and three of b; the legend below says what they are.
    pub(crate) fn styled(buf: &Buffer) -> String {
        let mut styles: Vec<Style> = Vec::new();
        let mut map = String::new();
        for row in rows(buf) {
            for run in runs(row) {
                _ = write!(map, "{}{}", letter(&mut styles, run[0].style()), run.len());
            }
            map.push('\n');
        }
        let mut screen = text(buf) + "\n" + &map;
        for (letter, style) in ('a'..).zip(&styles) {
            _ = writeln!(screen, "{letter} {:?} on {:?} {:?}", style.fg, style.bg, style.add_modifier);
        }
        screen
    }

    /// Returns the letter of a style, a new one for a new style.
    fn letter(styles: &mut Vec<Style>, style: Style) -> char {
        let known = styles.iter().position(|known| *known == style);
        let index = known.unwrap_or(styles.len());
        if known.is_none() {
            styles.push(style);
        }
        ('a'..).nth(index).unwrap()
    }

    fn sample() -> Buffer {
        let theme = Theme::new(ThemeName::Dark, Depth::Sixteen, false);
        let mut buf = Buffer::with_lines(["a<b "]);
        buf.set_style(ratatui::layout::Rect::new(1, 0, 2, 1), theme.error());
        buf
    }

    #[test]
    fn text_is_the_signs_alone() {
        assert_eq!(text(&sample()), "a<b\n");
    }

    #[test]
    fn ansi_writes_each_run_once() {
        assert_eq!(ansi(&sample()), "\x1b[0;39;49ma\x1b[0;1;31;49m<b\x1b[0;39;49m \x1b[0m\n");
    }

    #[test]
    fn svg_escapes_what_xml_would_read() {
        let theme = Theme::new(ThemeName::Dark, Depth::Sixteen, false);
        assert!(svg(&sample(), &theme).contains("font-weight=\"bold\">&lt;b</text>"));
    }

    #[test]
    fn a_styled_screen_names_its_runs() {
        let screen = styled(&sample());
        assert!(screen.contains("a1b2a1\n"), "{screen}");
    }
}
