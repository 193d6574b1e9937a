//! One access: what is done to an address, and by whom.

use std::fmt;

use crate::machine::registers::Privilege;

/// What an instruction wants from an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Access {
    pub(crate) kind: AccessKind,
    pub(crate) privilege: Privilege,
}

/// What is done to an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccessKind {
    Read,
    Write,
    /// An instruction is fetched. Without NX or SMEP it is allowed wherever a read is.
    Fetch,
}

impl Access {
    /// Returns this kind of access from level 3.
    pub(crate) fn user(kind: AccessKind) -> Self {
        Access { kind, privilege: Privilege::User }
    }

    /// Returns this kind of access from the kernel's level.
    pub(crate) fn supervisor(kind: AccessKind) -> Self {
        Access { kind, privilege: Privilege::Supervisor }
    }

    /// Returns whether the access changes memory.
    #[inline]
    pub(crate) fn is_write(self) -> bool {
        self.kind == AccessKind::Write
    }

    /// Returns whether level 3 asks.
    #[inline]
    pub(crate) fn is_user(self) -> bool {
        self.privilege == Privilege::User
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.privilege, self.kind)
    }
}

impl fmt::Display for AccessKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AccessKind::Read => "read",
            AccessKind::Write => "write",
            AccessKind::Fetch => "fetch",
        })
    }
}
