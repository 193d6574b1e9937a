//! Fills a snapshot: what one moment looks like from one focus.

use std::collections::BTreeSet;

use crate::kernel::layout::MAX_CHILDREN;
use crate::kernel::layout::NUM_IDS;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::ENTRIES;
use crate::machine::address::FRAMES;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::fault::Level;
use crate::playground::commands::operating_system;
use crate::playground::ledger::Ledger;
use crate::playground::roles;
use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::FaultView;
use crate::playground::snapshot::Focus;
use crate::playground::snapshot::FrameCell;
use crate::playground::snapshot::FrameDetail;
use crate::playground::snapshot::Mapper;
use crate::playground::snapshot::ProcessRow;
use crate::playground::snapshot::Region;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::RoleCounts;
use crate::playground::snapshot::TableView;
use crate::playground::snapshot::WalkStepView;
use crate::playground::snapshot::WalkView;
use crate::playground::world::World;

/// One moment and the one before it, with what is derived from them.
pub(in crate::playground) struct Moment<'a> {
    pub(in crate::playground) world: &'a World,
    /// Nothing at the start.
    pub(in crate::playground) before: Option<&'a World>,
    pub(in crate::playground) ledger: &'a Ledger,
    /// The frames that the last command touched in any way.
    pub(in crate::playground) touched: &'a BTreeSet<FrameNumber>,
    pub(in crate::playground) fault: Option<&'a FaultView>,
}

/// Returns the process tree, parents before children.
pub(in crate::playground) fn processes(moment: &Moment<'_>) -> Vec<ProcessRow> {
    let mut rows = Vec::new();
    push_tree(moment, KERNEL, 0, true, &mut rows);
    // A tree bent by hand may leave processes that hang below nobody; they are shown all the same.
    let shown: BTreeSet<u32> = rows.iter().map(|row| row.id).collect();
    let lost = moment.world.live().filter(|id| !shown.contains(&id.number()));
    rows.extend(lost.map(|id| process_row(moment, id, 0, true)));
    rows
}

/// Adds a process and its descendants; a cycle that a bent tree may hold ends at the depth of all ids.
fn push_tree(moment: &Moment<'_>, id: ProcessId, depth: u32, is_last: bool, rows: &mut Vec<ProcessRow>) {
    if !moment.world.kernel.container(id).used || depth > NUM_IDS {
        return;
    }
    rows.push(process_row(moment, id, depth, is_last));
    let children: Vec<ProcessId> = moment.world.children(id).collect();
    for (at, &child) in children.iter().enumerate() {
        push_tree(moment, child, depth + 1, at + 1 == children.len(), rows);
    }
}

/// Returns a process's row at its place in the tree.
fn process_row(moment: &Moment<'_>, id: ProcessId, depth: u32, is_last_child: bool) -> ProcessRow {
    let world = moment.world;
    let container = world.kernel.container(id);
    let lent =
        world.children(id).map(|child| world.kernel.container(child).quota).fold(0, u32::saturating_add);
    let was = moment.before.map(|before| (before.kernel.container(id), before.kernel.stopped(id)));
    ProcessRow {
        id: id.number(),
        name: world.name(id),
        depth,
        is_last_child,
        parent: container.parent,
        quota: container.quota,
        usage: container.usage,
        own: moment.ledger.charged(id),
        lent,
        children: container.nchildren,
        max_children: MAX_CHILDREN,
        is_current: world.kernel.machine.registers.directory() == id.directory().start(),
        stopped: world.kernel.stopped(id).map(operating_system::stop_clause),
        is_changed: was.is_some_and(|was| was != (container, world.kernel.stopped(id))),
    }
}

/// Returns the sum of all regions' counts.
pub(in crate::playground) fn totals(ledger: &Ledger) -> RoleCounts {
    (0..ENTRIES).map(|region| ledger.region(region).counts()).fold(RoleCounts::default(), RoleCounts::plus)
}

/// Returns all of the address space, 1024 frames a region.
pub(in crate::playground) fn regions(moment: &Moment<'_>, focus: &Focus) -> Vec<Region> {
    // A lookup a region: a process that ends may have touched nearly every frame there is.
    let is_changed = |index: u32| {
        let from_here =
            FrameNumber::new(index * ENTRIES).and_then(|first| moment.touched.range(first..).next());
        from_here.is_some_and(|touched| touched.number() / ENTRIES == index)
    };
    let mapped = mapped_by_region(moment, focus);
    let region = |index: u32| {
        let ledger = moment.ledger.region(index);
        Region {
            counts: ledger.counts(),
            role: telling_role(ledger.by_role()),
            is_mixed: ledger.by_role().filter(|(role, _)| *role != Role::Absent).count() > 1,
            of_focus: mapped.get(index as usize).copied().unwrap_or(0),
            is_changed: is_changed(index),
        }
    };
    (0..ENTRIES).map(region).collect()
}

/// Returns how many frames of each region the focused process pays for or maps.
fn mapped_by_region(moment: &Moment<'_>, focus: &Focus) -> Vec<u32> {
    let mut counts = vec![0; ENTRIES as usize];
    let Some(id) = ProcessId::new(focus.process) else { return counts };
    let owned = |role: Role| roles::owner(role) == Some(id.number());
    for region in 0..ENTRIES {
        let own = moment.ledger.region(region).by_role().filter(|(role, _)| owned(*role));
        counts[region as usize] = own.map(|(_, count)| count).sum();
    }
    for frame in moment.ledger.lent_to(id) {
        counts[(frame.number() / ENTRIES) as usize] += 1;
    }
    counts
}

/// Returns the role that tells most about a region: an orphan before all, then what processes
/// use most, then the most common of the rest.
fn telling_role(roles: impl Iterator<Item = (Role, u32)>) -> Role {
    let weight = |role: Role| match role {
        Role::Orphan(_) => 4,
        Role::Page(_) | Role::Shared(_) | Role::CopyOnWrite(_) => 3,
        Role::PageTable(_) => 2,
        Role::Free | Role::Kernel | Role::Firmware | Role::Directory(_) => 1,
        Role::Absent => 0,
    };
    roles.max_by_key(|(role, count)| (weight(*role), *count)).map_or(Role::Absent, |(role, _)| role)
}

/// Returns the 1024 frames of the region that holds the focused frame.
pub(in crate::playground) fn frames(moment: &Moment<'_>, focus: &Focus) -> Vec<FrameCell> {
    let first = focus.frame.min(FRAMES - 1) / ENTRIES * ENTRIES;
    (first..first + ENTRIES)
        .filter_map(FrameNumber::new)
        .map(|frame| frame_cell(moment, focus, frame))
        .collect()
}

fn frame_cell(moment: &Moment<'_>, focus: &Focus, frame: FrameNumber) -> FrameCell {
    let role = moment.ledger.role(frame);
    let is_mapped = || moment.ledger.mappers(frame).any(|((id, _), _)| id.number() == focus.process);
    FrameCell {
        role,
        of_focus: roles::owner(role) == Some(focus.process) || is_mapped(),
        is_changed: moment.touched.contains(&frame),
        is_broken: moment.ledger.findings().contains_key(&frame),
    }
}

/// Returns everything about the focused frame.
pub(in crate::playground) fn frame(moment: &Moment<'_>, focus: &Focus) -> FrameDetail {
    let frame = FrameNumber::new(focus.frame.min(FRAMES - 1)).unwrap_or_default();
    let row = moment.world.kernel.allocation_table().row(frame);
    let words = moment.world.kernel.machine.memory.frame(frame);
    let before = moment.before.map(|before| before.kernel.machine.memory.frame(frame));
    let differs =
        |index: &u32| before.is_some_and(|before| before[*index as usize] != words[*index as usize]);
    let role = moment.ledger.role(frame);
    let mappers = moment.ledger.mappers(frame).map(|((id, number), page)| Mapper {
        process: id.number(),
        address: VirtualAddress::of_page(number).0,
        is_writable: page.is_writable,
    });
    FrameDetail {
        number: frame.number(),
        role,
        sentence: role_sentence(moment, frame, role),
        perm: u32::from(row.perm),
        is_allocated: row.is_allocated,
        charged_to: row.charged_to.map(ProcessId::number),
        mappers: mappers.collect(),
        words: words.to_vec(),
        changed_words: (0..ENTRIES).filter(differs).collect(),
    }
}

/// Returns what a frame is used for, as a sentence.
fn role_sentence(moment: &Moment<'_>, frame: FrameNumber, role: Role) -> String {
    match role {
        Role::Absent => "There is no memory here.".to_string(),
        Role::Firmware => "Firmware: not usable memory, or only part of a frame is.".to_string(),
        Role::Kernel => "Kernel memory: outside the range that palloc gives from.".to_string(),
        Role::Directory(id) => format!("The page directory of process {id}."),
        Role::Free => "Free: palloc may give it.".to_string(),
        Role::PageTable(id) => {
            let entries: Vec<String> = moment
                .ledger
                .table_users(frame)
                .map(|(id, index)| format!("{index:#05x} of process {id}"))
                .collect();
            format!("A page table of process {id}, behind directory entry {}.", entries.join(", "))
        }
        Role::Page(id) => format!("A page of process {id}."),
        Role::Shared(id) => format!("A page of process {id}, mapped more than once."),
        Role::CopyOnWrite(id) => format!("A page of process {id}, shared until somebody writes."),
        Role::Orphan(Some(id)) => format!("An orphan: process {id} pays for it and nobody maps it."),
        Role::Orphan(None) => "An orphan: given out, and nobody pays for it or maps it.".to_string(),
    }
}

/// Returns the focused process's directory.
pub(in crate::playground) fn directory(moment: &Moment<'_>, focus: &Focus) -> Vec<EntryCell> {
    let id = focused(focus);
    let words = moment.world.kernel.machine.memory.frame(id.directory());
    let before = moment.before.map(|before| before.kernel.machine.memory.frame(id.directory()));
    let focus_frame = FrameNumber::new(focus.frame).unwrap_or_default();
    let leading: BTreeSet<u32> = moment
        .ledger
        .mappers(focus_frame)
        .filter(|((mapper, _), _)| *mapper == id)
        .map(|((_, number), _)| number / ENTRIES)
        .collect();
    let fault = moment.fault.filter(|fault| fault.process == Some(focus.process) && fault.is_at_directory);
    let cell = |index: u32| {
        let raw = words[index as usize];
        let entry = RawEntry(raw);
        EntryCell {
            raw,
            role: pointed_role(moment, entry),
            leads_to_focus: leading.contains(&index) || entry.is_present() && entry.frame() == focus_frame,
            is_changed: before.is_some_and(|before| before[index as usize] != raw),
            is_faulting: fault.is_some_and(|fault| VirtualAddress(fault.address).directory_index() == index),
            is_broken: entry.is_present() && moment.ledger.findings().contains_key(&entry.frame()),
        }
    };
    (0..ENTRIES).map(cell).collect()
}

/// Returns the page table under the focused address, if the directory entry is present.
pub(in crate::playground) fn table(moment: &Moment<'_>, focus: &Focus) -> Option<TableView> {
    let id = focused(focus);
    let index = VirtualAddress(focus.address).directory_index();
    let pde = moment.world.directory_entry(id, index);
    let is_big = pde.is_big() && moment.world.kernel.machine.registers.has_big_pages();
    if !pde.is_present() || is_big {
        return None;
    }
    let words = moment.world.kernel.machine.memory.frame(pde.frame());
    // Before the step this table may not have been here: then every entry it has is new.
    let was_here = moment.before.filter(|before| before.directory_entry(id, index).frame() == pde.frame());
    let before = was_here.map(|before| before.kernel.machine.memory.frame(pde.frame()));
    let here = |fault: &&FaultView| {
        fault.process == Some(focus.process) && VirtualAddress(fault.address).directory_index() == index
    };
    let fault = moment.fault.filter(|fault| !fault.is_at_directory).filter(here);
    let cell = |at: u32| {
        let entry = RawEntry(words[at as usize]);
        let was = before.map_or(0, |before| before[at as usize]);
        EntryCell {
            raw: entry.0,
            role: pointed_role(moment, entry),
            leads_to_focus: entry.is_present() && entry.frame().number() == focus.frame,
            is_changed: moment.before.is_some() && was != entry.0,
            is_faulting: fault.is_some_and(|fault| VirtualAddress(fault.address).table_index() == at),
            is_broken: entry.is_present() && moment.ledger.findings().contains_key(&entry.frame()),
        }
    };
    Some(TableView {
        directory_index: index,
        frame: pde.frame().number(),
        entries: (0..ENTRIES).map(cell).collect(),
    })
}

/// Returns how the focused process would reach the focused address by a user's read.
pub(in crate::playground) fn walk(moment: &Moment<'_>, focus: &Focus) -> WalkView {
    let mut machine = moment.world.kernel.machine.clone();
    // A what-if: the walk starts at the focused process's directory, whoever CR3 names.
    machine.registers.cr3 = focused(focus).directory().start().0;
    let walk = machine.explain(VirtualAddress(focus.address), Access::user(AccessKind::Read));
    let steps = walk.steps().map(|step| WalkStepView {
        level: if step.level == Level::Directory { "PDE" } else { "PTE" },
        base: step.base.0,
        index: step.index,
        entry_address: step.entry_address.0,
        raw: step.entry.0,
        flags: step.entry.flags_text(),
        verdict: step.verdict.to_string(),
    });
    let verdict = match walk.outcome {
        Ok(translation) => format!("The {} reaches {}.", walk.access, translation.physical),
        Err(fault) => fault.to_string(),
    };
    WalkView {
        address: focus.address,
        access: walk.access.to_string(),
        steps: steps.collect(),
        physical: walk.outcome.ok().map(|translation| translation.physical.0),
        error: walk.outcome.err().map(|fault| fault.error.0),
        verdict,
    }
}

/// Returns the frame of the focused process's directory.
pub(in crate::playground) fn directory_frame(focus: &Focus) -> u32 {
    focused(focus).directory().number()
}

/// Returns the role of the frame that a present entry points at.
fn pointed_role(moment: &Moment<'_>, entry: RawEntry) -> Role {
    if entry.is_present() { moment.ledger.role(entry.frame()) } else { Role::Absent }
}

/// Returns the focused process.
fn focused(focus: &Focus) -> ProcessId {
    ProcessId::new(focus.process).unwrap_or(KERNEL)
}
