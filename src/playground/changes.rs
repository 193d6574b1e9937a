//! What changed between two moments, in words.

use std::collections::BTreeMap;

use crate::kernel::allocation_table::FrameRow;
use crate::kernel::layout;
use crate::kernel::layout::PERM_FIRMWARE;
use crate::kernel::layout::PERM_KERNEL;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory::WordChange;
use crate::machine::tlb::TlbEntry;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::Place;
use crate::playground::world::World;

/// The most lines a difference has; what is left out is counted in its last line.
const CHANGES_MAX: usize = 2000;
/// The user half of a directory that leads nowhere.
const EMPTY_USER_HALF: [u32; (layout::VM_USERHI_PDE - layout::VM_USERLO_PDE) as usize] =
    [0; (layout::VM_USERHI_PDE - layout::VM_USERLO_PDE) as usize];

/// Returns every difference between two worlds: processes, entries, frames, registers, TLB, words.
pub(in crate::playground) fn between(before: &World, after: &World) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.memory_map != after.memory_map {
        changes.push(plain(format!("machine: {} → {}", before.memory_map.title, after.memory_map.title)));
    }
    processes(before, after, &mut changes);
    words(before, after, &mut changes);
    allocation(before, after, &mut changes);
    registers(before, after, &mut changes);
    tlb(before, after, &mut changes);
    if changes.len() > CHANGES_MAX {
        let more = changes.len() - CHANGES_MAX;
        changes.truncate(CHANGES_MAX);
        changes.push(plain(format!("… and {more} more")));
    }
    changes
}

fn processes(before: &World, after: &World, changes: &mut Vec<Change>) {
    for id in ProcessId::all() {
        let (was, is) = (before.kernel.container(id), after.kernel.container(id));
        let mut say = |text: String| {
            let text = format!("process {id}: {text}");
            changes.push(Change { text, place: Some(Place::Process(id.number())) });
        };
        match (was.used, is.used) {
            (false, true) => say(format!("born, quota {}, parent {}", is.quota, is.parent)),
            (true, false) => say("ended".to_string()),
            _ => {}
        }
        let fields = [
            ("quota", was.quota, is.quota),
            ("usage", was.usage, is.usage),
            ("children", was.nchildren, is.nchildren),
            ("parent", was.parent, is.parent),
        ];
        let changed = fields.iter().filter(|(_, was, is)| was != is);
        if was.used && is.used {
            changed.for_each(|(field, was, is)| say(format!("{field} {was} → {is}")));
        }
        match (before.kernel.stopped(id), after.kernel.stopped(id)) {
            (None, Some(_)) => say("runs → stopped".to_string()),
            (Some(_), None) if is.used => say("stopped → may run".to_string()),
            _ => {}
        }
        if is.used && was.used && before.name(id) != after.name(id) {
            say(format!("name {} → {}", before.name(id), after.name(id)));
        }
    }
}

fn words(before: &World, after: &World, changes: &mut Vec<Change>) {
    let (old, new) = (&before.kernel.machine.memory, &after.kernel.machine.memory);
    let mut tables = table_users(before);
    tables.extend(table_users(after));
    for change in new.changes_since(old).into_iter().take(CHANGES_MAX + 1) {
        changes.push(word(change, &tables));
    }
}

/// Returns a changed word in words: a directory's entry, a table's, or plain memory's.
fn word(change: WordChange, tables: &BTreeMap<FrameNumber, (ProcessId, u32)>) -> Change {
    let (frame, index) = (change.address.frame(), change.address.word_index());
    let entries = || format!("{} → {}", entry(change.before), entry(change.after));
    if let Some(id) = ProcessId::of_directory(frame) {
        let text = format!("PDE {index:#05x} of process {id}: {}", entries());
        return Change { text, place: Some(Place::DirectoryEntry(id.number(), index)) };
    }
    if let Some(pde_index) = layout::identity_table_index(frame) {
        let address = VirtualAddress::of_indices(pde_index, index);
        let text = format!("identity PTE {address}: {}", entries());
        return Change { text, place: Some(Place::Page(KERNEL.number(), address.0)) };
    }
    if let Some(&(id, pde_index)) = tables.get(&frame) {
        let address = VirtualAddress::of_indices(pde_index, index);
        let text = format!("PTE {index:#05x} of process {id} ({address}): {}", entries());
        return Change { text, place: Some(Place::Page(id.number(), address.0)) };
    }
    let text = format!("word {}: {:#010x} → {:#010x}", change.address, change.before, change.after);
    Change { text, place: Some(Place::Word(frame.number(), index)) }
}

/// Returns an entry in words: "empty", "frame 0x40005 P W U".
pub(in crate::playground) fn entry(raw: u32) -> String {
    let entry = RawEntry(raw);
    match raw {
        0 => "empty".to_string(),
        _ if entry.is_present() => format!("frame {} {}", entry.frame(), entry.flags_text()),
        _ => format!("not present {raw:#010x}"),
    }
}

/// Returns which directory entry uses each page table.
pub(in crate::playground) fn table_users(world: &World) -> BTreeMap<FrameNumber, (ProcessId, u32)> {
    let mut users = BTreeMap::new();
    for id in ProcessId::all().filter(|&id| id != KERNEL) {
        let words = world.kernel.machine.memory.frame(id.directory());
        let user_half = &words[layout::VM_USERLO_PDE as usize..layout::VM_USERHI_PDE as usize];
        // Most directories have an empty user half, and this is asked twice a command.
        if *user_half == EMPTY_USER_HALF {
            continue;
        }
        for (pde_index, &word) in (layout::VM_USERLO_PDE..).zip(user_half) {
            let pde = RawEntry(word);
            if pde.is_present() {
                users.entry(pde.frame()).or_insert((id, pde_index));
            }
        }
    }
    users
}

fn allocation(before: &World, after: &World, changes: &mut Vec<Change>) {
    let (old, new) = (before.kernel.allocation_table(), after.kernel.allocation_table());
    if before.kernel.frame_count() != after.kernel.frame_count() {
        let counts = format!("{} → {}", before.kernel.frame_count(), after.kernel.frame_count());
        changes.push(plain(format!("frames: {counts}")));
    }
    for frame in new.changes_since(old).into_iter().take(CHANGES_MAX + 1) {
        let text = format!("frame {frame}: {} → {}", row(old.row(frame)), row(new.row(frame)));
        changes.push(Change { text, place: Some(Place::Frame(frame.number())) });
    }
}

/// Returns a row of the allocation table in words.
fn row(row: FrameRow) -> String {
    let kind = match row.perm {
        PERM_FIRMWARE => "firmware",
        PERM_KERNEL => "kernel",
        _ if !row.is_allocated => return "free".to_string(),
        _ => "allocated",
    };
    match row.charged_to {
        Some(id) => format!("{kind}, paid by process {id}"),
        None if row.is_allocated => format!("{kind}, paid by nobody"),
        None => kind.to_string(),
    }
}

fn registers(before: &World, after: &World, changes: &mut Vec<Change>) {
    let (old, new) = (&before.kernel.machine.registers, &after.kernel.machine.registers);
    let registers = [
        ("CR0", old.cr0, new.cr0),
        ("CR2", old.cr2, new.cr2),
        ("CR3", old.cr3, new.cr3),
        ("CR4", old.cr4, new.cr4),
        ("EFLAGS", old.eflags, new.eflags),
    ];
    for (name, was, is) in registers.into_iter().filter(|(_, was, is)| was != is) {
        let text = format!("{name}: {was:#010x} → {is:#010x}");
        changes.push(Change { text, place: Some(Place::Register(name)) });
    }
}

fn tlb(before: &World, after: &World, changes: &mut Vec<Change>) {
    let old = before.kernel.machine.tlb.entries();
    let pairs = old.zip(after.kernel.machine.tlb.entries());
    for ((_, _, was), (set, way, is)) in pairs.filter(|((_, _, was), (_, _, is))| was != is) {
        let text = match is {
            None => format!("TLB {set}.{way}: forgot {}", translation(was)),
            Some(_) => format!("TLB {set}.{way}: holds {}", translation(is)),
        };
        let place = u32::try_from(set).ok().zip(u32::try_from(way).ok());
        changes.push(Change { text, place: place.map(|(set, way)| Place::Tlb(set, way)) });
    }
}

/// Returns a TLB entry in words: "0x40000000 → frame 0x40005 P W U".
fn translation(entry: Option<&TlbEntry>) -> String {
    let Some(entry) = entry else { return "empty".to_string() };
    let frame = entry.translate(entry.page).frame();
    format!("{} → frame {frame} {}", entry.page, entry.entry.flags_text())
}

fn plain(text: String) -> Change {
    Change { text, place: None }
}
