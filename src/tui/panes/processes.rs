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
use crate::tui::theme::glyphs::Sign;
use crate::tui::theme::roles::Marks;
use crate::tui::widgets::bar;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;

/// From this width on, columns are generous.
const WIDE: u16 = 60;
/// The width of the last column: ` kids `.
const CHILDREN: usize = 6;

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
        let step = if list.width >= WIDE { 2 } else { 1 };
        let branches = branches(&self.snapshot.processes, step);
        for (line, index) in (1_u16..).zip(first..self.snapshot.processes.len()).take(height) {
            let row = &self.snapshot.processes[index];
            let is_selected = selected == Some(index);
            let name = Rect { width: u16::try_from(columns.name).unwrap_or(0).min(list.width), ..list };
            let rest = Rect { x: name.right(), width: list.width - name.width, ..list };
            lines::draw_row(name, buf, line, &self.name(row, &branches[index], is_selected, columns.name));
            lines::draw_row(rest, buf, line, &self.numbers(row, is_selected, columns));
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
        let (number, bar) = if width >= usize::from(WIDE) { (9, width / 5) } else { (5, width / 8) };
        let name = width.saturating_sub(3 * number + bar + CHILDREN + 1);
        Columns { name, number, bar }
    }

    fn heading(self) -> String {
        let Columns { name, number, bar } = self;
        format!(
            "{:<name$}{:>number$}{:>number$}{:>number$} {:<bar$} kids ",
            "  process", "quota", "own", "lent", "use"
        )
    }
}

impl Processes<'_> {
    fn selected(&self) -> Option<usize> {
        self.snapshot.processes.iter().position(|row| row.id == self.state.focus.process)
    }

    /// The row's marks, its place in the tree, its sign and its name.
    fn name(&self, row: &ProcessRow, branch: &str, is_selected: bool, width: usize) -> Line<'static> {
        let theme = self.theme;
        let base = if is_selected { theme.selected() } else { theme.text() };
        let sign = |is_set: bool, sign: Sign| if is_set { theme.sign(sign) } else { ' ' };
        let marks = format!("{}{}", sign(is_selected, Sign::Selected), sign(row.is_current, Sign::Current));
        let (chip, chip_style) = theme.cell(Role::Page(row.id), Marks::default());
        // The sign of a process below ten is its id already.
        let id = if row.id < 10 { String::new() } else { format!(" {}", row.id) };
        let stop =
            if row.stopped.is_some() { format!(" {}", theme.sign(Sign::Fault)) } else { String::new() };
        let taken = marks.chars().count() + branch.chars().count() + 1 + id.len() + 1 + stop.len();
        let name = lines::fit(&row.name, width.saturating_sub(taken));
        let padding = width.saturating_sub(taken + Span::raw(&name).width());
        Line::from(vec![
            Span::styled(marks, if is_selected { base } else { theme.key() }),
            Span::styled(branch.to_string(), theme.dim()),
            Span::styled(chip.to_string(), chip_style),
            Span::styled(format!("{id} {name}"), base),
            Span::styled(stop, theme.error()),
            Span::styled(" ".repeat(padding), base),
        ])
    }

    /// What the process may use, uses and lent, in numbers and as a bar.
    fn numbers(&self, row: &ProcessRow, is_selected: bool, columns: Columns) -> Line<'static> {
        let theme = self.theme;
        let base = if is_selected { theme.selected() } else { theme.text() };
        let style = if row.is_changed { base.patch(theme.changed()) } else { base };
        let mut spans = Vec::new();
        for value in [row.quota, row.own, row.lent] {
            let text = fit_number(value, columns.number);
            spans.push(Span::styled(" ".repeat(columns.number.saturating_sub(text.len())), base));
            spans.push(Span::styled(text, style));
        }
        spans.push(Span::raw(" "));
        let free = row.quota.saturating_sub(row.usage);
        spans.extend(bar::quota(theme, columns.bar, row.id, [row.own, row.lent, free]));
        spans.push(Span::styled(format!("  {}/{} ", row.children, row.max_children), base));
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
        let pages = if row.quota == 1 { "page" } else { "pages" };
        let mut said = format!(
            "Process {} may use {} {pages}: {} its own, {} lent, {} free. It has {} of {} children.",
            row.id,
            lines::thousands(u64::from(row.quota)),
            lines::thousands(u64::from(row.own)),
            lines::thousands(u64::from(row.lent)),
            lines::thousands(u64::from(free)),
            row.children,
            row.max_children,
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

/// Returns the lines that lead to each row of a tree, `step` columns a generation: `│ └ `.
fn branches(processes: &[ProcessRow], step: usize) -> Vec<String> {
    // Which ancestors, from the first generation down, have a sibling still to come.
    let mut open: Vec<bool> = Vec::new();
    let mut all = Vec::new();
    for row in processes {
        open.resize(row.depth.min(64) as usize, false);
        let mut branch = String::new();
        if let Some((own, above)) = open.split_last_mut() {
            *own = !row.is_last_child;
            let lines = above.iter().map(|is_open| if *is_open { '│' } else { ' ' });
            let last = if row.is_last_child { '└' } else { '├' };
            // A narrow pane has no space after the line.
            let space = " ".repeat(step - 1);
            branch = lines.chain([last]).flat_map(|line| [line.to_string(), space.clone()]).collect();
        }
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
