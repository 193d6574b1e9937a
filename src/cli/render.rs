//! `certiscope render`: draws the screen of a saved state without a terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::cli::arguments::Format;
use crate::cli::arguments::RenderArguments;
use crate::cli::open;
use crate::cli::report::Report;
use crate::cli::report::Usage;
use crate::tui::app::App;
use crate::tui::key_file::Overrides;
use crate::tui::keymap::Keymap;
use crate::tui::render;
use crate::tui::screen;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

/// Draws what the playground shows first.
pub(in crate::cli) fn run(arguments: &RenderArguments) -> Result<Report, Usage> {
    let playground = open::playground(&arguments.save)?;
    let theme = theme(&arguments.theme);
    let (width, height) = arguments.size;
    let area = Rect::new(0, 0, width, height);
    let app = App::new(playground, theme, Keymap::new(&Overrides::new()));
    let mut buf = Buffer::empty(area);
    screen::draw(&app, area, &mut buf);
    Ok(Report::holds(match arguments.format {
        Format::Text => render::text(&buf),
        Format::Ansi => render::ansi(&buf),
        Format::Svg => render::svg(&buf, &app.theme),
    }))
}

/// Returns a theme with every colour it has; nobody is there to say how many are seen.
fn theme(name: &str) -> Theme {
    let name = ThemeName::find(name).unwrap_or_default();
    let depth = match name {
        ThemeName::Mono => Depth::Mono,
        ThemeName::Terminal => Depth::Sixteen,
        _ => Depth::True,
    };
    Theme::new(name, depth, false)
}
