//! Pane 1: the tree of processes and what each may use, uses and lent.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::ProcessRow;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::Snapshot;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs;
use crate::tui::theme::glyphs::Sign;
use crate::tui::theme::roles::Marks;
use crate::tui::widgets::bar;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;

/// Pane 1.
pub(crate) struct Processes<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

impl Widget for &Processes<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Processes,
            is_focused: self.state.pane == Pane::Processes,
            place: String::new(),
            note: format!("{} of 64", self.snapshot.processes.len()),
            legend: self.legend(),
        };
        frame.render(area, buf);
        let (list, details) = split(pane_frame::inner(area), self.snapshot);
        let columns = Columns::fit(list.width);
        lines::draw_row(list, buf, 0, &Line::styled(columns.heading(), self.theme.dim()));
        let selected = self.selected();
        let height = usize::from(list.height.saturating_sub(1));
        let first = rows::first_row(selected.unwrap_or(0), self.snapshot.processes.len(), height);
        let branches = branches(&self.snapshot.processes);
        for (line, index) in (1_u16..).zip(first..self.snapshot.processes.len()).take(height) {
            let row = &self.snapshot.processes[index];
            let is_selected = selected == Some(index);
            lines::draw_row(list, buf, line, &self.row(row, &branches[index], is_selected, columns));
        }
        lines::draw(details, buf, &self.details(details.width));
    }
}

/// Returns the process under a position of the pane.
pub(crate) fn process_at(
    area: Rect,
    snapshot: &Snapshot,
    state: &UiState,
    position: Position,
) -> Option<u32> {
    let (list, _) = split(pane_frame::inner(area), snapshot);
    if !list.contains(position) || position.y == list.y {
        return None;
    }
    let selected = snapshot.processes.iter().position(|row| row.id == state.focus.process).unwrap_or(0);
    let first = rows::first_row(selected, snapshot.processes.len(), usize::from(list.height - 1));
    let row = first + usize::from(position.y - list.y - 1);
    snapshot.processes.get(row).map(|row| row.id)
}

/// The list, and below it what there is to say about the selected row.
fn split(inner: Rect, snapshot: &Snapshot) -> (Rect, Rect) {
    let wanted = u16::try_from(snapshot.processes.len()).unwrap_or(u16::MAX).saturating_add(2);
    let details =
        if inner.height < 6 { 0 } else { inner.height.saturating_sub(wanted).clamp(3, inner.height / 2) };
    let list = Rect { height: inner.height - details, ..inner };
    (list, Rect { y: list.bottom(), height: details, ..inner })
}

/// The widths of the columns.
#[derive(Clone, Copy)]
struct Columns {
    name: usize,
    number: usize,
    bar: usize,
}

impl Columns {
    fn fit(width: u16) -> Columns {
        let width = usize::from(width);
        let number = if width >= 60 { 10 } else { 6 };
        let bar = if width >= 60 { width / 5 } else { width / 6 };
        let name = width.saturating_sub(3 * number + bar + 6);
        Columns { name, number, bar }
    }

    fn heading(self) -> String {
        let Columns { name, number, bar } = self;
        let children = if number < 10 { " kids" } else { " children" };
        format!(
            "  {:<name$}{:>number$}{:>number$}{:>number$} {:<bar$}{children}",
            "process",
            "quota",
            "own",
            "lent",
            "use",
            name = name.saturating_sub(2)
        )
    }
}

impl Processes<'_> {
    fn selected(&self) -> Option<usize> {
        self.snapshot.processes.iter().position(|row| row.id == self.state.focus.process)
    }

    fn row(&self, row: &ProcessRow, branch: &str, is_selected: bool, columns: Columns) -> Line<'static> {
        let theme = self.theme;
        let base = if is_selected { theme.selected() } else { theme.text() };
        let numbers = if row.is_changed { base.patch(theme.changed()) } else { base };
        let number = |value: u32| fit_number(value, columns.number);
        let sign = |is_set: bool, sign: Sign| if is_set { theme.sign(sign) } else { ' ' };
        let marks = format!("{}{}", sign(is_selected, Sign::Selected), sign(row.is_current, Sign::Current));
        let (chip, chip_style) = theme.cell(Role::Page(row.id), Marks::default());
        let id = if glyphs::owner(row.id) == char::from_digit(row.id.min(99), 10).unwrap_or(' ') {
            String::new()
        } else {
            format!(" {}", row.id)
        };
        let stop =
            if row.stopped.is_some() { format!(" {}", theme.sign(Sign::Fault)) } else { String::new() };
        let room = columns.name.saturating_sub(2 + branch.chars().count() + 1 + id.len() + 1 + stop.len());
        let name = fit_text(&row.name, room);
        let mut spans = vec![
            Span::styled(marks, if is_selected { base } else { theme.key() }),
            Span::styled(branch.to_string(), theme.dim()),
            Span::styled(chip.to_string(), chip_style),
            Span::styled(format!("{id} {name}"), base),
            Span::styled(stop, theme.error()),
        ];
        let used: usize = spans.iter().map(Span::width).sum();
        spans.push(Span::styled(" ".repeat(columns.name.saturating_sub(used)), base));
        for value in [row.quota, row.own, row.lent] {
            let text = number(value);
            let padding = columns.number.saturating_sub(text.len());
            spans.push(Span::styled(" ".repeat(padding), base));
            spans.push(Span::styled(text, numbers));
        }
        spans.push(Span::raw(" "));
        let free = row.quota.saturating_sub(row.usage);
        spans.extend(bar::quota(theme, columns.bar, row.id, [row.own, row.lent, free]));
        spans.push(Span::styled(format!(" {}/{}", row.children, row.max_children), base));
        Line::from(spans)
    }

    fn details(&self, width: u16) -> Vec<Line<'static>> {
        let Some(row) = self.selected().map(|index| &self.snapshot.processes[index]) else {
            return lines::wrap(
                "There is no process yet. Press : and type  spawn 0 16  to make one.",
                width,
                self.theme.dim(),
            );
        };
        let free = row.quota.saturating_sub(row.usage);
        let mut said = format!(
            "Process {} may use {} pages: {} are its own, {} lent to {} of {} children, {} free.",
            row.id,
            lines::thousands(u64::from(row.quota)),
            lines::thousands(u64::from(row.own)),
            lines::thousands(u64::from(row.lent)),
            row.children,
            row.max_children,
            lines::thousands(u64::from(free)),
        );
        if row.is_current {
            said.push_str(" CR3 holds its directory.");
        }
        let mut all = Vec::new();
        if let Some(reason) = &row.stopped {
            let mark = self.theme.sign(Sign::Fault);
            all.extend(lines::wrap(
                &format!("{mark} Stopped: {}", lines::printable(reason)),
                width,
                self.theme.error(),
            ));
        }
        all.extend(lines::wrap(&said, width, self.theme.text()));
        all
    }

    fn legend(&self) -> Line<'static> {
        let part = |sign: Sign, meaning: &str| {
            [
                Span::styled(format!(" {}", self.theme.sign(sign)), self.theme.text()),
                Span::styled(format!(" {meaning} "), self.theme.dim()),
            ]
        };
        let mut spans = Vec::new();
        spans.extend(part(Sign::BarOwn, "own"));
        spans.extend(part(Sign::BarLent, "lent"));
        spans.extend(part(Sign::BarFree, "free"));
        spans.extend(part(Sign::Current, "in CR3"));
        Line::from(spans)
    }
}

/// Returns the lines that lead to each row of a tree: `│ └ `.
fn branches(processes: &[ProcessRow]) -> Vec<String> {
    let mut open: Vec<bool> = Vec::new();
    let mut all = Vec::new();
    for row in processes {
        let depth = row.depth.min(64) as usize;
        open.resize(depth, false);
        let Some((last, above)) = open.split_last_mut() else {
            all.push(String::new());
            continue;
        };
        *last = !row.is_last_child;
        let mut branch: String = above.iter().map(|is_open| if *is_open { "│ " } else { "  " }).collect();
        branch.push_str(if row.is_last_child { "└ " } else { "├ " });
        all.push(branch);
    }
    all
}

/// Writes a number with its thousands apart if that fits.
fn fit_number(value: u32, width: usize) -> String {
    let grouped = lines::thousands(u64::from(value));
    if grouped.len() < width {
        return grouped;
    }
    let plain = value.to_string();
    if plain.len() < width { plain } else { format!("{}k", value / 1000) }
}

/// Cuts a text to a width, with a sign that it was cut.
fn fit_text(text: &str, width: usize) -> String {
    let text = lines::printable(text);
    if Span::raw(&text).width() <= width {
        return text;
    }
    let mut cut = String::new();
    for sign in text.chars() {
        if Span::raw(&cut).width() + Span::raw(sign.to_string()).width() + 1 > width {
            break;
        }
        cut.push(sign);
    }
    if width > 0 {
        cut.push('…');
    }
    cut
}
