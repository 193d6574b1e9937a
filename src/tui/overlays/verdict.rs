//! What a command would do, told before it is done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::playground::Playground;
use crate::playground::command::Command;
use crate::playground::outcome::Preview;
use crate::tui::overlays::window;
use crate::tui::theme::Theme;

/// What would come of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// It is no command yet; what is missing or wrong.
    Unreadable(String),
    /// It would be refused; why.
    Refused(String),
    /// It would be done; what would change.
    Would(Preview),
}

/// Tries a line on a copy of the world.
pub(crate) fn judge(playground: &Playground, line: &str) -> Verdict {
    match Command::parse(line) {
        Err(error) => Verdict::Unreadable(error.to_string()),
        Ok(command) => match playground.preview(&command) {
            Err(error) => Verdict::Refused(error.to_string()),
            Ok(preview) => Verdict::Would(preview),
        },
    }
}

impl Verdict {
    /// Draws the verdict: what happens, what breaks, what changes, as far as there is room.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut lines: Vec<(String, Style)> = Vec::new();
        let mut say = |text: &str, style: Style| {
            lines.extend(window::wrap(text, area.width).into_iter().map(|line| (line, style)));
        };
        match self {
            Verdict::Unreadable(why) => say(why, theme.warning()),
            Verdict::Refused(why) => say(&format!("! refused: {why}"), theme.error()),
            Verdict::Would(preview) => {
                say(&preview.sentence, theme.heading());
                preview.broken.iter().for_each(|name| say(&format!("× would break {name}"), theme.error()));
                preview.changes.iter().for_each(|change| say(&change.text, theme.text()));
                if preview.changes.is_empty() {
                    say("nothing changes", theme.dim());
                }
            }
        }
        draw_with_rest(&lines, area, buf, theme);
    }
}

/// Draws lines; the last row counts those that found no room.
fn draw_with_rest(lines: &[(String, Style)], area: Rect, buf: &mut Buffer, theme: &Theme) {
    let room = usize::from(area.height);
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    for (row, (text, style)) in (0..area.height).zip(&lines[..shown]) {
        window::put(area, row, Line::styled(text.as_str(), *style), buf);
    }
    if shown < lines.len() {
        let rest = Line::styled(format!("… {} more lines", lines.len() - shown), theme.dim());
        window::put(area, area.height.saturating_sub(1), rest, buf);
    }
}
