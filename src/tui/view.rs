//! Drawing the body: a function of (snapshot, state, theme), the same every time.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::Snapshot;
use crate::tui::layout;
use crate::tui::layout::SizeClass;
use crate::tui::panes::changes::Changes;
use crate::tui::panes::frames::Frames;
use crate::tui::panes::machine::Machine;
use crate::tui::panes::processes::Processes;
use crate::tui::panes::tables::Tables;
use crate::tui::panes::trace::Trace;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines;

/// Draws everything between the shell's header and its footer.
pub(crate) fn draw(area: Rect, buf: &mut Buffer, snapshot: &Snapshot, state: &UiState, theme: &Theme) {
    let area = area.intersection(buf.area);
    buf.set_style(area, theme.page());
    let arrangement = layout::arrange(area, state);
    if arrangement.class == SizeClass::Tiny {
        draw_card(area, buf, theme, (area.width, area.height.saturating_add(layout::SHELL_ROWS)));
    }
    if let Some(tabs) = arrangement.tabs {
        draw_tabs(tabs, buf, state, theme);
    }
    for (pane, area) in arrangement.panes {
        draw_pane(pane, area, buf, snapshot, state, theme);
    }
    theme.finish(area, buf);
}

fn draw_pane(pane: Pane, area: Rect, buf: &mut Buffer, snapshot: &Snapshot, state: &UiState, theme: &Theme) {
    match pane {
        Pane::Processes => (&Processes { snapshot, state, theme }).render(area, buf),
        Pane::Tables => (&Tables { snapshot, state, theme }).render(area, buf),
        Pane::Frames => (&Frames { snapshot, state, theme }).render(area, buf),
        Pane::Machine => (&Machine { snapshot, state, theme }).render(area, buf),
        Pane::Trace => (&Trace { snapshot, state, theme }).render(area, buf),
        Pane::Changes => (&Changes { snapshot, state, theme }).render(area, buf),
    }
}

fn draw_tabs(tabs: Rect, buf: &mut Buffer, state: &UiState, theme: &Theme) {
    for (pane, area) in layout::tab_spans(tabs) {
        let is_active = pane == state.pane;
        let key = if is_active { theme.tab(true) } else { theme.key() };
        let line = Line::from(vec![
            Span::styled(format!(" {}", pane.key()), key),
            Span::styled(format!(" {} ", pane.name()), theme.tab(is_active)),
        ]);
        lines::draw_row(area, buf, 0, &line);
    }
}

/// Says how much room is needed, where there is too little.
pub(crate) fn draw_card(area: Rect, buf: &mut Buffer, theme: &Theme, terminal: (u16, u16)) {
    let area = area.intersection(buf.area);
    let (width, height) = layout::SMALLEST;
    let said = format!("certiscope needs {width}x{height}; this is {}x{}.", terminal.0, terminal.1);
    let card = lines::wrap(&said, area.width, theme.warning());
    let top = area.y + (area.height / 2).saturating_sub(1);
    let centre = Rect { y: top, height: area.bottom() - top, ..area };
    lines::draw(centre, buf, &card);
}
