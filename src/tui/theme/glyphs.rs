//! One sign a state, and what stands for it where only ASCII can be shown.
//!
//! Every sign is one column wide in every terminal: no emoji, no patched fonts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::playground::snapshot::Role;

/// A process's sign, by its id: digits, letters, then a few marks, none of which means
/// anything else on the screen.
const OWNERS: &[u8; 64] = b"0123456789abcdefghijklmnopqrtuvwyzABCEFGHIJLMNOPQRSUVWXYZ@$+=~^<";

/// Something unusual at a cell or a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// What the user selected.
    Selected,
    /// The last page fault stopped here, or a process was stopped.
    Fault,
    /// An invariant names this.
    Broken,
    /// The last command changed this.
    Changed,
    /// The process whose directory CR3 holds.
    Current,
    /// An invariant holds.
    Holds,
    /// The tables say otherwise than the TLB.
    Stale,
    /// An entry with bits in it that is not present.
    NotPresent,
    /// A tree row whose children are shown.
    Open,
    /// A tree row whose children are folded away.
    Folded,
    /// Own use, in a bar.
    BarOwn,
    /// Lent to children, in a bar.
    BarLent,
    /// Still free, in a bar.
    BarFree,
}

impl Sign {
    /// Every sign.
    #[cfg(test)]
    pub(crate) const ALL: [Sign; 13] = [
        Sign::Selected,
        Sign::Fault,
        Sign::Broken,
        Sign::Changed,
        Sign::Current,
        Sign::Holds,
        Sign::Stale,
        Sign::NotPresent,
        Sign::Open,
        Sign::Folded,
        Sign::BarOwn,
        Sign::BarLent,
        Sign::BarFree,
    ];

    /// Returns the sign itself.
    pub(crate) fn as_char(self) -> char {
        match self {
            Sign::Selected => '▸',
            Sign::Fault => '!',
            Sign::Broken => '×',
            Sign::Changed => '*',
            Sign::Current => '●',
            Sign::Stale => '≠',
            Sign::NotPresent => '-',
            Sign::Open => '▾',
            Sign::Folded => '▹',
            Sign::BarOwn => '█',
            Sign::BarLent => '▒',
            Sign::Holds | Sign::BarFree => '·',
        }
    }
}

/// Returns the sign of a frame's role; a process's pages show the process.
pub(crate) fn role(role: Role) -> char {
    match role {
        Role::Absent => ' ',
        Role::Firmware => '░',
        Role::Kernel => 'K',
        Role::Directory(_) => 'D',
        Role::Free => '·',
        Role::PageTable(_) => 'T',
        Role::Page(process) => owner(process),
        Role::Shared(_) => '▚',
        Role::CopyOnWrite(_) => '▞',
        Role::Orphan(_) => '?',
    }
}

/// Returns the sign of a process.
pub(crate) fn owner(process: u32) -> char {
    let index = usize::try_from(process).unwrap_or(usize::MAX);
    OWNERS.get(index).map_or('?', |&byte| char::from(byte))
}

/// What stands for each sign and line when only ASCII can be shown.
const ASCII: &[(char, char)] = &[
    ('▸', '>'),
    ('×', '#'),
    ('●', '*'),
    ('·', '.'),
    ('≠', '%'),
    ('▾', '-'),
    ('▹', '+'),
    ('█', '#'),
    ('▒', '='),
    ('░', 'x'),
    ('▚', 's'),
    ('▞', '%'),
    ('→', '>'),
    ('←', '<'),
    ('◂', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('↵', '/'),
    ('…', '~'),
    ('–', '-'),
    ('—', '-'),
    ('─', '-'),
    ('━', '='),
    ('│', '|'),
    ('┃', '|'),
    ('├', '|'),
    ('└', '`'),
    ('╭', '+'),
    ('╮', '+'),
    ('╰', '+'),
    ('╯', '+'),
    ('┏', '+'),
    ('┓', '+'),
    ('┗', '+'),
    ('┛', '+'),
    ('┌', '+'),
    ('┐', '+'),
    ('┘', '+'),
    ('≤', '<'),
    ('≥', '>'),
];

/// Returns the ASCII sign that stands for another.
pub(crate) fn to_ascii(sign: char) -> char {
    if sign.is_ascii() {
        return sign;
    }
    ASCII.iter().find(|(from, _)| *from == sign).map_or('?', |(_, to)| *to)
}

/// Replaces every sign of an area by its ASCII form, once everything is drawn.
pub(crate) fn fold_to_ascii(area: Rect, buf: &mut Buffer) {
    for position in area.intersection(buf.area).positions() {
        let cell = &mut buf[position];
        if !cell.symbol().is_ascii() {
            let folded = cell.symbol().chars().next().map_or(' ', to_ascii);
            cell.set_char(folded);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ratatui::text::Span;

    use super::*;

    const ROLES: [Role; 9] = [
        Role::Firmware,
        Role::Kernel,
        Role::Directory(1),
        Role::Free,
        Role::PageTable(1),
        Role::Shared(1),
        Role::CopyOnWrite(1),
        Role::Orphan(None),
        Role::Absent,
    ];

    fn every_sign() -> impl Iterator<Item = char> {
        let signs = Sign::ALL.into_iter().map(Sign::as_char);
        let owners = (0..64).map(owner);
        let lines = ASCII.iter().flat_map(|(from, to)| [*from, *to]);
        signs.chain(ROLES.into_iter().map(role)).chain(owners).chain(lines)
    }

    #[test]
    fn every_sign_is_one_column_wide() {
        for sign in every_sign() {
            assert_eq!(Span::raw(sign.to_string()).width(), 1, "{sign}");
        }
    }

    #[test]
    fn every_sign_has_an_ascii_form() {
        for sign in every_sign() {
            assert!(to_ascii(sign).is_ascii() && (sign == '?' || to_ascii(sign) != '?'), "{sign}");
        }
    }

    #[test]
    fn no_two_frame_states_share_a_sign_even_in_ascii() {
        let marks = [Sign::Fault, Sign::Broken].map(Sign::as_char);
        let signs = (0..64).map(owner).chain(ROLES.into_iter().map(role)).chain(marks);
        let ascii: Vec<char> = signs.map(to_ascii).collect();
        let distinct: BTreeSet<char> = ascii.iter().copied().collect();
        assert_eq!(distinct.len(), ascii.len());
    }
}
