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
#[serde(try_from = "RawRegisters")]
pub(in crate::playground) struct RegistersRecord(pub(in crate::playground) Registers);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "registers")]
struct RawRegisters {
    cr0: u32,
    cr2: u32,
    cr3: u32,
    cr4: u32,
    eflags: u32,
    privilege: PrivilegeRecord,
}

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

impl TryFrom<RawRegisters> for RegistersRecord {
    type Error = String;

    fn try_from(raw: RawRegisters) -> Result<Self, String> {
        let known = |table: &[(&str, u32)]| table.iter().fold(0, |bits, (_, bit)| bits | bit);
        if raw.cr0 & !known(&registers::CR0_FLAGS) != 0 || raw.cr0 & registers::CR0_ET == 0 {
            return Err(format!("expected CR0 with ET and no unknown bits, got {:#010x}", raw.cr0));
        }
        if raw.cr0 & (registers::CR0_PG | registers::CR0_PE) == registers::CR0_PG {
            return Err(format!("expected CR0 with PE where PG is set, got {:#010x}", raw.cr0));
        }
        if raw.cr4 & !known(&registers::CR4_FLAGS) != 0 {
            return Err(format!("expected CR4 with PSE and PGE at most, got {:#010x}", raw.cr4));
        }
        let RawRegisters { cr0, cr2, cr3, cr4, eflags, privilege } = raw;
        Ok(RegistersRecord(Registers { cr0, cr2, cr3, cr4, eflags, privilege: privilege.into() }))
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
