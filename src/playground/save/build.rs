//! Builds a world from its record: boots the memory map, then puts back what differs.

use std::collections::BTreeMap;

use crate::kernel::allocation_table::FrameRow;
use crate::kernel::layout::VM_USERHI_PDE;
use crate::kernel::layout::VM_USERLO_PDE;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::state::Container;
use crate::kernel::state::Kernel;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::entry::RawEntry;
use crate::machine::memory::PhysicalMemory;
use crate::machine::memory_map::MemoryMap;
use crate::machine::tlb::Tlb;
use crate::playground::save::record::FrameRecord;
use crate::playground::save::record::MapRecord;
use crate::playground::save::record::ProcessRecord;
use crate::playground::save::record::RunRecord;
use crate::playground::save::record::StateRecord;
use crate::playground::save::record::TlbRecord;
use crate::playground::world::World;

/// Returns the moment that a record describes.
pub(in crate::playground) fn world(record: &StateRecord) -> World {
    let mut world = World::boot(memory_map(&record.memory_map));
    let kernel = &mut world.kernel;
    if let Some(registers) = &record.registers {
        kernel.machine.registers = registers.registers();
    }
    if let Some(record) = &record.tlb {
        kernel.machine.tlb = tlb(record);
    }
    if let Some(count) = record.frame_count {
        kernel.restore_frame_count(count);
    }
    if let Some(cursor) = &record.palloc_cursor {
        kernel.restore_palloc_cursor(cursor.0);
    }
    record.allocation.iter().for_each(|run| restore_run(kernel, run));
    record.memory.iter().for_each(|frame| restore_frame(&mut kernel.machine.memory, frame));
    if let Some(processes) = &record.processes {
        restore_processes(&mut world, processes);
    }
    world
}

fn memory_map(record: &MapRecord) -> MemoryMap {
    match record {
        MapRecord::Named(name) => name.0.clone(),
        MapRecord::Rows { title, rows } => {
            MemoryMap { title: title.clone(), rows: rows.iter().map(|row| row.0).collect() }
        }
    }
}

fn tlb(record: &TlbRecord) -> Tlb {
    let mut tlb = Tlb::new();
    tlb.hits = record.hits;
    tlb.misses = record.misses;
    for entry in &record.entries {
        tlb.restore(entry.way, entry.entry());
    }
    tlb
}

fn restore_run(kernel: &mut Kernel, run: &RunRecord) {
    for frame in (run.first.0.number()..=run.last.0.number()).filter_map(FrameNumber::new) {
        let booted = kernel.allocation_table().row(frame);
        let row = FrameRow {
            perm: run.perm.unwrap_or(booted.perm),
            is_allocated: run.allocated,
            charged_to: run.paid_by.map(|id| id.0),
        };
        kernel.restore_row(frame, row);
    }
}

fn restore_frame(memory: &mut PhysicalMemory, record: &FrameRecord) {
    let words = memory.frame_mut(record.frame.0);
    for row in &record.entries {
        words[row.index as usize] = row.entry.0;
    }
    for row in &record.words {
        let first = row.index as usize;
        words[first..first + row.words.len()].copy_from_slice(&row.words);
    }
}

/// Puts all accounts back; who is not among them is not in use.
fn restore_processes(world: &mut World, processes: &[ProcessRecord]) {
    for id in ProcessId::all() {
        world.kernel.restore_container(id, Container::default(), None);
    }
    for process in processes {
        let id = process.id.0;
        let container = Container {
            quota: process.quota,
            usage: process.usage,
            parent: process.parent,
            nchildren: process.nchildren,
            used: true,
        };
        world.kernel.restore_container(id, container, process.stopped.map(Into::into));
        if let Some(name) = &process.name {
            world.names.insert(id, name.0.clone());
        }
    }
}

/// Counts the pages that user processes have mapped, each table as often as it is used.
pub(in crate::playground) fn mapped_pages(world: &World) -> usize {
    let machine = &world.kernel.machine;
    let mut present: BTreeMap<FrameNumber, usize> = BTreeMap::new();
    let mut count = 0;
    for id in ProcessId::all().filter(|&id| id != KERNEL) {
        let directory = machine.memory.frame(id.directory());
        let user_half = &directory[VM_USERLO_PDE as usize..VM_USERHI_PDE as usize];
        for pde in user_half.iter().map(|&word| RawEntry(word)).filter(|pde| pde.is_present()) {
            let table = pde.frame();
            let count_present =
                || machine.memory.frame(table).iter().filter(|&&word| RawEntry(word).is_present()).count();
            count += match pde.is_big() && machine.registers.has_big_pages() {
                true => ENTRIES as usize,
                false => *present.entry(table).or_insert_with(count_present),
            };
        }
    }
    count
}
