//! How many colours the terminal has, and how a theme is asked for by name.

/// A rung of the colour ladder; each has its own hand-made table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Depth {
    /// 16 million colours.
    True,
    /// The 256 indexed colours.
    Indexed,
    /// The terminal's own 16.
    Sixteen,
    /// None: bold, underline, reverse and glyphs carry everything.
    Mono,
}

impl Depth {
    /// Returns what the environment says of the terminal.
    ///
    /// `variable` looks one environment variable up, so that a test needs no environment.
    pub(crate) fn detect(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let value = |name: &str| variable(name).unwrap_or_default();
        let term = value("TERM");
        if !value("NO_COLOR").is_empty() {
            Depth::Mono
        } else if matches!(value("COLORTERM").as_str(), "truecolor" | "24bit")
            || !value("WT_SESSION").is_empty()
            || term.contains("-direct")
        {
            Depth::True
        } else if ["256color", "tmux", "screen"].iter().any(|part| term.contains(part)) {
            Depth::Indexed
        } else {
            Depth::Sixteen
        }
    }
}

/// The themes that come with the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum ThemeName {
    /// For a dark terminal.
    #[default]
    Dark,
    /// For a light terminal and a bright room.
    Light,
    /// Black and white, with states at the ends of the lightness scale.
    Contrast,
    /// No colour at all.
    Mono,
    /// The terminal's own 16 colours on its own background.
    Terminal,
}

impl ThemeName {
    /// Every theme, in the order a chooser shows them.
    pub(crate) const ALL: [ThemeName; 5] =
        [ThemeName::Dark, ThemeName::Light, ThemeName::Contrast, ThemeName::Mono, ThemeName::Terminal];

    /// Returns the name a user types.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::Contrast => "contrast",
            ThemeName::Mono => "mono",
            ThemeName::Terminal => "terminal",
        }
    }

    /// Finds the theme a user named.
    pub(crate) fn find(name: &str) -> Option<ThemeName> {
        ThemeName::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(environment: &[(&str, &str)], expected: Depth) {
        let lookup = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_string())
        };
        assert_eq!(Depth::detect(lookup), expected);
    }

    #[test]
    fn the_environment_names_the_depth() {
        check(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True);
        check(&[("TERM", "xterm-256color")], Depth::Indexed);
        check(&[("TERM", "tmux-256color"), ("COLORTERM", "")], Depth::Indexed);
        check(&[("TERM", "linux")], Depth::Sixteen);
        check(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::Mono);
        check(&[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Sixteen);
    }

    #[test]
    fn every_theme_is_found_by_its_name() {
        for theme in ThemeName::ALL {
            assert_eq!(ThemeName::find(theme.as_str()), Some(theme));
        }
        assert_eq!(ThemeName::find("solarized"), None);
    }
}
