//! The page fault: where, the error code the processor pushes, and why in words.
//!
//! Intel SDM vol. 3, 4.7. Bit 4 (I/D) stays zero: the machine has neither NX nor SMEP, and
//! without them the processor does not report fetches.

use std::fmt;

use crate::machine::access::Access;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::Right;

/// A page fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PageFault {
    /// The address that could not be reached; CR2 holds it.
    pub(crate) address: VirtualAddress,
    /// What was tried.
    pub(crate) access: Access,
    /// What the processor pushes on the handler's stack.
    pub(crate) error: ErrorCode,
    /// Which entry said no, and how: more than the error code tells.
    pub(crate) cause: FaultCause,
}

/// The error code of a page fault.
///
/// ```text
/// 31          4    3     2   1   0
/// ┌────────────┬──────┬─────┬───┬───┐
/// │     0      │ RSVD │  U  │ W │ P │
/// └────────────┴──────┴─────┴───┴───┘
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ErrorCode(pub(crate) u32);

/// Which entry caused the fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FaultCause {
    /// The entry's P bit is zero.
    NotPresent(Level),
    /// The entry has a bit set that must be zero.
    ReservedBit(Level),
    /// The entry withholds a right; where both do, the directory is named.
    Forbidden(Level, Right),
}

/// A level of the paging structures, the manual's hierarchy of tables (Intel SDM vol. 3, 4.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Directory,
    Table,
}

impl PageFault {
    /// Returns the fault of this access, with the error code that its cause makes.
    pub(crate) fn new(address: VirtualAddress, access: Access, cause: FaultCause) -> Self {
        let mut code = match cause {
            FaultCause::NotPresent(_) => 0,
            FaultCause::ReservedBit(_) => ErrorCode::PRESENT | ErrorCode::RESERVED,
            FaultCause::Forbidden(..) => ErrorCode::PRESENT,
        };
        if access.is_write() {
            code |= ErrorCode::WRITE;
        }
        if access.is_user() {
            code |= ErrorCode::USER;
        }
        PageFault { address, access, error: ErrorCode(code), cause }
    }
}

impl ErrorCode {
    /// P: a translation exists and forbids the access, or has a reserved bit.
    pub(crate) const PRESENT: u32 = 1;
    /// W: it was a write.
    pub(crate) const WRITE: u32 = 2;
    /// U: it came from level 3.
    pub(crate) const USER: u32 = 4;
    /// RSVD: a reserved bit was set in an entry.
    pub(crate) const RESERVED: u32 = 8;

    /// The bits by name, lowest first.
    pub(crate) const FLAGS: [(&'static str, u32); 4] =
        [("P", Self::PRESENT), ("W", Self::WRITE), ("U", Self::USER), ("RSVD", Self::RESERVED)];

    /// Returns whether the entries are present, so that giving the page a frame would not help.
    pub(crate) fn is_protection(self) -> bool {
        self.0 & Self::PRESENT != 0
    }
}

impl FaultCause {
    /// Returns the level whose entry said no.
    pub(crate) fn level(self) -> Level {
        match self {
            FaultCause::NotPresent(level)
            | FaultCause::ReservedBit(level)
            | FaultCause::Forbidden(level, _) => level,
        }
    }
}

impl fmt::Display for PageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The {} at {} faults: {}.", self.access, self.address, self.cause)
    }
}

impl fmt::Display for FaultCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultCause::NotPresent(level) => write!(f, "the {level} entry is not present (P = 0)"),
            FaultCause::ReservedBit(level) => {
                write!(f, "the {level} entry has a reserved bit set (one of bits 21–13 with PS = 1)")
            }
            FaultCause::Forbidden(level, Right::User) => {
                write!(f, "the {level} entry is for the supervisor only (U = 0)")
            }
            FaultCause::Forbidden(level, Right::Write) => write!(f, "the {level} entry is read-only (W = 0)"),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Directory => "directory",
            Level::Table => "table",
        })
    }
}
