//! Pane 3: physical memory, from 4 GiB to one frame's words.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::playground::snapshot::FrameCell;
use crate::playground::snapshot::Mapper;
use crate::playground::snapshot::Region;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::Snapshot;
use crate::tui::panes::stack;
use crate::tui::panes::stack::Heading;
use crate::tui::panes::stack::Stack;
use crate::tui::panes::vocabulary;
use crate::tui::state::FramesLevel;
use crate::tui::state::Pane;
use crate::tui::state::UiState;
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

/// Pane 3.
pub(crate) struct Frames<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) state: &'a UiState,
    pub(crate) theme: &'a Theme,
}

/// What stands under a position of the pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FrameTarget {
    Region(u32),
    Frame(u32),
    Word(u32),
}

impl Widget for &Frames<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let stack = stack::split(pane_frame::inner(area));
        let [upper, lower] = levels(self.state, stack);
        let frame = PaneFrame {
            theme: self.theme,
            pane: Pane::Frames,
            is_focused: self.state.pane == Pane::Frames,
            place: if stack.upper.is_some() { String::new() } else { self.heading(lower) },
            note: format!("{} free", lines::thousands(u64::from(self.snapshot.totals.free))),
            legend: vocabulary::legend(self.theme, &self.roles(lower)),
        };
        frame.render(area, buf);
        if let Some(level) = stack.upper {
            self.draw_heading(level.heading, buf, upper, lower == upper);
            self.draw_level(level.body, buf, upper);
            self.draw_heading(stack.lower.heading, buf, lower, true);
        }
        self.draw_level(stack.lower.body, buf, lower);
        lines::draw(stack.details, buf, &self.details(stack.details));
    }
}

/// Returns what stands under a position of the pane.
pub(crate) fn target_at(area: Rect, state: &UiState, position: Position) -> Option<FrameTarget> {
    let stack = stack::split(pane_frame::inner(area));
    let [upper, lower] = levels(state, stack);
    let above = stack.upper.and_then(|level| cell_at(level.body, state, upper, position));
    above.or_else(|| cell_at(stack.lower.body, state, lower, position))
}

fn cell_at(area: Rect, state: &UiState, level: FramesLevel, position: Position) -> Option<FrameTarget> {
    let frame = state.focus.frame;
    match level {
        FramesLevel::Map => {
            grid1024::Shape::fit(area, frame >> 10).cell_at(position).map(FrameTarget::Region)
        }
        FramesLevel::Region => grid1024::Shape::fit(area, frame & 0x3ff)
            .cell_at(position)
            .map(|cell| FrameTarget::Frame(frame & !0x3ff | cell)),
        FramesLevel::Words => words::Shape::fit(area, state.word).word_at(position).map(FrameTarget::Word),
    }
}

/// The levels shown: where there is room for two, the map is always followed by its region.
fn levels(state: &UiState, stack: Stack) -> [FramesLevel; 2] {
    match (state.frames, stack.upper) {
        (FramesLevel::Words, _) => [FramesLevel::Region, FramesLevel::Words],
        (FramesLevel::Map, None) => [FramesLevel::Map, FramesLevel::Map],
        _ => [FramesLevel::Map, FramesLevel::Region],
    }
}

impl Frames<'_> {
    fn heading(&self, level: FramesLevel) -> String {
        let frame = self.state.focus.frame;
        match level {
            FramesLevel::Map => "4 GiB, one cell = 1024 frames = 4 MiB".to_string(),
            FramesLevel::Region => {
                let first = frame & !0x3ff;
                format!("frames 0x{first:05x}–0x{:05x}, one cell = 4 KiB", first | 0x3ff)
            }
            FramesLevel::Words => format!("frame 0x{frame:05x}, 1024 words"),
        }
    }

    fn draw_heading(&self, area: Rect, buf: &mut Buffer, level: FramesLevel, is_lower: bool) {
        let is_here = level == self.state.frames;
        Heading { theme: self.theme, text: self.heading(level), is_here, is_lower }.render(area, buf);
    }

    fn draw_level(&self, area: Rect, buf: &mut Buffer, level: FramesLevel) {
        let frame = self.state.focus.frame;
        match level {
            FramesLevel::Map => {
                let selected = frame >> 10;
                let cells = (0..)
                    .zip(&self.snapshot.regions)
                    .map(|(index, region)| self.region_cell(*region, index == selected));
                self.grid(cells.collect(), 0, 1 << 22, selected).render(area, buf);
            }
            FramesLevel::Region => {
                let selected = frame & 0x3ff;
                let cells = (0..)
                    .zip(&self.snapshot.frames)
                    .map(|(index, cell)| self.frame_cell(*cell, index == selected));
                self.grid(cells.collect(), (frame & !0x3ff) << 12, 1 << 12, selected).render(area, buf);
            }
            FramesLevel::Words => {
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

    fn grid(
        &self,
        cells: Vec<(char, Style)>,
        first_address: u32,
        bytes_per_cell: u32,
        selected: u32,
    ) -> Grid1024<'_> {
        Grid1024 { theme: self.theme, cells, first_address, bytes_per_cell, selected }
    }

    fn region_cell(&self, region: Region, is_selected: bool) -> (char, Style) {
        let is_dimmed = region.of_focus == 0;
        let marks = Marks { is_selected, is_changed: region.is_changed, is_dimmed, ..Marks::default() };
        self.theme.cell(region.role, marks)
    }

    fn frame_cell(&self, cell: FrameCell, is_selected: bool) -> (char, Style) {
        let marks = Marks {
            is_selected,
            is_changed: cell.is_changed,
            is_broken: cell.is_broken,
            is_dimmed: !cell.of_focus,
            ..Marks::default()
        };
        self.theme.cell(cell.role, marks)
    }

    fn roles(&self, level: FramesLevel) -> BTreeSet<Role> {
        match level {
            FramesLevel::Map => self.snapshot.regions.iter().map(|region| region.role).collect(),
            FramesLevel::Region => self.snapshot.frames.iter().map(|cell| cell.role).collect(),
            FramesLevel::Words => BTreeSet::from([self.snapshot.frame.role]),
        }
    }

    /// What there is to say about the selection, the most telling first.
    fn details(&self, area: Rect) -> Vec<Line<'static>> {
        let (heading, text, dim) = (self.theme.heading(), self.theme.text(), self.theme.dim());
        let said = match self.state.frames {
            FramesLevel::Map => vec![(self.region(), heading), (self.totals(), dim)],
            FramesLevel::Region => vec![(self.frame(), heading), (self.owners(), text), (self.region(), dim)],
            FramesLevel::Words => vec![(self.word(), heading), (self.frame(), text), (self.owners(), text)],
        };
        // In a row or two, every sentence gets its beginning told rather than the first one all.
        let width = if area.height < 4 { u16::MAX } else { area.width };
        let mut all: Vec<Line> =
            said.into_iter().flat_map(|(said, style)| lines::wrap_indented(&said, width, style)).collect();
        all.truncate(usize::from(area.height));
        if let Some(first) = all.first_mut() {
            let mark = Span::styled(format!("{} ", self.theme.sign(Sign::Selected)), self.theme.key());
            let said = Span::styled(first.to_string().trim_start().to_string(), heading);
            *first = Line::from(vec![mark, said]);
        }
        all
    }

    fn region(&self) -> String {
        let index = self.state.focus.frame >> 10;
        let region = self.snapshot.regions.get(index as usize);
        let counts = region.map(|region| region.counts).unwrap_or_default();
        let first = index << 22;
        format!("0x{first:08x}–0x{:08x}: {}", first | 0x3f_ffff, vocabulary::histogram(&counts))
    }

    fn totals(&self) -> String {
        let totals = vocabulary::histogram(&self.snapshot.totals);
        let cursor = self.snapshot.palloc_cursor;
        format!("In all: {totals}. palloc looks next at frame 0x{cursor:05x}.")
    }

    fn frame(&self) -> String {
        let frame = self.state.focus.frame;
        let sentence = lines::printable(&self.snapshot.frame.sentence);
        format!("frame 0x{frame:05x} at 0x{:08x}: {sentence}", frame << 12)
    }

    /// Who pays for the frame, and everyone who maps it.
    fn owners(&self) -> String {
        let detail = &self.snapshot.frame;
        let charged =
            detail.charged_to.map_or("charged to nobody".to_string(), |id| format!("charged to {id}"));
        let allocated = if detail.is_allocated { "allocated" } else { "not allocated" };
        let each = |mapper: &Mapper| {
            let rights = if mapper.is_writable { "writable" } else { "read-only" };
            format!("{} at 0x{:08x} {rights}", mapper.process, mapper.address)
        };
        let mapped = match detail.mappers.as_slice() {
            [] => "mapped nowhere".to_string(),
            mappers => format!("mapped by {}", mappers.iter().map(each).collect::<Vec<_>>().join(", ")),
        };
        format!("{charged}, {allocated}, perm {}; {mapped}", detail.perm)
    }

    fn word(&self) -> String {
        let index = self.state.word;
        let word = self.snapshot.frame.words.get(index as usize).copied().unwrap_or(0);
        let address = self.state.focus.frame << 12 | (index & 0x3ff) << 2;
        format!("word 0x{index:03x} at 0x{address:08x}: 0x{word:08x} = {word}")
    }
}
