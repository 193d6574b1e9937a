//! Holds the palettes to their floors: contrast, and distance for every kind of eye.

use std::fs;
use std::path::Path;

use ratatui::style::Color;
use ratatui::style::Modifier;

use super::*;
use crate::playground::snapshot::Role;
use crate::tui::theme::palette::Rgb;
use crate::tui::theme::roles::Marks;

const DEPTHS: [Depth; 4] = [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::Mono];

fn rgb(colour: Color) -> Rgb {
    wire::to_rgb(colour).unwrap()
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (wire::luminance(one), wire::luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The eleven solid states.
fn states(palette: &Palette) -> Vec<Color> {
    let cells = &palette.cells;
    let mut all = vec![cells.free, cells.firmware, cells.kernel, cells.table, cells.fault];
    all.extend(cells.owners);
    all
}

#[track_caller]
fn check_text(name: ThemeName, depth: Depth, floor: f64) {
    let palette = palette::palette(name, depth);
    let chrome = &palette.chrome;
    for colour in [chrome.dim, chrome.accent, chrome.warning, chrome.error] {
        let ratio = contrast(rgb(colour), palette.page);
        assert!(ratio >= floor, "{name:?} {depth:?}: {colour:?} on the page is {ratio:.1}");
    }
    let faded = palette.cells.owners.map(|owner| (wire::mix(owner, palette.page), 4.5));
    for (back, floor) in states(&palette).into_iter().map(|back| (back, floor)).chain(faded) {
        let ratio = contrast(rgb(wire::on(back)), rgb(back));
        assert!(ratio >= floor, "{name:?} {depth:?}: a sign on {back:?} is {ratio:.1}");
    }
}

#[test]
fn text_and_signs_are_readable() {
    check_text(ThemeName::Dark, Depth::True, 4.5);
    check_text(ThemeName::Dark, Depth::Indexed, 4.5);
    check_text(ThemeName::Light, Depth::True, 4.5);
    check_text(ThemeName::Light, Depth::Indexed, 4.5);
    check_text(ThemeName::Contrast, Depth::True, 6.5);
    check_text(ThemeName::Contrast, Depth::Indexed, 6.5);
}

#[track_caller]
fn check_distance(name: ThemeName, depth: Depth, floor: f64) {
    let states = states(&palette::palette(name, depth));
    for eye in EYES {
        for (i, one) in states.iter().enumerate() {
            for other in &states[i + 1..] {
                let distance = ciede2000(lab(rgb(*one), eye), lab(rgb(*other), eye));
                assert!(
                    distance >= floor,
                    "{name:?} {depth:?}: {one:?} and {other:?} are {distance:.1} apart"
                );
            }
        }
    }
}

#[test]
fn states_stay_apart_for_every_kind_of_eye() {
    check_distance(ThemeName::Dark, Depth::True, 10.5);
    check_distance(ThemeName::Dark, Depth::Indexed, 10.5);
    check_distance(ThemeName::Light, Depth::True, 10.5);
    check_distance(ThemeName::Light, Depth::Indexed, 10.5);
    check_distance(ThemeName::Contrast, Depth::True, 9.5);
    check_distance(ThemeName::Contrast, Depth::Indexed, 9.5);
}

#[test]
fn colours_are_named_in_the_theme_alone() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_str().unwrap().contains("theme") {
                assert!(!fs::read_to_string(&path).unwrap().contains("Color::"), "{}", path.display());
            }
        }
    }
}

#[test]
fn mono_has_no_colour_at_all() {
    let mono = Theme::new(ThemeName::Mono, Depth::True, false);
    for style in every_style(&mono) {
        for colour in [style.fg, style.bg].into_iter().flatten() {
            assert_eq!(colour, Color::Reset);
        }
    }
    let forced = Theme::new(ThemeName::Dark, Depth::Mono, false);
    assert_eq!(every_style(&forced), every_style(&mono));
}

#[test]
fn sixteen_colours_name_only_the_terminals_own() {
    for name in [ThemeName::Dark, ThemeName::Terminal] {
        for style in every_style(&Theme::new(name, Depth::Sixteen, false)) {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{colour:?}");
            }
        }
    }
}

#[test]
fn selected_and_changed_show_without_colour_in_every_theme() {
    for name in ThemeName::ALL {
        for depth in DEPTHS {
            let theme = Theme::new(name, depth, false);
            let marks = Marks { is_selected: true, is_changed: true, ..Marks::default() };
            let (_, style) = theme.cell(Role::Page(1), marks);
            let expected = Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED;
            assert!(style.add_modifier.contains(expected), "{name:?} {depth:?}");
        }
    }
}

#[test]
fn ascii_replaces_every_sign() {
    let theme = Theme::new(ThemeName::Dark, Depth::True, true);
    for sign in Sign::ALL {
        assert!(theme.sign(sign).is_ascii());
    }
    for role in ROLES {
        assert!(theme.cell(role, Marks::default()).0.is_ascii());
    }
}

const ROLES: [Role; 11] = [
    Role::Absent,
    Role::Firmware,
    Role::Kernel,
    Role::Directory(1),
    Role::Free,
    Role::PageTable(2),
    Role::Page(3),
    Role::Shared(4),
    Role::CopyOnWrite(5),
    Role::Orphan(Some(6)),
    Role::Orphan(None),
];

fn every_style(theme: &Theme) -> Vec<Style> {
    let mut styles = vec![
        theme.page(),
        theme.dim(),
        theme.accent(),
        theme.key(),
        theme.heading(),
        theme.warning(),
        theme.error(),
        theme.selected(),
        theme.selected_cell(),
        theme.selected_elsewhere(),
        theme.linked(),
        theme.changed(),
        theme.border(true),
        theme.title(true),
        theme.tab(true),
        theme.fault(),
    ];
    for is_dimmed in [false, true] {
        styles.extend(ROLES.map(|role| theme.role_style(role, is_dimmed)));
    }
    styles
}

/// What each kind of eye makes of linear red, green and blue.
///
/// Machado, Oliveira and Fernandes 2009, severity 1.0: normal, protan, deutan, tritan.
const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// Turns a colour, as an eye sees it, into CIE L*a*b* (D65).
fn lab(rgb: Rgb, eye: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = [rgb.0, rgb.1, rgb.2].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let dot = |row: [f64; 3], by: [f64; 3]| row[0] * by[0] + row[1] * by[1] + row[2] * by[2];
    let seen = eye.map(|row| dot(row, linear).clamp(0.0, 1.0));
    let x = dot([0.412_456_4, 0.357_576_1, 0.180_437_5], seen) / 0.950_47;
    let y = dot([0.212_672_9, 0.715_152_2, 0.072_175_0], seen);
    let z = dot([0.019_333_9, 0.119_192_0, 0.950_304_1], seen) / 1.088_83;
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
}

/// The CIEDE2000 distance: Sharma, Wu and Dalal 2005, with all weights 1.
fn ciede2000(one: [f64; 3], two: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25.0_f64.powi(7))).sqrt();
    let mean_c = f64::midpoint(one[1].hypot(one[2]), two[1].hypot(two[2]));
    let stretch = 1.0 + 0.5 * (1.0 - seventh(mean_c));
    let (a1, a2) = (one[1] * stretch, two[1] * stretch);
    let (c1, c2) = (a1.hypot(one[2]), a2.hypot(two[2]));
    let hue =
        |b: f64, a: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(one[2], a1), hue(two[2], a2));

    let turn = match h2 - h1 {
        _ if c1 * c2 == 0.0 => 0.0,
        difference if difference > 180.0 => difference - 360.0,
        difference if difference < -180.0 => difference + 360.0,
        difference => difference,
    };
    let delta_l = two[0] - one[0];
    let delta_c = c2 - c1;
    let delta_h = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();

    let mean_l = f64::midpoint(one[0], two[0]);
    let mean_c = f64::midpoint(c1, c2);
    let mean_h = match h1 + h2 {
        sum if c1 * c2 == 0.0 => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let cosine = |degrees: f64| degrees.to_radians().cos();
    let t =
        1.0 - 0.17 * cosine(mean_h - 30.0) + 0.24 * cosine(2.0 * mean_h) + 0.32 * cosine(3.0 * mean_h + 6.0)
            - 0.20 * cosine(4.0 * mean_h - 63.0);
    let s_l = 1.0 + 0.015 * (mean_l - 50.0).powi(2) / (20.0 + (mean_l - 50.0).powi(2)).sqrt();
    let s_c = 1.0 + 0.045 * mean_c;
    let s_h = 1.0 + 0.015 * mean_c * t;
    let rotation = 30.0 * (-((mean_h - 275.0) / 25.0).powi(2)).exp();
    let r_t = -2.0 * seventh(mean_c) * (2.0 * rotation).to_radians().sin();
    let (l, c, h) = (delta_l / s_l, delta_c / s_c, delta_h / s_h);
    (l * l + c * c + h * h + r_t * c * h).sqrt()
}

#[test]
fn the_distance_agrees_with_the_papers_table() {
    // Rows 1, 7, 17 and 25 of the table in Sharma, Wu and Dalal.
    let cases = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ];
    for (one, two, expected) in cases {
        let distance = ciede2000(one, two);
        assert!((distance - expected).abs() < 0.0001, "{distance} instead of {expected}");
    }
}
