//! The plain records that panes draw: one moment, as seen from one focus.
//!
//! Numbers are numbers here, not kernel or machine types: nothing in a snapshot says
//! who filled it, so another kernel can fill it from its own memory and every pane
//! works on it unchanged. A snapshot holds at most 1024 records of each kind, however
//! much memory there is.

use serde::Serialize;

use crate::playground::changes;

/// What the user is looking at; everything else follows from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Focus {
    /// The id of the process whose directory is shown.
    pub process: u32,
    /// The virtual address whose entries are selected.
    pub address: u32,
    /// The number of the frame that is selected.
    pub frame: u32,
}

/// One moment of the whole system, from one focus.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Snapshot {
    /// What was looked at when this was taken.
    pub focus: Focus,
    /// The state's title, from its save or its memory map.
    pub title: String,
    /// Where in its history this moment stands.
    pub position: Position,
    /// Processes in use, in tree order: a parent stands before its children.
    pub processes: Vec<ProcessRow>,
    /// How many frames there are, and how many of each role.
    pub totals: RoleCounts,
    /// The frame at which `palloc` starts its next search.
    pub palloc_cursor: u32,
    /// All of the address space: 1024 regions of 1024 frames.
    pub regions: Vec<Region>,
    /// The 1024 frames of the region that holds the focused frame.
    pub frames: Vec<FrameCell>,
    /// The focused frame.
    pub frame: FrameDetail,
    /// The focused process's page directory: 1024 entries.
    pub directory: Vec<EntryCell>,
    /// The frame of that directory.
    pub directory_frame: u32,
    /// The page table under the focused address, if its directory entry points at one.
    pub table: Option<TableView>,
    /// How the MMU would translate the focused address, step by step, as a user's read.
    pub walk: WalkView,
    /// Registers and TLB.
    pub machine: MachineView,
    /// What the last command did, call by call.
    pub trace: Vec<TraceRow>,
    /// What the last command changed, in words.
    pub changes: Vec<Change>,
    /// Every invariant, and what breaks it.
    pub invariants: Vec<InvariantRow>,
    /// The page fault of the last command, if there was one.
    pub fault: Option<FaultView>,
}

/// Where a moment stands in its history.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Position {
    /// The step shown; 0 is the start.
    pub step: u32,
    /// The last step of the branch shown.
    pub last: u32,
    /// How many branches there are.
    pub branches: u32,
    /// Which of them is shown, from 0.
    pub branch: u32,
    /// The command that led here, empty at the start.
    pub command: String,
    /// The mark set on this step, if any.
    pub mark: Option<String>,
}

/// A row of the process tree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ProcessRow {
    /// The id of the process, its container and its directory.
    pub id: u32,
    /// What the user calls it.
    pub name: String,
    /// How many generations below process 0 it stands.
    pub depth: u32,
    /// Is it the last child of its parent? For drawing the tree's branches.
    pub is_last_child: bool,
    /// The parent's id; process 0 is its own parent.
    pub parent: u32,
    /// Pages it may use.
    pub quota: u32,
    /// Pages it uses, its children's quotas included.
    pub usage: u32,
    /// Frames it pays for itself: pages and page tables.
    pub own: u32,
    /// Pages it handed to its children.
    pub lent: u32,
    /// How many children it has.
    pub children: u32,
    /// How many it may have.
    pub max_children: u32,
    /// Does CR3 hold its directory?
    pub is_current: bool,
    /// Why it was stopped, as a clause.
    pub stopped: Option<String>,
    /// Did the last command change this row?
    pub is_changed: bool,
}

/// What a frame is used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
pub enum Role {
    /// There is no such frame.
    #[default]
    Absent,
    /// The firmware's: a hole in usable memory.
    Firmware,
    /// The kernel's.
    Kernel,
    /// One of the 64 page directories, and whose.
    Directory(u32),
    /// Free to give.
    Free,
    /// A page table of a process.
    PageTable(u32),
    /// A page of a process.
    Page(u32),
    /// A page mapped more than once; the first owner is named.
    Shared(u32),
    /// A page shared until the first write; the first owner is named.
    CopyOnWrite(u32),
    /// Given out and mapped nowhere; who pays, if anybody.
    Orphan(Option<u32>),
}

/// How many frames have each role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct RoleCounts {
    /// No such frame.
    pub absent: u32,
    /// Firmware.
    pub firmware: u32,
    /// Kernel, page directories included.
    pub kernel: u32,
    /// Free.
    pub free: u32,
    /// Page tables.
    pub tables: u32,
    /// Pages of one process.
    pub pages: u32,
    /// Pages mapped more than once, copy-on-write ones included.
    pub shared: u32,
    /// Given out and mapped nowhere.
    pub orphans: u32,
}

/// 1024 frames at a glance: the memory under one directory entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Region {
    /// How many frames have each role.
    pub counts: RoleCounts,
    /// The role to paint: the one that tells most about the region.
    pub role: Role,
    /// Does it hold frames of more than one role, absent ones aside?
    pub is_mixed: bool,
    /// How many of its frames the focused process pays for or maps.
    pub of_focus: u32,
    /// Did the last command change a frame in it?
    pub is_changed: bool,
}

/// One frame at a glance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FrameCell {
    /// What it is used for.
    pub role: Role,
    /// Does the focused process pay for it or map it?
    pub of_focus: bool,
    /// Did the last command change its role, its words or who maps it?
    pub is_changed: bool,
    /// Does an invariant name it?
    pub is_broken: bool,
}

/// Everything about one frame.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FrameDetail {
    /// Its number.
    pub number: u32,
    /// What it is used for.
    pub role: Role,
    /// That, as a sentence.
    pub sentence: String,
    /// The allocation table's permission: 0 firmware, 1 kernel, above 1 normal.
    pub perm: u32,
    /// Is it marked allocated?
    pub is_allocated: bool,
    /// Which container pays for it.
    pub charged_to: Option<u32>,
    /// Every page that names it.
    pub mappers: Vec<Mapper>,
    /// Its 1024 words.
    pub words: Vec<u32>,
    /// Which of them the last command changed.
    pub changed_words: Vec<u32>,
}

/// A page that maps a frame.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Mapper {
    /// Whose page.
    pub process: u32,
    /// The page's first address.
    pub address: u32,
    /// May the process write it?
    pub is_writable: bool,
}

/// One entry of a directory or a table.
#[expect(clippy::struct_excessive_bools, reason = "a plain record: each is a mark a pane may draw")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct EntryCell {
    /// The 32 bits.
    pub raw: u32,
    /// What the entry points at is used for.
    pub role: Role,
    /// Does it lead to the focused frame?
    pub leads_to_focus: bool,
    /// Did the last command change it?
    pub is_changed: bool,
    /// Did the last page fault stop at it?
    pub is_faulting: bool,
    /// Does an invariant name it?
    pub is_broken: bool,
}

impl EntryCell {
    /// Returns the entry in words: "empty", "frame 0x40005 P W U".
    #[must_use]
    pub fn in_words(&self) -> String {
        changes::entry(self.raw)
    }
}

/// A page table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TableView {
    /// Which directory entry leads here.
    pub directory_index: u32,
    /// The frame it lies in.
    pub frame: u32,
    /// Its 1024 entries.
    pub entries: Vec<EntryCell>,
}

/// A page walk, explained.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WalkView {
    /// The address translated.
    pub address: u32,
    /// What was asked: "user read".
    pub access: String,
    /// Directory step, then table step, as far as the walk came.
    pub steps: Vec<WalkStepView>,
    /// The physical address it ends at.
    pub physical: Option<u32>,
    /// The page-fault error code it ends with.
    pub error: Option<u32>,
    /// How it ends, as a sentence.
    pub verdict: String,
}

/// One step of a walk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WalkStepView {
    /// "PDE" or "PTE".
    pub level: &'static str,
    /// The address of the table the entry stands in.
    pub base: u32,
    /// Which entry.
    pub index: u32,
    /// Where it stands: `base + 4 · index`.
    pub entry_address: u32,
    /// The entry's 32 bits.
    pub raw: u32,
    /// Its flags as letters: "P W U A".
    pub flags: String,
    /// What follows from it, as a sentence.
    pub verdict: String,
}

/// Registers and TLB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MachineView {
    /// Control registers and EFLAGS, each with its flags spelled out.
    pub registers: Vec<RegisterRow>,
    /// "kernel (CPL 0)" or "user (CPL 3)".
    pub privilege: &'static str,
    /// TLB entries in use, by set and way.
    pub tlb: Vec<TlbRow>,
    /// How many sets the TLB has.
    pub tlb_sets: u32,
    /// How many ways a set has.
    pub tlb_ways: u32,
    /// Accesses that the TLB answered.
    pub tlb_hits: u64,
    /// Accesses that needed a walk.
    pub tlb_misses: u64,
}

/// One register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegisterRow {
    /// "CR0".
    pub name: &'static str,
    /// Its 32 bits.
    pub value: u32,
    /// The flags that are set, by name, or what the value means: "PG WP PE", "directory of process 2".
    pub meaning: String,
    /// Did the last command change it?
    pub is_changed: bool,
}

/// One TLB entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TlbRow {
    /// Its set.
    pub set: u32,
    /// Its way in the set.
    pub way: u32,
    /// The first address of the page.
    pub address: u32,
    /// The frame it translates to.
    pub frame: u32,
    /// Its flags as letters: "W U D".
    pub flags: String,
    /// Is it a 4 MiB page?
    pub is_big: bool,
    /// What the tables say otherwise, as a sentence; nothing if they agree.
    pub stale: Option<String>,
    /// Did the last command change it?
    pub is_changed: bool,
}

/// One line of the trace: a call or what the hardware did inside it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TraceRow {
    /// How deep it stands in the tree.
    pub depth: u32,
    /// Call or hardware.
    pub kind: TraceKind,
    /// The layer called, or "MMU", "TLB".
    pub layer: &'static str,
    /// The call with its arguments, or what happened: `alloc_page(3, 0x40001000, 0x7)`.
    pub text: String,
    /// What it returned or how it ended.
    pub result: Option<String>,
    /// How many rows below belong to it.
    pub descendants: u32,
    /// Where to look for what it names.
    pub place: Option<Place>,
}

/// What a trace line tells of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum TraceKind {
    /// A layer function.
    Call,
    /// The MMU, the TLB or a register.
    Hardware,
    /// A page fault.
    Fault,
    /// Lines left out, and how many.
    Dropped,
}

/// One difference between two moments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// In words: "PTE 0x001 of process 3: empty → frame 0x40005 P W U".
    pub text: String,
    /// Where to look.
    pub place: Option<Place>,
}

/// One invariant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct InvariantRow {
    /// Its name: "usage-within-quota".
    pub name: &'static str,
    /// What it says.
    pub sentence: &'static str,
    /// What breaks it now, and where; empty while it holds.
    pub broken: Vec<Change>,
    /// How many more break it than are listed.
    pub more: u32,
    /// The step that broke it.
    pub since: Option<u32>,
}

/// A page fault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FaultView {
    /// Whose directory was walked; nobody's if CR3 names none.
    pub process: Option<u32>,
    /// The address, as in CR2.
    pub address: u32,
    /// The error code.
    pub error: u32,
    /// Did the directory's entry stop the walk, rather than the table's?
    pub is_at_directory: bool,
    /// Why, as a sentence.
    pub sentence: String,
}

/// A thing that can be focused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub enum Place {
    /// A process.
    Process(u32),
    /// A frame.
    Frame(u32),
    /// A word of a frame.
    Word(u32, u32),
    /// A page of a process: process, address. Its directory and table entries are selected.
    Page(u32, u32),
    /// A directory entry: process, index.
    DirectoryEntry(u32, u32),
    /// A register, by name.
    Register(&'static str),
    /// A TLB entry: set, way.
    Tlb(u32, u32),
}
