//! The history as a list: choose a step or a mark to go to.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::time_travel::StepRow;
use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::menu::Click;
use crate::tui::overlays::menu::Menu;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;

/// The steps of the branch shown, and what was typed to find one.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    rows: Vec<StepRow>,
    menu: Menu,
}

impl Steps {
    /// Lists steps, the present one selected.
    pub(crate) fn new(rows: Vec<StepRow>, present: u32) -> Self {
        let selected = rows.iter().position(|row| row.step == present).unwrap_or(0);
        Steps { rows, menu: Menu { selected, ..Menu::default() } }
    }

    /// Returns the steps that fit what was typed: a number's start, a mark or a command.
    fn shown(&self) -> Vec<&StepRow> {
        let query = self.menu.line.text().to_lowercase();
        let fits = |row: &&StepRow| {
            let mark = row.mark.as_deref().unwrap_or_default();
            let is_number = row.step.to_string().starts_with(&query);
            is_number || [mark, &row.command].iter().any(|text| text.to_lowercase().contains(&query))
        };
        let mut shown: Vec<&StepRow> = self.rows.iter().filter(fits).collect();
        shown.sort_by_key(|row| row.step.to_string() != query);
        shown
    }

    /// Moves, searches, or goes.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> Reply {
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept => {
                let step = self.shown().get(self.menu.selected).map(|row| row.step);
                return step.map_or(Reply::Stay, |step| Reply::Ask(Request::GoTo(step)));
            }
            _ => {
                let rows = self.shown().len();
                self.menu.handle(stroke, rows);
            }
        }
        Reply::Stay
    }

    /// Puts pasted text into the line.
    pub(crate) fn paste(&mut self, text: &str) {
        self.menu.line.insert(text);
        self.menu.selected = 0;
    }

    /// Returns the window's place, and the part of it that lists the steps.
    fn parts(&self, area: Rect) -> (Rect, Rect) {
        let height = u16::try_from(self.rows.len().saturating_add(3)).unwrap_or(u16::MAX);
        let size = window::place(area, 76, height.max(8));
        (size, window::below(window::inner(size), 1))
    }

    /// Selects the step under the mouse; a second click goes there.
    pub(crate) fn click(&mut self, area: Rect, position: Position) -> Reply {
        let (_, list) = self.parts(area);
        let rows = self.shown().len();
        match self.menu.click(rows, list, position) {
            Click::Chose => self.handle(Stroke::Accept),
            Click::Selected | Click::Missed => Reply::Stay,
        }
    }

    /// Draws the list.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let hints = [(Stroke::Accept, "go"), (Stroke::Cancel, "close")];
        let shown = self.shown();
        let (size, list) = self.parts(area);
        let inner = Window { title: "Go to a step: type its number, mark or command", hints: &hints }
            .open(size, buf, theme);
        self.menu.draw_line("g", inner, buf, theme);
        let lines: Vec<Line<'_>> = shown.iter().map(|row| step_line(row, theme)).collect();
        if lines.is_empty() {
            window::put(list, 0, Line::styled("no step fits", theme.dim()), buf);
        }
        self.menu.draw_rows(&lines, list, buf, theme);
    }
}

fn step_line<'a>(row: &'a StepRow, theme: &Theme) -> Line<'a> {
    let sign = if row.is_broken {
        "×"
    } else if row.has_fault {
        "!"
    } else {
        " "
    };
    let mark = row.mark.as_ref().map(|mark| format!("  [{mark}]")).unwrap_or_default();
    let command = if row.step == 0 { "the start" } else { row.command.as_str() };
    Line::from(vec![
        Span::styled(format!("{:>5} ", row.step), theme.dim()),
        Span::styled(format!("{sign} "), theme.error()),
        Span::styled(command, theme.text()),
        Span::styled(mark, theme.key()),
    ])
}
