//! The colour tables: one a theme and depth, each made by hand.
//!
//! The nearest of 256 colours is not good enough: it brings orange and green within
//! reach of each other for a tritanopic eye. So every rung of the ladder has its own
//! row here, and the tests beside `theme.rs` measure all of them.

use ratatui::style::Color;

use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

/// Red, green and blue.
pub(crate) type Rgb = (u8, u8, u8);

/// Everything a theme colours.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Palette {
    /// The background that the colours were chosen for.
    pub(in crate::tui) page: Rgb,
    /// The text colour that goes with it.
    pub(in crate::tui) ink: Rgb,
    /// Does the theme paint its page, or leave the terminal's background alone?
    pub(in crate::tui) paints_page: bool,
    /// The chrome around the data.
    pub(in crate::tui) chrome: Chrome,
    /// The backgrounds of the data cells.
    pub(in crate::tui) cells: Cells,
}

/// Colours of text, titles and borders.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Chrome {
    /// Less important text and the borders of panes that are not in focus.
    pub(in crate::tui) dim: Color,
    /// The pane in focus, and keys.
    pub(in crate::tui) accent: Color,
    /// Something to notice.
    pub(in crate::tui) warning: Color,
    /// Something wrong.
    pub(in crate::tui) error: Color,
}

/// Backgrounds of data cells, one a state.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Cells {
    pub(in crate::tui) free: Color,
    pub(in crate::tui) firmware: Color,
    pub(in crate::tui) kernel: Color,
    /// Six colours for the processes; later ones share them and differ by glyph.
    pub(in crate::tui) owners: [Color; 6],
    pub(in crate::tui) table: Color,
    pub(in crate::tui) fault: Color,
}

/// Returns the table of one theme at one depth.
pub(in crate::tui) fn palette(name: ThemeName, depth: Depth) -> Palette {
    match (name, depth) {
        (ThemeName::Mono, _) | (_, Depth::Mono) => MONO,
        (ThemeName::Light, Depth::True) => LIGHT,
        (ThemeName::Light, Depth::Indexed) => LIGHT_INDEXED,
        (ThemeName::Light, Depth::Sixteen) => Palette { page: LIGHT.page, ink: LIGHT.ink, ..SIXTEEN },
        (ThemeName::Contrast, Depth::True) => CONTRAST,
        (ThemeName::Contrast, Depth::Indexed) => CONTRAST_INDEXED,
        (ThemeName::Contrast, Depth::Sixteen) => {
            Palette { page: CONTRAST.page, ink: CONTRAST.ink, ..SIXTEEN }
        }
        (ThemeName::Terminal, _) | (ThemeName::Dark, Depth::Sixteen) => SIXTEEN,
        (ThemeName::Dark, Depth::Indexed) => DARK_INDEXED,
        (ThemeName::Dark, Depth::True) => DARK,
    }
}

// Okabe and Ito's colours, with a violet that stays apart from them for colour-blind eyes.
const DARK: Palette = Palette {
    page: (0x14, 0x16, 0x1b),
    ink: (0xe6, 0xe8, 0xec),
    paints_page: false,
    chrome: Chrome {
        dim: hex(0x8b_919c),
        accent: hex(0x4f_d0dd),
        warning: hex(0xf0_c53c),
        error: hex(0xff_7259),
    },
    cells: Cells {
        free: hex(0x23_272f),
        firmware: hex(0x6b_7079),
        kernel: hex(0x00_72b2),
        owners: [
            hex(0xe6_9f00),
            hex(0x56_b4e9),
            hex(0x00_9e73),
            hex(0xcc_79a7),
            hex(0xf0_e442),
            hex(0xa6_64fe),
        ],
        table: hex(0xf5_f5f5),
        fault: hex(0xe8_450a),
    },
};

const DARK_INDEXED: Palette = Palette {
    chrome: Chrome {
        dim: Color::Indexed(246),
        accent: Color::Indexed(80),
        warning: Color::Indexed(221),
        error: Color::Indexed(209),
    },
    cells: Cells {
        free: Color::Indexed(232),
        firmware: Color::Indexed(242),
        kernel: Color::Indexed(24),
        owners: [
            Color::Indexed(208),
            Color::Indexed(153),
            Color::Indexed(36),
            Color::Indexed(139),
            Color::Indexed(191),
            Color::Indexed(129),
        ],
        table: Color::Indexed(251),
        fault: Color::Indexed(160),
    },
    ..DARK
};

const LIGHT: Palette = Palette {
    page: (0xfa, 0xfa, 0xfa),
    ink: (0x1c, 0x1e, 0x22),
    paints_page: false,
    chrome: Chrome {
        dim: hex(0x5f_646d),
        accent: hex(0x00_6878),
        warning: hex(0x85_5a00),
        error: hex(0xb8_2c00),
    },
    cells: Cells {
        free: hex(0xe4_e6ea),
        firmware: hex(0x8b_9097),
        kernel: hex(0x0b_4f8a),
        owners: [
            hex(0xd9_8c00),
            hex(0x3f_9fd6),
            hex(0x00_805c),
            hex(0x76_425b),
            hex(0xb4_9a75),
            hex(0x6b_66e0),
        ],
        table: hex(0x1c_1e22),
        fault: hex(0xd0_3a00),
    },
};

const LIGHT_INDEXED: Palette = Palette {
    chrome: Chrome {
        dim: Color::Indexed(241),
        accent: Color::Indexed(24),
        warning: Color::Indexed(94),
        error: Color::Indexed(124),
    },
    cells: Cells {
        free: Color::Indexed(254),
        firmware: Color::Indexed(102),
        kernel: Color::Indexed(25),
        owners: [
            Color::Indexed(208),
            Color::Indexed(74),
            Color::Indexed(65),
            Color::Indexed(89),
            Color::Indexed(144),
            Color::Indexed(99),
        ],
        table: Color::Indexed(235),
        fault: Color::Indexed(124),
    },
    ..LIGHT
};

const CONTRAST: Palette = Palette {
    page: (0, 0, 0),
    ink: (0xff, 0xff, 0xff),
    paints_page: true,
    chrome: Chrome {
        dim: hex(0xd0_d0d0),
        accent: hex(0x5f_ffff),
        warning: hex(0xff_ff5f),
        error: hex(0xff_8f73),
    },
    cells: Cells {
        free: hex(0x00_0000),
        firmware: hex(0x4a_4a4a),
        kernel: hex(0x00_3fb8),
        owners: [
            hex(0xff_ba2a),
            hex(0x68_e8ff),
            hex(0x00_c896),
            hex(0xf5_88cc),
            hex(0xfe_ff00),
            hex(0xb4_82ff),
        ],
        table: hex(0xff_ffff),
        fault: hex(0xff_5a1f),
    },
};

const CONTRAST_INDEXED: Palette = Palette {
    chrome: Chrome {
        dim: Color::Indexed(252),
        accent: Color::Indexed(87),
        warning: Color::Indexed(227),
        error: Color::Indexed(209),
    },
    cells: Cells {
        free: Color::Indexed(16),
        firmware: Color::Indexed(239),
        kernel: Color::Indexed(19),
        owners: [
            Color::Indexed(214),
            Color::Indexed(117),
            Color::Indexed(36),
            Color::Indexed(205),
            Color::Indexed(226),
            Color::Indexed(141),
        ],
        table: Color::Indexed(231),
        fault: Color::Indexed(202),
    },
    ..CONTRAST
};

const SIXTEEN: Palette = Palette {
    page: DARK.page,
    ink: DARK.ink,
    paints_page: false,
    chrome: Chrome { dim: Color::DarkGray, accent: Color::Cyan, warning: Color::Yellow, error: Color::Red },
    cells: Cells {
        free: Color::Reset,
        firmware: Color::DarkGray,
        kernel: Color::Blue,
        owners: [
            Color::Yellow,
            Color::Cyan,
            Color::Green,
            Color::Magenta,
            Color::LightYellow,
            Color::LightMagenta,
        ],
        table: Color::White,
        fault: Color::Red,
    },
};

// `Color::Reset` everywhere: under NO_COLOR crossterm 0.29 writes a reset in place of
// a colour, which would wipe bold and reverse; with no colour to write, nothing is lost.
const MONO: Palette = Palette {
    page: (0xff, 0xff, 0xff),
    ink: (0, 0, 0),
    paints_page: false,
    chrome: Chrome { dim: Color::Reset, accent: Color::Reset, warning: Color::Reset, error: Color::Reset },
    cells: Cells {
        free: Color::Reset,
        firmware: Color::Reset,
        kernel: Color::Reset,
        owners: [Color::Reset; 6],
        table: Color::Reset,
        fault: Color::Reset,
    },
};

const fn hex(rgb: u32) -> Color {
    Color::from_u32(rgb)
}
