//! Pane 4: registers with their flags, and the TLB, stale entries included.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::RegisterRow;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::TlbRow;
use crate::tui::overlays::window;
use crate::tui::state::MachineCursor;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
use crate::tui::state::rows;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;
use crate::tui::widgets::lines;
use crate::tui::widgets::pane_frame;
use crate::tui::widgets::pane_frame::PaneFrame;

/// The set's number before its ways.
const SET: u16 = 3;
/// A way with the page alone: `40001≠ `.
const NARROW_WAY: u16 = 7;
/// A way with page, frame and flags: `40001→40005 WUD≠ `.
const WIDE_WAY: u16 = 18;
/// From this width on, registers and TLB stand side by side.
const SIDE_BY_SIDE: u16 = 72;

/// Pane 4.
pub(crate) struct Machine<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

/// Where the parts of the pane stand.
#[derive(Clone, Copy)]
struct Parts {
    registers: Rect,
    tlb: Rect,
    details: Rect,
}

impl Parts {
    fn fit(area: Rect, snapshot: &Snapshot) -> Parts {
        let mut rest = pane_frame::inner(area);
        let rows = u16::try_from(snapshot.machine.registers.len()).unwrap_or(8) + 2;
        if rest.width >= SIDE_BY_SIDE {
            let narrow = SET + NARROW_WAY * ways(snapshot) + 1;
            let wide = SET + WIDE_WAY * ways(snapshot) + 1;
            let tlb_width = if rest.width >= wide + 44 { wide } else { narrow.min(rest.width / 2) };
            let left = Rect { width: rest.width - tlb_width, ..rest };
            let tlb = Rect { x: left.right(), width: tlb_width, ..rest };
            // What is selected is told under the registers, so that every set has a row.
            let registers = Rect { height: rows.min(left.height), ..left };
            return Parts { registers, tlb, details: window::below(left, rows) };
        }
        let details = if rest.height >= 8 { rest.height.saturating_sub(17).clamp(2, 3) } else { 0 };
        rest.height -= details;
        let below = Rect { y: rest.bottom(), height: details, ..rest };
        let registers = Rect { height: rows.min(rest.height), ..rest };
        let tlb = Rect { y: registers.bottom(), height: rest.height - registers.height, ..rest };
        Parts { registers, tlb, details: below }
    }
}

fn ways(snapshot: &Snapshot) -> u16 {
    u16::try_from(snapshot.machine.tlb_ways.min(16)).unwrap_or(4)
}

impl Widget for &Machine<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let machine = &self.snapshot.machine;
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Machine,
            is_focused: self.state.pane == Pane::Machine,
            place: String::new(),
            note: format!(
                "TLB hits {}, misses {}",
                lines::thousands(machine.tlb_hits),
                lines::thousands(machine.tlb_misses)
            ),
            legend: self.legend(),
        };
        frame.render(area, buf);
        let parts = Parts::fit(area, self.snapshot);
        self.draw_registers(parts.registers, buf);
        self.draw_tlb(parts.tlb, buf);
        lines::draw(parts.details, buf, &self.details(parts.details.width));
    }
}

/// Returns the register or TLB slot under a position of the pane.
pub(crate) fn cursor_at(
    area: Rect,
    snapshot: &Snapshot,
    state: &UiState,
    position: Position,
) -> Option<MachineCursor> {
    let parts = Parts::fit(area, snapshot);
    if parts.registers.contains(position) {
        let row = usize::from(position.y - parts.registers.y).checked_sub(1)?;
        return snapshot.machine.registers.get(row).map(|row| MachineCursor::Register(row.name));
    }
    if !parts.tlb.contains(position) || position.y == parts.tlb.y {
        return None;
    }
    let way_width = way_width(parts.tlb, snapshot);
    let way = u32::from(position.x.checked_sub(parts.tlb.x + SET)? / way_width);
    let set = first_set(parts.tlb, snapshot, state) + u32::from(position.y - parts.tlb.y - 1);
    let is_slot = set < snapshot.machine.tlb_sets && way < snapshot.machine.tlb_ways;
    is_slot.then_some(MachineCursor::Tlb { set, way })
}

fn way_width(tlb: Rect, snapshot: &Snapshot) -> u16 {
    if tlb.width >= SET + WIDE_WAY * ways(snapshot) { WIDE_WAY } else { NARROW_WAY }
}

fn first_set(tlb: Rect, snapshot: &Snapshot, state: &UiState) -> u32 {
    let selected = match state.machine {
        MachineCursor::Tlb { set, .. } => set as usize,
        MachineCursor::Register(_) => 0,
    };
    let height = usize::from(tlb.height.saturating_sub(1));
    u32::try_from(rows::first_row(selected, snapshot.machine.tlb_sets as usize, height)).unwrap_or(0)
}

impl Machine<'_> {
    fn selection(&self) -> Style {
        if self.state.pane == Pane::Machine { self.theme.selected() } else { self.theme.selected_elsewhere() }
    }

    fn draw_registers(&self, area: Rect, buf: &mut Buffer) {
        lines::draw_row(
            area,
            buf,
            0,
            &Line::styled(format!("  CPU in {} mode", self.snapshot.machine.privilege), self.theme.dim()),
        );
        for (line, row) in (1_u16..).zip(&self.snapshot.machine.registers) {
            lines::draw_row(area, buf, line, &lines::cut(self.register_line(row), area.width));
        }
    }

    fn register_line(&self, row: &RegisterRow) -> Line<'static> {
        let theme = self.theme;
        let is_selected = self.state.machine == MachineCursor::Register(row.name);
        let base = if is_selected { self.selection() } else { theme.text() };
        let value = if row.is_changed { base.patch(theme.changed()) } else { base };
        let mark = if is_selected { theme.sign(Sign::Selected) } else { ' ' };
        let changed = if row.is_changed { theme.sign(Sign::Changed) } else { ' ' };
        Line::from(vec![
            Span::styled(format!("{mark} {:<7}", row.name), base),
            Span::styled(format!("{:08x}", row.value), value),
            Span::styled(format!("{changed} "), base),
            Span::styled(lines::printable(&row.meaning), theme.text()),
        ])
    }

    fn draw_tlb(&self, area: Rect, buf: &mut Buffer) {
        let machine = &self.snapshot.machine;
        let in_use = machine.tlb.len();
        let heading = format!("   TLB: {} × {} ways, {in_use} used", machine.tlb_sets, machine.tlb_ways);
        lines::draw_row(area, buf, 0, &Line::styled(heading, self.theme.dim()));
        let first = first_set(area, self.snapshot, self.state);
        for (line, set) in (1..area.height).zip(first..machine.tlb_sets) {
            lines::draw_row(area, buf, line, &self.set_line(set, way_width(area, self.snapshot)));
        }
    }

    fn set_line(&self, set: u32, way_width: u16) -> Line<'static> {
        let mut spans = vec![Span::styled(format!("{set:>2} "), self.theme.dim())];
        for way in 0..self.snapshot.machine.tlb_ways.min(16) {
            let is_selected = self.state.machine == MachineCursor::Tlb { set, way };
            let row = self.slot(set, way);
            let text = row.map_or("·····".to_string(), |row| self.slot_text(row, way_width));
            let style = self.slot_style(row, is_selected);
            let padding = usize::from(way_width).saturating_sub(Span::raw(&text).width());
            spans.push(Span::styled(text, style));
            spans.push(Span::raw(" ".repeat(padding)));
        }
        Line::from(spans)
    }

    fn slot(&self, set: u32, way: u32) -> Option<&TlbRow> {
        self.snapshot.machine.tlb.iter().find(|row| row.set == set && row.way == way)
    }

    fn slot_text(&self, row: &TlbRow, way_width: u16) -> String {
        let mark = match row {
            TlbRow { stale: Some(_), .. } => self.theme.sign(Sign::Stale).to_string(),
            TlbRow { is_changed: true, .. } => self.theme.sign(Sign::Changed).to_string(),
            _ => String::new(),
        };
        if way_width == WIDE_WAY {
            let flags: String = row.flags.split_whitespace().collect();
            format!("{:05x}→{:05x} {flags:.4}{mark}", row.address >> 12, row.frame)
        } else {
            format!("{:05x}{mark}", row.address >> 12)
        }
    }

    fn slot_style(&self, row: Option<&TlbRow>, is_selected: bool) -> Style {
        let style = match row {
            _ if is_selected => self.selection(),
            None => self.theme.dim(),
            Some(TlbRow { stale: Some(_), .. }) => self.theme.warning(),
            Some(row) if self.is_linked(row) => self.theme.key(),
            Some(_) => self.theme.text(),
        };
        if row.is_some_and(|row| row.is_changed) { style.patch(self.theme.changed()) } else { style }
    }

    /// Returns whether an entry translates to the frame in focus.
    fn is_linked(&self, row: &TlbRow) -> bool {
        let frames = if row.is_big { 1024 } else { 1 };
        (row.frame..row.frame.saturating_add(frames)).contains(&self.state.focus.frame)
    }

    fn details(&self, width: u16) -> Vec<Line<'static>> {
        let (said, style) = match self.state.machine {
            MachineCursor::Register(name) => {
                let row = self.snapshot.machine.registers.iter().find(|row| row.name == name);
                let said = row.map_or(String::new(), |row| {
                    format!("{name} = 0x{:08x} = {}: {}", row.value, row.value, row.meaning)
                });
                (said, self.theme.text())
            }
            MachineCursor::Tlb { set, way } => match self.slot(set, way) {
                None => (
                    format!(
                        "Set {set}, way {way} is empty. A set holds the pages whose number ends in it; an access that needs a walk fills it."
                    ),
                    self.theme.dim(),
                ),
                Some(row) => self.slot_details(row),
            },
        };
        lines::wrap(&lines::printable(&said), width, style)
    }

    fn slot_details(&self, row: &TlbRow) -> (String, Style) {
        let size = if row.is_big { "4 MiB page" } else { "page" };
        let said = format!(
            "Set {}, way {}: {size} 0x{:08x} → frame 0x{:05x}, {}.",
            row.set, row.way, row.address, row.frame, row.flags
        );
        match &row.stale {
            None => (said, self.theme.text()),
            Some(stale) => (format!("{said} {} {stale}", self.theme.sign(Sign::Stale)), self.theme.warning()),
        }
    }

    fn legend(&self) -> Line<'static> {
        let is_stale = self.snapshot.machine.tlb.iter().any(|row| row.stale.is_some());
        let mut spans =
            vec![Span::styled(format!(" {} changed ", self.theme.sign(Sign::Changed)), self.theme.dim())];
        if is_stale {
            spans.push(Span::styled(
                format!(" {} stale: the tables say otherwise ", self.theme.sign(Sign::Stale)),
                self.theme.warning(),
            ));
        }
        Line::from(spans)
    }
}
