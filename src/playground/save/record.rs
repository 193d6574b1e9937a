//! The records of a save: what stands in the file, item by item checked as it is read.
//!
//! Whatever these types let through can be built: the checks that need neighbours (an id
//! twice, a parent that is not there) are in the lists' `accept` functions.

use serde::Deserialize;

use crate::kernel::layout::VM_USERHI_PI;
use crate::kernel::layout::VM_USERLO_PI;
use crate::machine::address::VirtualAddress;
use crate::machine::memory_map::MemoryMap;
use crate::machine::tlb::TlbEntry;
use crate::playground::quote::quoted;
use crate::playground::save::order;
use crate::playground::save::registers::RegistersRecord;
use crate::playground::save::registers::StopRecord;
use crate::playground::save::values::Entry;
use crate::playground::save::values::EntryRow;
use crate::playground::save::values::Frame;
use crate::playground::save::values::Id;
use crate::playground::save::values::LogLine;
use crate::playground::save::values::MapRow;
use crate::playground::save::values::Name;
use crate::playground::save::values::Version;
use crate::playground::save::values::WordRow;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "save")]
pub(in crate::playground) struct SaveRecord {
    #[serde(rename = "version")]
    _version: Version,
    #[serde(default)]
    pub(in crate::playground) title: String,
    #[serde(default)]
    pub(in crate::playground) notes: String,
    pub(in crate::playground) state: StateRecord,
    /// Where the log starts, if that is not a plain boot of the state's memory map.
    pub(in crate::playground) start: Option<StateRecord>,
    #[serde(default, deserialize_with = "order::log")]
    pub(in crate::playground) log: Vec<LogLine>,
    #[serde(default)]
    pub(in crate::playground) marks: Vec<(u32, String)>,
    /// The step shown; without it, the last.
    pub(in crate::playground) position: Option<u32>,
    /// The last step of the branch shown; without it, the step shown.
    pub(in crate::playground) branch: Option<u32>,
}

/// One moment. What is left out is as boot makes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "state")]
pub(in crate::playground) struct StateRecord {
    pub(in crate::playground) memory_map: MapRecord,
    pub(in crate::playground) registers: Option<RegistersRecord>,
    pub(in crate::playground) tlb: Option<TlbRecord>,
    pub(in crate::playground) frame_count: Option<u32>,
    pub(in crate::playground) palloc_cursor: Option<Cursor>,
    #[serde(default, deserialize_with = "order::processes")]
    pub(in crate::playground) processes: Option<Vec<ProcessRecord>>,
    #[serde(default, deserialize_with = "order::allocation")]
    pub(in crate::playground) allocation: Vec<RunRecord>,
    #[serde(default, deserialize_with = "order::memory")]
    pub(in crate::playground) memory: Vec<FrameRecord>,
}

/// The memory map, one of those that come with the program or spelled out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "memory map")]
pub(in crate::playground) enum MapRecord {
    Named(MapName),
    Rows {
        title: String,
        #[serde(deserialize_with = "order::map_rows")]
        rows: Vec<MapRow>,
    },
}

/// The name of a memory map that comes with the program.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::playground) struct MapName(pub(in crate::playground) MemoryMap);

/// Where `palloc` starts to search: a frame that user programs may have.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::playground) struct Cursor(pub(in crate::playground) u32);

/// The TLB: its counts and what it remembers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "tlb")]
pub(in crate::playground) struct TlbRecord {
    pub(in crate::playground) hits: u64,
    pub(in crate::playground) misses: u64,
    /// Set by set, the longest unused first.
    #[serde(default, deserialize_with = "order::tlb_entries")]
    pub(in crate::playground) entries: Vec<TlbEntryRecord>,
}

/// One remembered translation; its page tells its set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "entry")]
pub(in crate::playground) struct TlbEntryRecord {
    pub(in crate::playground) page: u32,
    pub(in crate::playground) way: usize,
    pub(in crate::playground) entry: Entry,
}

/// One process: its account, and why it was stopped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "process")]
pub(in crate::playground) struct ProcessRecord {
    pub(in crate::playground) id: Id,
    pub(in crate::playground) name: Option<Name>,
    #[serde(default)]
    pub(in crate::playground) parent: u32,
    pub(in crate::playground) quota: u32,
    pub(in crate::playground) usage: u32,
    pub(in crate::playground) nchildren: u32,
    pub(in crate::playground) stopped: Option<StopRecord>,
}

/// Frames in a row that the allocation table treats alike.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "frames")]
pub(in crate::playground) struct RunRecord {
    pub(in crate::playground) first: Frame,
    pub(in crate::playground) last: Frame,
    /// 0 firmware, 1 kernel, above 1 normal; without it, as boot makes it.
    pub(in crate::playground) perm: Option<u8>,
    pub(in crate::playground) allocated: bool,
    pub(in crate::playground) paid_by: Option<Id>,
}

/// The words of one frame that differ from what boot makes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "frame")]
pub(in crate::playground) struct FrameRecord {
    pub(in crate::playground) frame: Frame,
    #[serde(default, deserialize_with = "order::entries")]
    pub(in crate::playground) entries: Vec<EntryRow>,
    #[serde(default, deserialize_with = "order::words")]
    pub(in crate::playground) words: Vec<WordRow>,
}

impl TlbEntryRecord {
    /// Returns the entry itself.
    pub(in crate::playground) fn entry(&self) -> TlbEntry {
        TlbEntry { page: VirtualAddress(self.page), entry: self.entry.0 }
    }
}

impl TryFrom<String> for MapName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let unknown = |_| {
            let names: Vec<&str> = MemoryMap::names().collect();
            format!("expected a memory map, one of {}, got {}", names.join(", "), quoted(&name))
        };
        MemoryMap::named(&name).map(MapName).map_err(unknown)
    }
}

impl TryFrom<u32> for Cursor {
    type Error = String;

    fn try_from(frame: u32) -> Result<Self, String> {
        if (VM_USERLO_PI..VM_USERHI_PI).contains(&frame) {
            return Ok(Cursor(frame));
        }
        Err(format!("expected a frame from {VM_USERLO_PI:#x} up to {VM_USERHI_PI:#x}, got {frame:#x}"))
    }
}
