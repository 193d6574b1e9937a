//! A save's registers, and why a process was stopped, in words.

use std::fmt;

use serde::Deserialize;

use crate::kernel::state::StopReason;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::Right;
use crate::machine::fault::FaultCause;
use crate::machine::fault::Level;
use crate::machine::fault::PageFault;
use crate::machine::registers;
use crate::machine::registers::Privilege;
use crate::machine::registers::Registers;

/// The registers, in numbers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "registers")]
pub(in crate::playground) struct RegistersRecord {
    cr0: Cr0,
    cr2: u32,
    cr3: u32,
    cr4: Cr4,
    eflags: u32,
    privilege: PrivilegeRecord,
}

/// Bits that CR0 can hold.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct Cr0(u32);

/// Bits that CR4 can hold.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct Cr4(u32);

/// Who runs, or who asked.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", rename = "privilege")]
enum PrivilegeRecord {
    Supervisor,
    User,
}

/// Why a process was stopped, and by which access.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename = "stopped")]
pub(in crate::playground) struct StopRecord {
    reason: ReasonRecord,
    address: u32,
    by: PrivilegeRecord,
    access: KindRecord,
    level: LevelRecord,
    cause: CauseRecord,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", rename = "reason")]
enum ReasonRecord {
    Permission,
    OutOfMemory,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", rename = "access")]
enum KindRecord {
    Read,
    Write,
    Fetch,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", rename = "level")]
enum LevelRecord {
    Directory,
    Table,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", rename = "cause")]
enum CauseRecord {
    NotPresent,
    ReservedBit,
    SupervisorOnly,
    ReadOnly,
}

impl TryFrom<u32> for Cr0 {
    type Error = String;

    fn try_from(bits: u32) -> Result<Self, String> {
        if bits & !all_of(&registers::CR0_FLAGS) != 0 || bits & registers::CR0_ET == 0 {
            return Err(format!("expected CR0 with ET and no unknown bits, got {bits:#010x}"));
        }
        if bits & (registers::CR0_PG | registers::CR0_PE) == registers::CR0_PG {
            return Err(format!("expected CR0 with PE where PG is set, got {bits:#010x}"));
        }
        Ok(Cr0(bits))
    }
}

impl TryFrom<u32> for Cr4 {
    type Error = String;

    fn try_from(bits: u32) -> Result<Self, String> {
        let is_known = bits & !all_of(&registers::CR4_FLAGS) == 0;
        let unknown = || format!("expected CR4 with PSE and PGE at most, got {bits:#010x}");
        is_known.then_some(Cr4(bits)).ok_or_else(unknown)
    }
}

fn all_of(flags: &[(&str, u32)]) -> u32 {
    flags.iter().fold(0, |bits, (_, bit)| bits | bit)
}

impl RegistersRecord {
    /// Returns the registers themselves.
    pub(in crate::playground) fn registers(&self) -> Registers {
        Registers {
            cr0: self.cr0.0,
            cr2: self.cr2,
            cr3: self.cr3,
            cr4: self.cr4.0,
            eflags: self.eflags,
            privilege: self.privilege.into(),
        }
    }
}

impl From<PrivilegeRecord> for Privilege {
    fn from(record: PrivilegeRecord) -> Self {
        match record {
            PrivilegeRecord::Supervisor => Privilege::Supervisor,
            PrivilegeRecord::User => Privilege::User,
        }
    }
}

impl From<StopRecord> for StopReason {
    fn from(record: StopRecord) -> Self {
        let kind = match record.access {
            KindRecord::Read => AccessKind::Read,
            KindRecord::Write => AccessKind::Write,
            KindRecord::Fetch => AccessKind::Fetch,
        };
        let level = match record.level {
            LevelRecord::Directory => Level::Directory,
            LevelRecord::Table => Level::Table,
        };
        let cause = match record.cause {
            CauseRecord::NotPresent => FaultCause::NotPresent(level),
            CauseRecord::ReservedBit => FaultCause::ReservedBit(level),
            CauseRecord::SupervisorOnly => FaultCause::Forbidden(level, Right::User),
            CauseRecord::ReadOnly => FaultCause::Forbidden(level, Right::Write),
        };
        let access = Access { kind, privilege: record.by.into() };
        let fault = PageFault::new(VirtualAddress(record.address), access, cause);
        match record.reason {
            ReasonRecord::Permission => StopReason::Permission(fault),
            ReasonRecord::OutOfMemory => StopReason::OutOfMemory(fault),
        }
    }
}

/// Writes a stop reason as [`StopRecord`] reads it.
pub(in crate::playground) struct ShowStop(pub(in crate::playground) StopReason);

impl fmt::Display for ShowStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reason, fault) = match self.0 {
            StopReason::Permission(fault) => ("permission", fault),
            StopReason::OutOfMemory(fault) => ("out_of_memory", fault),
        };
        let (level, cause) = match fault.cause {
            FaultCause::NotPresent(level) => (level, "not_present"),
            FaultCause::ReservedBit(level) => (level, "reserved_bit"),
            FaultCause::Forbidden(level, Right::User) => (level, "supervisor_only"),
            FaultCause::Forbidden(level, Right::Write) => (level, "read_only"),
        };
        let Access { kind, privilege } = fault.access;
        write!(f, "(reason: {reason}, address: {}, by: {privilege}, access: {kind}, ", fault.address)?;
        write!(f, "level: {level}, cause: {cause})")
    }
}
