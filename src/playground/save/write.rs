//! Writes a playground as text: the same state gives the same bytes.
//!
//! Numbers are spelled as the panes spell them, one thing a line, with comments that say
//! what a person editing the file would otherwise have to look up.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::kernel::layout;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory::WordChange;
use crate::machine::memory_map::MemoryMap;
use crate::machine::registers::Registers;
use crate::machine::tlb::Place;
use crate::machine::tlb::Tlb;
use crate::machine::tlb::TlbEntry;
use crate::playground::changes;
use crate::playground::save::VERSION;
use crate::playground::save::excerpt::Excerpt;
use crate::playground::save::registers::ShowStop;
use crate::playground::save::values;
use crate::playground::world::World;

/// How many words of a frame stand on one line.
const WORDS_A_LINE: usize = 4;

/// Adds a line at a depth of the file's tree.
macro_rules! line {
    ($text:expr, $depth:expr, $($arguments:tt)*) => {{
        let indent = 4 * $depth;
        // Writing to a `String` cannot fail.
        let _ = writeln!($text, "{:indent$}{}", "", format_args!($($arguments)*));
    }};
}

/// Returns a whole save.
pub(in crate::playground) fn save(title: &str, notes: &str, world: &World, past: &Excerpt) -> String {
    let mut text = String::new();
    line!(text, 0, "// A certiscope save. In `state` and `start`, what is left out is as boot makes it.");
    line!(text, 0, "(");
    line!(text, 1, "version: {VERSION},");
    line!(text, 1, "title: {},", string(title));
    line!(text, 1, "notes: {},", string(notes));
    line!(text, 1, "state: (");
    state(&mut text, world);
    line!(text, 1, "),");
    if past.steps.is_empty() {
        marks(&mut text, past);
    } else {
        start(&mut text, world, &past.start);
        log(&mut text, past);
        marks(&mut text, past);
        line!(text, 1, "position: {},", past.position);
        line!(text, 1, "branch: {},", past.tip);
    }
    line!(text, 0, ")");
    text
}

/// Writes where the log starts, unless that is a plain boot of the state's memory map.
fn start(text: &mut String, world: &World, start: &World) {
    if *start == World::boot(world.memory_map.clone()) {
        return;
    }
    line!(text, 1, "start: (");
    if *start == World::boot(start.memory_map.clone()) {
        memory_map(text, &start.memory_map);
    } else {
        state(text, start);
    }
    line!(text, 1, "),");
}

/// Writes the commands, each with its step's number; where a branch begins, after which step.
fn log(text: &mut String, past: &Excerpt) {
    line!(text, 1, "log: [");
    for (number, step) in (1..).zip(&past.steps) {
        let after = if step.after + 1 == number { String::new() } else { format!("after {}: ", step.after) };
        line!(text, 2, "\"{after}{}\", // {number}", step.command);
    }
    line!(text, 1, "],");
}

fn marks(text: &mut String, past: &Excerpt) {
    if past.marks.is_empty() {
        return;
    }
    line!(text, 1, "marks: [");
    for (step, name) in &past.marks {
        line!(text, 2, "({step}, {}),", string(name));
    }
    line!(text, 1, "],");
}

/// Writes one moment: what boot makes is left out of the tables, not of the registers.
fn state(text: &mut String, world: &World) {
    let booted = World::boot(world.memory_map.clone());
    let kernel = &world.kernel;
    memory_map(text, &world.memory_map);
    registers(text, &kernel.machine.registers);
    tlb(text, &kernel.machine.tlb);
    line!(text, 2, "frame_count: {:#x},", kernel.frame_count());
    line!(text, 2, "palloc_cursor: {:#07x},", kernel.palloc_cursor());
    processes(text, world);
    allocation(text, world, &booted);
    memory(text, world, &booted);
}

/// Writes the memory map, by name if it comes with the program.
fn memory_map(text: &mut String, map: &MemoryMap) {
    let name = MemoryMap::names().find(|name| MemoryMap::named(name).as_ref() == Ok(map));
    if let Some(name) = name {
        line!(text, 2, "memory_map: Named({}),", string(name));
        return;
    }
    line!(text, 2, "memory_map: Rows(");
    line!(text, 3, "title: {},", string(&map.title));
    line!(text, 3, "rows: [");
    for row in &map.rows {
        let kind = if row.is_usable { "usable" } else { "reserved" };
        line!(text, 4, "\"{:#010x} {:#010x} {kind}\",", row.start, row.length);
    }
    line!(text, 3, "],");
    line!(text, 2, "),");
}

fn registers(text: &mut String, registers: &Registers) {
    let Registers { cr0, cr2, cr3, cr4, eflags, privilege } = registers;
    line!(text, 2, "registers: (");
    line!(text, 3, "cr0: {cr0:#010x}, cr2: {cr2:#010x}, cr3: {cr3:#010x}, cr4: {cr4:#010x},");
    line!(text, 3, "eflags: {eflags:#010x}, privilege: {privilege},");
    line!(text, 2, "),");
}

fn tlb(text: &mut String, tlb: &Tlb) {
    line!(text, 2, "tlb: (");
    line!(text, 3, "hits: {}, misses: {},", tlb.hits, tlb.misses);
    line!(text, 3, "entries: [ // the longest unused of each set first");
    for (Place { set, way }, TlbEntry { page, entry }) in tlb.oldest_first() {
        let entry = values::show_entry(entry);
        line!(text, 4, "(page: {page}, way: {way}, entry: \"{entry}\"), // set {set}");
    }
    line!(text, 3, "],");
    line!(text, 2, "),");
}

fn processes(text: &mut String, world: &World) {
    line!(text, 2, "processes: [");
    for id in world.live() {
        let container = world.kernel.container(id);
        let name = world.names.get(&id).map(|name| format!(" name: {},", string(name))).unwrap_or_default();
        let parent = container.parent;
        let (quota, usage, nchildren) = (container.quota, container.usage, container.nchildren);
        let account = format!(
            "id: {id},{name} parent: {parent}, quota: {quota}, usage: {usage}, nchildren: {nchildren}"
        );
        match world.kernel.stopped(id) {
            None => line!(text, 3, "({account}),"),
            Some(reason) => {
                line!(text, 3, "({account},");
                line!(text, 4, "stopped: {}),", ShowStop(reason));
            }
        }
    }
    line!(text, 2, "],");
}

/// Frames in a row whose rows of the allocation table are written alike.
#[derive(PartialEq)]
struct Alike {
    perm: Option<u8>,
    is_allocated: bool,
    charged_to: Option<ProcessId>,
}

/// Writes the rows that boot does not make, frames in a row together.
fn allocation(text: &mut String, world: &World, booted: &World) {
    let (table, booted) = (world.kernel.allocation_table(), booted.kernel.allocation_table());
    let mut runs: Vec<(FrameNumber, FrameNumber, Alike)> = Vec::new();
    for frame in table.changes_since(booted) {
        let row = table.row(frame);
        let perm = (row.perm != booted.row(frame).perm).then_some(row.perm);
        let alike = Alike { perm, is_allocated: row.is_allocated, charged_to: row.charged_to };
        match runs.last_mut() {
            Some((_, last, run)) if last.number() + 1 == frame.number() && *run == alike => *last = frame,
            _ => runs.push((frame, frame, alike)),
        }
    }
    line!(text, 2, "allocation: [");
    for (first, last, alike) in runs {
        let perm = alike.perm.map(|perm| format!(" perm: {perm},")).unwrap_or_default();
        let payer = alike.charged_to.map(|id| format!(", paid_by: {id}")).unwrap_or_default();
        let is_allocated = alike.is_allocated;
        line!(text, 3, "(first: {first}, last: {last},{perm} allocated: {is_allocated}{payer}),");
    }
    line!(text, 2, "],");
}

/// Writes the words that boot does not make: entries where a frame is a table, else plain words.
fn memory(text: &mut String, world: &World, booted: &World) {
    let changes = world.kernel.machine.memory.changes_since(&booted.kernel.machine.memory);
    let tables = changes::table_users(world);
    line!(text, 2, "memory: [");
    for changes in changes.chunk_by(|a, b| a.address.frame() == b.address.frame()) {
        let Some(frame) = changes.first().map(|change| change.address.frame()) else { continue };
        if let Some(what) = table_name(frame, &tables) {
            line!(text, 3, "(frame: {frame}, entries: [ // {what}");
            for change in changes {
                let entry = values::show_entry(RawEntry(change.after));
                line!(text, 4, "\"{:#05x}: {entry}\",", change.address.word_index());
            }
        } else {
            line!(text, 3, "(frame: {frame}, words: [");
            words(text, changes);
        }
        line!(text, 3, "]),");
    }
    line!(text, 2, "],");
}

/// Writes a frame's words, neighbours on one line.
fn words(text: &mut String, changes: &[WordChange]) {
    for row in changes.chunk_by(|a, b| a.address.0 + 4 == b.address.0) {
        for part in row.chunks(WORDS_A_LINE) {
            let index = part.first().map_or(0, |change| change.address.word_index());
            let words: Vec<String> = part.iter().map(|change| format!("{:#010x}", change.after)).collect();
            line!(text, 4, "\"{index:#05x}: {}\",", words.join(" "));
        }
    }
}

/// Returns what a frame of entries is, or nothing for a frame of words.
fn table_name(frame: FrameNumber, tables: &BTreeMap<FrameNumber, (ProcessId, u32)>) -> Option<String> {
    if let Some(id) = ProcessId::of_directory(frame) {
        return Some(format!("the directory of process {id}"));
    }
    if let Some(index) = layout::identity_table_index(frame) {
        return Some(format!("the identity table of {}", VirtualAddress::of_indices(index, 0)));
    }
    let (id, index) = tables.get(&frame)?;
    Some(format!("the page table of process {id} for {}", VirtualAddress::of_indices(*index, 0)))
}

/// Returns text as a string of the format; line breaks stand as they are.
fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\n' => quoted.push('\n'),
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
