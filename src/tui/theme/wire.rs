//! Colours as numbers: mixing, contrast, and what ANSI and SVG call them.

use ratatui::buffer::Cell;
use ratatui::style::Color;
use ratatui::style::Modifier;

use crate::tui::theme::Theme;
use crate::tui::theme::palette::Rgb;

/// Returns black or white, whichever reads better on a colour.
pub(in crate::tui) fn on(back: Color) -> Color {
    let Some(rgb) = to_rgb(back) else { return Color::Reset };
    let light = luminance(rgb);
    // WCAG contrast: against white (1.05 / (l + 0.05)) or against black ((l + 0.05) / 0.05).
    let reads_in_white = 1.05 / (light + 0.05) > (light + 0.05) / 0.05;
    match (back, reads_in_white) {
        // The 16 colours keep to the terminal's own black and white.
        (Color::Rgb(..) | Color::Indexed(_), true) => Color::Rgb(0xff, 0xff, 0xff),
        (Color::Rgb(..) | Color::Indexed(_), false) => Color::Rgb(0, 0, 0),
        (_, true) => Color::White,
        (_, false) => Color::Black,
    }
}

/// Returns a colour six tenths of the way to the page.
pub(in crate::tui) fn mix(colour: Color, page: Rgb) -> Color {
    let Some(rgb) = to_rgb(colour) else { return colour };
    let part = |from: u8, to: u8| u8::try_from((u16::from(from) * 4 + u16::from(to) * 6) / 10).unwrap_or(to);
    Color::Rgb(part(rgb.0, page.0), part(rgb.1, page.1), part(rgb.2, page.2))
}

/// Makes a colour of red, green and blue.
pub(in crate::tui) fn from_rgb(rgb: Rgb) -> Color {
    Color::Rgb(rgb.0, rgb.1, rgb.2)
}

/// Returns the relative luminance of WCAG 2, 0 for black and 1 for white.
pub(in crate::tui) fn luminance(rgb: Rgb) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(rgb.0) + 0.7152 * linear(rgb.1) + 0.0722 * linear(rgb.2)
}

/// Returns what a colour looks like, in xterm's palette; nothing for the terminal's default.
pub(in crate::tui) fn to_rgb(colour: Color) -> Option<Rgb> {
    let index = match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some((red, green, blue)),
        Color::Indexed(index) => index,
        named => ansi_index(named),
    };
    Some(indexed(index))
}

/// Returns the SGR parameters of a colour; `ground` is 30 for text, 40 for background.
pub(in crate::tui) fn sgr(colour: Color, ground: u8) -> String {
    match colour {
        Color::Reset => format!("{}", ground + 9),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", ground + 8),
        Color::Indexed(index) => format!("{};5;{index}", ground + 8),
        named => {
            let index = ansi_index(named);
            let code = if index < 8 { ground + index } else { ground + 52 + index };
            code.to_string()
        }
    }
}

impl Theme {
    /// Returns the text colour and the background that the theme was made for, as `#rrggbb`.
    pub(crate) fn default_hex(&self) -> (String, String) {
        (hex(self.palette.ink), hex(self.palette.page))
    }

    /// Returns the text colour and the background of a cell, as `#rrggbb`.
    pub(crate) fn hex_pair(&self, cell: &Cell) -> (String, String) {
        let text = hex(to_rgb(cell.fg).unwrap_or(self.palette.ink));
        let back = hex(to_rgb(cell.bg).unwrap_or(self.palette.page));
        if cell.modifier.contains(Modifier::REVERSED) { (back, text) } else { (text, back) }
    }
}

fn hex(rgb: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", rgb.0, rgb.1, rgb.2)
}

/// Returns where a named colour stands among ANSI's sixteen.
fn ansi_index(named: Color) -> u8 {
    (0..16).zip(NAMED).find(|(_, candidate)| *candidate == named).map_or(0, |(index, _)| index)
}

/// The sixteen named colours, in ANSI order.
const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// xterm's first sixteen colours.
const FIRST_SIXTEEN: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// Returns one of xterm's 256 colours: sixteen, a 6 × 6 × 6 cube, 24 greys.
fn indexed(index: u8) -> Rgb {
    match index {
        0..16 => FIRST_SIXTEEN[usize::from(index)],
        16..232 => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}
