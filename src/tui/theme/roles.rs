//! What a frame or an entry looks like: its owner's colour, dimmed or marked.

use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

use crate::playground::snapshot::Role;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::glyphs;
use crate::tui::theme::glyphs::Sign;
use crate::tui::theme::wire;

/// How a cell stands out, beside its role.
#[expect(clippy::struct_excessive_bools, reason = "each mark is independent of the others")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marks {
    /// The user selected it.
    pub(crate) is_selected: bool,
    /// The last command changed it.
    pub(crate) is_changed: bool,
    /// The last page fault stopped at it.
    pub(crate) is_faulting: bool,
    /// An invariant names it.
    pub(crate) is_broken: bool,
    /// It leads to what the user selected in another pane.
    pub(crate) is_linked: bool,
    /// It belongs to somebody the user is not looking at.
    pub(crate) is_dimmed: bool,
}

impl Theme {
    /// Returns the sign and style of a data cell.
    pub(crate) fn cell(&self, role: Role, marks: Marks) -> (char, Style) {
        let (sign, style) = if marks.is_faulting {
            (self.sign(Sign::Fault), self.fault())
        } else if marks.is_broken {
            (self.sign(Sign::Broken), self.fault())
        } else {
            (self.role_sign(role), self.role_style(role, marks.is_dimmed))
        };
        let style = match marks {
            Marks { is_selected: true, .. } => self.selected_cell(),
            Marks { is_linked: true, .. } => self.linked(),
            _ => style,
        };
        (sign, if marks.is_changed { style.patch(self.changed()) } else { style })
    }

    /// Returns the sign of a role, in ASCII if asked for.
    pub(crate) fn role_sign(&self, role: Role) -> char {
        if self.is_ascii { glyphs::to_ascii(glyphs::role(role)) } else { glyphs::role(role) }
    }

    /// Returns the style of a role, in its dim variant if asked for.
    pub(crate) fn role_style(&self, role: Role, is_dimmed: bool) -> Style {
        let cells = &self.palette.cells;
        match role {
            Role::Absent => self.text(),
            Role::Free if cells.free == Color::Reset => self.dim(),
            Role::Free => self.dim().bg(cells.free),
            Role::Firmware if self.is_mono() => self.dim(),
            Role::Firmware => self.solid(cells.firmware),
            Role::Kernel => self.solid(cells.kernel).add_modifier(Modifier::BOLD),
            Role::Directory(_) | Role::PageTable(_) if self.is_mono() => {
                self.text().add_modifier(Modifier::REVERSED)
            }
            Role::Directory(_) | Role::PageTable(_) => self.solid_or_dim(cells.table, is_dimmed),
            Role::Shared(process) | Role::CopyOnWrite(process) if self.is_mono() => {
                self.owner(process, is_dimmed).add_modifier(Modifier::UNDERLINED)
            }
            Role::Page(process) | Role::Shared(process) | Role::CopyOnWrite(process) => {
                self.owner(process, is_dimmed)
            }
            Role::Orphan(Some(process)) => self.owner(process, false).add_modifier(Modifier::BOLD),
            Role::Orphan(None) => self.error(),
        }
    }

    /// Returns the style of everything that belongs to a process.
    pub(crate) fn owner(&self, process: u32, is_dimmed: bool) -> Style {
        self.solid_or_dim(self.palette.cells.owners[owner_slot(process)], is_dimmed)
    }

    /// Returns a process's colour for text on the page, where its blocks would be too loud.
    pub(crate) fn owner_text(&self, process: u32) -> Style {
        match self.palette.cells.owners[owner_slot(process)] {
            Color::Reset => self.text(),
            colour => self.text().fg(colour),
        }
    }

    /// Returns the style of what a fault or a broken invariant points at.
    pub(crate) fn fault(&self) -> Style {
        if self.is_mono() {
            return self.text().add_modifier(Modifier::REVERSED | Modifier::BOLD);
        }
        self.solid(self.palette.cells.fault).add_modifier(Modifier::BOLD)
    }

    fn solid_or_dim(&self, back: Color, is_dimmed: bool) -> Style {
        if is_dimmed { self.faded(back) } else { self.solid(back) }
    }

    /// A block of colour with black or white on it, whichever reads better.
    fn solid(&self, back: Color) -> Style {
        if back == Color::Reset {
            return self.text();
        }
        Style::new().bg(back).fg(wire::on(back))
    }

    /// The dim variant: six tenths of the way to the page, or the sign alone where colours are few.
    fn faded(&self, colour: Color) -> Style {
        match (colour, self.depth) {
            (Color::Reset, _) => self.dim(),
            (Color::Rgb(..), Depth::True) => {
                let back = wire::mix(colour, self.palette.page);
                Style::new().bg(back).fg(wire::on(back))
            }
            _ => self.text().fg(colour),
        }
    }
}

/// Returns which of the six owner colours a process has.
///
/// Ids are `parent · 3 + 1 + n`, so stepping two colours a generation and one a sibling
/// keeps a process apart from its parent, its siblings and its grandparent.
fn owner_slot(process: u32) -> usize {
    if process == 0 {
        return 5;
    }
    let sibling = (process - 1) % 3;
    let mut generation = 0;
    let mut ancestor = (process - 1) / 3;
    while ancestor > 0 {
        generation += 1;
        ancestor = (ancestor - 1) / 3;
    }
    ((2 * generation + sibling) % 6) as usize
}
