//! Pane 2: the two levels of page tables, and what the selected entry does to an address.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::WalkStepView;
use crate::tui::panes::stack;
use crate::tui::panes::stack::Heading;
use crate::tui::panes::stack::Stack;
use crate::tui::panes::vocabulary;
use crate::tui::state::Pane;
use crate::tui::state::TablesLevel;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;
use crate::tui::theme::roles::Marks;
use crate::tui::widgets::grid1024;
use crate::tui::widgets::grid1024::Grid1024;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;
use crate::tui::widgets::words;
use crate::tui::widgets::words::Words;

/// With this many lines about the selection, the whole walk is told.
const ROOMY: u16 = 7;

/// Pane 2.
pub(crate) struct Tables<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

/// What stands under a position of the pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TableTarget {
    DirectoryEntry(u32),
    /// A page, by its number.
    Page(u32),
    Word(u32),
}

impl Widget for &Tables<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let stack = stack::split(pane_frame::inner(area));
        let [upper, lower] = levels(self.state, stack);
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Tables,
            is_focused: self.state.pane == Pane::Tables,
            place: if stack.upper.is_some() { String::new() } else { self.heading(lower) },
            note: format!("process {}", self.state.focus.process),
            legend: self.legend(stack.details, lower),
        };
        frame.render(area, buf);
        if let Some(level) = stack.upper {
            self.draw_heading(level.heading, buf, upper, false);
            self.draw_level(level.body, buf, upper);
            self.draw_heading(stack.lower.heading, buf, lower, true);
        }
        self.draw_level(stack.lower.body, buf, lower);
        lines::draw(stack.details, buf, &self.details_within(stack.details));
    }
}

/// Returns what stands under a position of the pane.
pub(crate) fn target_at(area: Rect, state: &UiState, position: Position) -> Option<TableTarget> {
    let stack = stack::split(pane_frame::inner(area));
    let [upper, lower] = levels(state, stack);
    let above = stack.upper.and_then(|level| cell_at(level.body, state, upper, position));
    above.or_else(|| cell_at(stack.lower.body, state, lower, position))
}

fn cell_at(area: Rect, state: &UiState, level: TablesLevel, position: Position) -> Option<TableTarget> {
    let address = state.focus.address;
    match level {
        TablesLevel::Directory => {
            grid1024::Shape::fit(area, address >> 22).cell_at(position).map(TableTarget::DirectoryEntry)
        }
        TablesLevel::Table => grid1024::Shape::fit(area, address >> 12 & 0x3ff)
            .cell_at(position)
            .map(|cell| TableTarget::Page(address >> 22 << 10 | cell)),
        TablesLevel::Words => words::Shape::fit(area, state.word).word_at(position).map(TableTarget::Word),
    }
}

/// The levels shown: where there is room for two, the directory is always followed by a table.
fn levels(state: &UiState, stack: Stack) -> [TablesLevel; 2] {
    match (state.tables, stack.upper) {
        (TablesLevel::Words, _) => [TablesLevel::Table, TablesLevel::Words],
        (TablesLevel::Directory, None) => [TablesLevel::Directory, TablesLevel::Directory],
        _ => [TablesLevel::Directory, TablesLevel::Table],
    }
}

impl Tables<'_> {
    fn directory_index(&self) -> u32 {
        self.state.focus.address >> 22
    }

    fn table_index(&self) -> u32 {
        self.state.focus.address >> 12 & 0x3ff
    }

    /// Returns the entry that the user stands on.
    fn selected_entry(&self) -> EntryCell {
        let directory = self.snapshot.directory.get(self.directory_index() as usize);
        let table =
            self.snapshot.table.as_ref().and_then(|table| table.entries.get(self.table_index() as usize));
        let entry = if self.state.tables == TablesLevel::Directory { directory } else { table };
        entry.copied().unwrap_or_default()
    }

    fn heading(&self, level: TablesLevel) -> String {
        match level {
            TablesLevel::Directory => {
                format!("directory in frame 0x{:05x}, one cell = 4 MiB", self.snapshot.directory_frame)
            }
            TablesLevel::Table => {
                let frame = self.snapshot.table.as_ref();
                let lies = frame.map_or(String::new(), |table| format!(" in frame 0x{:05x}", table.frame));
                format!("directory → table 0x{:03x}{lies}", self.directory_index())
            }
            TablesLevel::Words => format!(
                "directory → table 0x{:03x} → frame 0x{:05x}",
                self.directory_index(),
                self.state.focus.frame
            ),
        }
    }

    /// The signs' meaning; or the next line about the entry, where that found no room above.
    fn legend(&self, details: Rect, level: TablesLevel) -> Line<'static> {
        match self.details(details.width).into_iter().nth(usize::from(details.height)) {
            Some(mut line) => {
                line.push_span(" ");
                line
            }
            None => vocabulary::legend(self.theme, &self.roles(level)),
        }
    }

    fn draw_heading(&self, area: Rect, buf: &mut Buffer, level: TablesLevel, is_lower: bool) {
        let is_here = level == self.state.tables;
        Heading { theme: self.theme, text: self.heading(level), is_here, is_lower }.render(area, buf);
    }

    fn draw_level(&self, area: Rect, buf: &mut Buffer, level: TablesLevel) {
        match level {
            TablesLevel::Directory => {
                self.draw_entries(area, buf, &self.snapshot.directory, 0, 1 << 22, self.directory_index());
            }
            TablesLevel::Table => {
                let first = self.state.focus.address & 0xffc0_0000;
                match &self.snapshot.table {
                    Some(table) => {
                        self.draw_entries(area, buf, &table.entries, first, 1 << 12, self.table_index());
                    }
                    None => lines::draw(area, buf, &self.no_table(area.width)),
                }
            }
            TablesLevel::Words => {
                let detail = &self.snapshot.frame;
                let words = Words {
                    theme: self.theme,
                    values: &detail.words,
                    changed: &detail.changed_words,
                    selected: self.state.word,
                };
                words.render(area, buf);
            }
        }
    }

    fn draw_entries(
        &self,
        area: Rect,
        buf: &mut Buffer,
        entries: &[EntryCell],
        first_address: u32,
        bytes_per_cell: u32,
        selected: u32,
    ) {
        let cells = (0..).zip(entries).map(|(index, entry)| self.entry(*entry, index == selected)).collect();
        let grid = Grid1024 { theme: self.theme, cells, first_address, bytes_per_cell, selected };
        grid.render(area, buf);
    }

    fn entry(&self, entry: EntryCell, is_selected: bool) -> (char, Style) {
        let marks = Marks {
            is_selected,
            is_changed: entry.is_changed,
            is_faulting: entry.is_faulting,
            is_broken: entry.is_broken,
            is_linked: entry.leads_to_focus,
            is_dimmed: false,
        };
        let role = if rows::entry_frame(entry).is_none() && entry.raw == 0 { Role::Free } else { entry.role };
        let (sign, style) = self.theme.cell(role, marks);
        // An entry with bits in it that is not present keeps a sign of its own.
        let is_unused = rows::entry_frame(entry).is_none() && entry.raw != 0 && !entry.is_faulting;
        if is_unused { (self.theme.sign(Sign::NotPresent), style) } else { (sign, style) }
    }

    fn no_table(&self, width: u16) -> Vec<Line<'static>> {
        let index = self.directory_index();
        let process = self.state.focus.process;
        let address = self.state.focus.address;
        let said = format!(
            "Directory entry 0x{index:03x} of process {process} leads to no page table, so nothing is mapped here. \
             Press : and type  touch {process} write 0x{address:08x}  to have the kernel make one."
        );
        lines::wrap(&said, width, self.theme.dim())
    }

    fn roles(&self, level: TablesLevel) -> BTreeSet<Role> {
        let present = |entries: &[EntryCell]| {
            entries
                .iter()
                .filter(|entry| rows::entry_frame(**entry).is_some())
                .map(|entry| entry.role)
                .collect()
        };
        match level {
            TablesLevel::Directory => present(&self.snapshot.directory),
            TablesLevel::Table => {
                self.snapshot.table.as_ref().map(|table| present(&table.entries)).unwrap_or_default()
            }
            TablesLevel::Words => BTreeSet::from([self.snapshot.frame.role]),
        }
    }
}

/// What the selected entry does to the address.
impl Tables<'_> {
    /// What fits: where there is much room, the whole walk instead of one step.
    fn details_within(&self, area: Rect) -> Vec<Line<'static>> {
        if area.height < ROOMY {
            return self.details(area.width);
        }
        let steps = self.snapshot.walk.steps.iter();
        let mut all = vec![self.split_line()];
        all.extend(steps.flat_map(|step| [self.step_line(step), self.step_verdict(step)]));
        all.extend(self.closing(area.width));
        all
    }

    /// The lines about the selection, the most telling first.
    fn details(&self, width: u16) -> Vec<Line<'static>> {
        let mut all = vec![self.split_line()];
        all.extend(self.selected_step().map(|step| self.step_line(step)));
        all.extend(self.closing(width));
        all
    }

    /// What the entry says and how the walk ends; a fault before everything else.
    fn closing(&self, width: u16) -> Vec<Line<'static>> {
        let mut all = match self.state.tables {
            TablesLevel::Words => vec![self.word_line()],
            TablesLevel::Directory | TablesLevel::Table => vec![self.entry_line()],
        };
        let verdict = lines::wrap_indented(&self.verdict(), width, self.verdict_style());
        let place = if self.snapshot.walk.error.is_some() { 0 } else { all.len() };
        all.splice(place..place, verdict);
        all
    }

    /// The 10/10/12 split, in binary and in hexadecimal, with the part of this level lit.
    fn split_line(&self) -> Line<'static> {
        let address = self.state.focus.address;
        let (directory, table, offset) = (self.directory_index(), self.table_index(), address & 0xfff);
        let parts = [
            (TablesLevel::Directory, format!("{directory:010b}"), format!("0x{directory:03x}")),
            (TablesLevel::Table, format!("{table:010b}"), format!("0x{table:03x}")),
            (TablesLevel::Words, format!("{offset:012b}"), format!("0x{offset:03x}")),
        ];
        let style = |level: TablesLevel| {
            if level == self.state.tables { self.theme.key() } else { self.theme.text() }
        };
        let mut spans = vec![
            Span::styled(format!("{} ", self.theme.sign(Sign::Selected)), self.theme.key()),
            Span::styled(format!("0x{address:08x} ="), self.theme.heading()),
        ];
        spans.extend(parts.iter().map(|(level, bits, _)| Span::styled(format!(" {bits}"), style(*level))));
        spans.push(Span::styled(" =", self.theme.heading()));
        spans.extend(parts.iter().map(|(level, _, index)| Span::styled(format!(" {index}"), style(*level))));
        Line::from(spans)
    }

    fn selected_step(&self) -> Option<&WalkStepView> {
        let steps = &self.snapshot.walk.steps;
        if self.state.tables == TablesLevel::Directory {
            steps.first()
        } else {
            steps.get(1).or(steps.first())
        }
    }

    /// The arithmetic of one step: `0x01003000 + 4·0x100 = 0x01003400`.
    fn step_line(&self, step: &WalkStepView) -> Line<'static> {
        let sum = format!(
            "  {} 0x{:08x} + 4·0x{:03x} = 0x{:08x}",
            step.level, step.base, step.index, step.entry_address
        );
        let holds = format!(" holds 0x{:08x}  {}", step.raw, step.flags);
        Line::from(vec![Span::styled(sum, self.theme.text()), Span::styled(holds, self.theme.heading())])
    }

    fn step_verdict(&self, step: &WalkStepView) -> Line<'static> {
        Line::styled(format!("      {}", lines::printable(&step.verdict)), self.theme.dim())
    }

    fn entry_line(&self) -> Line<'static> {
        let entry = self.selected_entry();
        let (name, index) = match self.state.tables {
            TablesLevel::Directory => ("PDE", self.directory_index()),
            TablesLevel::Table | TablesLevel::Words => ("PTE", self.table_index()),
        };
        let text = match rows::entry_frame(entry) {
            Some(frame) => format!("  → frame 0x{frame:05x}: {}", vocabulary::flag_words(entry.raw)),
            None if entry.raw == 0 => format!("  {name} 0x{index:03x} is empty: not present"),
            None => {
                format!("  {name} 0x{index:03x} is 0x{:08x}: not present, so the rest is ignored", entry.raw)
            }
        };
        Line::styled(text, self.theme.text())
    }

    fn verdict(&self) -> String {
        lines::printable(&self.snapshot.walk.verdict)
    }

    fn verdict_style(&self) -> Style {
        if self.snapshot.walk.error.is_some() { self.theme.error() } else { self.theme.text() }
    }

    fn word_line(&self) -> Line<'static> {
        let index = self.state.word;
        let word = self.snapshot.frame.words.get(index as usize).copied().unwrap_or(0);
        Line::styled(
            format!("  word 0x{index:03x} of the frame: 0x{word:08x} = {word}"),
            self.theme.heading(),
        )
    }
}
