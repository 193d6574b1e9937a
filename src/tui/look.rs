//! Which theme, and how many colours: what was asked for, else what the terminal says.

use std::io;
use std::io::IsTerminal;
use std::time::Duration;

use color_eyre::eyre;
use color_eyre::eyre::eyre;
use terminal_colorsaurus::QueryOptions;
use terminal_colorsaurus::ThemeMode;

use crate::playground::nearest;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

/// A terminal that has not told its background by now is taken for a dark one.
const ANSWER_TIME: Duration = Duration::from_millis(150);
/// The names of `--color`, and what they mean.
const DEPTHS: &[(&str, Depth)] =
    &[("true", Depth::True), ("256", Depth::Indexed), ("16", Depth::Sixteen), ("none", Depth::Mono)];

/// Refuses to draw where nothing could be seen.
pub(crate) fn require_terminal() -> eyre::Result<()> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if is_terminal && !is_dumb {
        return Ok(());
    }
    let why = if is_dumb { "the terminal is dumb (TERM=dumb)" } else { "this is no terminal" };
    Err(eyre!("{why}, so there is nowhere to draw; `--plain` is the same playground, line by line"))
}

/// Returns the theme for `--theme`, `--color` and `--ascii`.
///
/// Must be called before the alternate screen is entered and before anybody reads keys,
/// because the terminal's answer comes in among them.
pub(crate) fn choose(theme: &str, color: &str, is_ascii: bool) -> eyre::Result<Theme> {
    let depth = match color {
        "auto" => Depth::detect(|name| std::env::var(name).ok()),
        name => one_of("color", name, DEPTHS)?,
    };
    let name = match theme {
        _ if depth == Depth::Mono => ThemeName::Mono,
        "auto" => background(),
        name => one_of("theme", name, &ThemeName::ALL.map(|theme| (theme.as_str(), theme)))?,
    };
    Ok(Theme::new(name, depth, is_ascii))
}

/// Asks the terminal for its background (OSC 11), once.
fn background() -> ThemeName {
    let mut options = QueryOptions::default();
    options.timeout = ANSWER_TIME;
    match terminal_colorsaurus::theme_mode(options) {
        Ok(ThemeMode::Light) => ThemeName::Light,
        Ok(ThemeMode::Dark) | Err(_) => ThemeName::Dark,
    }
}

fn one_of<T: Copy>(what: &str, name: &str, known: &[(&str, T)]) -> eyre::Result<T> {
    if let Some((_, value)) = known.iter().find(|(known, _)| *known == name) {
        return Ok(*value);
    }
    let names = known.iter().map(|(name, _)| *name);
    let hint = nearest::nearest(name, names.clone()).map(|hint| format!("; did you mean `{hint}`?"));
    let all = names.collect::<Vec<_>>().join(", ");
    Err(eyre!("there is no {what} `{name}`{}", hint.unwrap_or_else(|| format!("; there are auto, {all}"))))
}
