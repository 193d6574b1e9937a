//! The invariants: what must hold in every state, each with a name and a sentence.
//!
//! They are checked after every command. A broken one is not an error: the layers are
//! faithful to their specification, flaws included, and a user may bend any bit. It is
//! something to look at, so each says where.

use crate::kernel::layout;
use crate::kernel::layout::MAX_CHILDREN;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::playground::finding::Finding;
use crate::playground::ledger::Ledger;
use crate::playground::page_index::Page;
use crate::playground::page_index::PageOf;
use crate::playground::snapshot::Change;
use crate::playground::snapshot::Place;
use crate::playground::tlb_view;
use crate::playground::world::World;

/// How many of the pages that map a frame its sentence names.
const MAPPERS_NAMED: usize = 4;

/// One invariant.
pub(in crate::playground) struct Invariant {
    pub(in crate::playground) name: &'static str,
    pub(in crate::playground) sentence: &'static str,
    /// Returns what breaks it, and where.
    pub(in crate::playground) check: fn(&World, &Ledger) -> Vec<Change>,
}

/// Every invariant, in the order they are shown.
pub(in crate::playground) static INVARIANTS: [Invariant; 11] = [
    Invariant {
        name: "usage-within-quota",
        sentence: "No process uses more pages than its quota.",
        check: usage_within_quota,
    },
    Invariant {
        name: "usage-adds-up",
        sentence: "A process's usage is the frames it pays for plus its children's quotas.",
        check: usage_adds_up,
    },
    Invariant {
        name: "allocated-has-owner",
        sentence: "Every allocated frame is paid for by one live process.",
        check: |_, ledger| found(ledger, Finding::Unowned, "is allocated and nobody pays for it"),
    },
    Invariant {
        name: "paid-is-mapped",
        sentence: "Every frame a process pays for is mapped somewhere or is a page table: no orphans.",
        check: |_, ledger| found(ledger, Finding::Orphan, "is paid for and mapped nowhere: an orphan"),
    },
    Invariant {
        name: "one-writer",
        sentence: "No two processes can write one frame, unless it is shared on purpose.",
        check: |_, ledger| found(ledger, Finding::TwoWriters, "can be written by two processes"),
    },
    Invariant {
        name: "mapped-is-normal",
        sentence: "Every present user entry names memory that the allocator gives.",
        check: |_, ledger| {
            found(ledger, Finding::NotNormalButMapped, "is mapped and not the allocator's to give")
        },
    },
    Invariant {
        name: "free-is-unmapped",
        sentence: "No free frame is mapped.",
        check: |_, ledger| found(ledger, Finding::FreeButMapped, "is free and still mapped"),
    },
    Invariant {
        name: "kernel-half-same",
        sentence: "The kernel's half is the same in every directory.",
        check: kernel_half_same,
    },
    Invariant {
        name: "tables-unreachable",
        sentence: "No user entry reaches a page directory or a page table.",
        check: |_, ledger| {
            found(ledger, Finding::TableReachable, "is a page table and a user program can reach it")
        },
    },
    Invariant {
        name: "tree-well-formed",
        sentence: "Every process hangs below its parent, and parents count their children right.",
        check: tree_well_formed,
    },
    Invariant { name: "tlb-agrees", sentence: "No TLB entry contradicts the tables.", check: tlb_agrees },
];

fn usage_within_quota(world: &World, _: &Ledger) -> Vec<Change> {
    let over = world.live().map(|id| (id, world.kernel.container(id))).filter(|(_, c)| c.usage > c.quota);
    over.map(|(id, c)| at_process(id, format!("process {id} uses {} pages of {}", c.usage, c.quota)))
        .collect()
}

fn usage_adds_up(world: &World, ledger: &Ledger) -> Vec<Change> {
    let mut broken = Vec::new();
    for id in world.live() {
        let usage = u64::from(world.kernel.container(id).usage);
        let own = u64::from(ledger.charged(id));
        let lent: u64 = world.children(id).map(|child| u64::from(world.kernel.container(child).quota)).sum();
        if usage != own + lent {
            let text = format!("process {id} counts {usage} pages; it pays for {own} frames and lent {lent}");
            broken.push(at_process(id, text));
        }
    }
    broken
}

/// Compares every directory with process 0's outside the user range.
fn kernel_half_same(world: &World, _: &Ledger) -> Vec<Change> {
    let (low, high) = (layout::VM_USERLO_PDE as usize, layout::VM_USERHI_PDE as usize);
    let directory = |id: ProcessId| world.kernel.machine.memory.frame(id.directory());
    let expected = directory(KERNEL);
    let mut broken = Vec::new();
    for id in ProcessId::all() {
        let words = directory(id);
        // Nearly always the halves are equal, and comparing them whole is quick.
        if words[..low] == expected[..low] && words[high..] == expected[high..] {
            continue;
        }
        for index in (0..ENTRIES).filter(|&index| !layout::is_user_pde(index)) {
            // The A bit is the hardware's note, not the kernel's mapping.
            let difference = (words[index as usize] ^ expected[index as usize]) & !RawEntry::ACCESSED;
            if difference != 0 {
                let text = format!("directory entry {index:#05x} of process {id} is not process 0's");
                broken.push(Change { text, place: Some(Place::DirectoryEntry(id.number(), index)) });
            }
        }
    }
    broken
}

/// Checks each process's parent, its number among the parent's slots, and the count of its children.
fn tree_well_formed(world: &World, _: &Ledger) -> Vec<Change> {
    let mut broken = Vec::new();
    for id in world.live() {
        let container = world.kernel.container(id);
        let children = world.children(id).count();
        if children as u64 != u64::from(container.nchildren) {
            let text = format!("process {id} counts {} children and has {children}", container.nchildren);
            broken.push(at_process(id, text));
        }
        let parent = ProcessId::new(container.parent).filter(|&parent| world.kernel.container(parent).used);
        let first = container.parent.saturating_mul(MAX_CHILDREN).saturating_add(1);
        let is_slot = (first..first.saturating_add(MAX_CHILDREN)).contains(&id.number());
        if id != KERNEL && (parent.is_none() || !is_slot) {
            let text = format!("process {id} says its parent is {}, which cannot be", container.parent);
            broken.push(at_process(id, text));
        }
    }
    broken
}

fn tlb_agrees(world: &World, _: &Ledger) -> Vec<Change> {
    let machine = &world.kernel.machine;
    let entries = machine.tlb.entries().filter_map(|(set, way, entry)| Some((set, way, entry?)));
    let stale = entries.filter_map(|(set, way, entry)| {
        let why = tlb_view::contradiction(machine, *entry)?;
        let place = Place::Tlb(u32::try_from(set).ok()?, u32::try_from(way).ok()?);
        let text = format!("the TLB's entry for {} is stale: {why}", entry.page);
        Some(Change { text, place: Some(place) })
    });
    stale.collect()
}

/// Returns the frames with a finding, each as a sentence.
fn found(ledger: &Ledger, finding: Finding, what: &str) -> Vec<Change> {
    let frames = ledger.findings().iter().filter(|(_, findings)| findings.contains(finding));
    frames
        .map(|(&frame, _)| Change {
            text: format!("frame {frame} {what}{}", mapped_by(ledger, frame)),
            place: Some(Place::Frame(frame.number())),
        })
        .collect()
}

/// Returns the first pages that map a frame, in brackets: one page table that a whole directory
/// names gives each of its frames hundreds.
fn mapped_by(ledger: &Ledger, frame: FrameNumber) -> String {
    let mut mappers = ledger.mappers(frame);
    let page =
        |((id, number), _): (PageOf, Page)| format!("{} of process {id}", VirtualAddress::of_page(number));
    let named: Vec<String> = mappers.by_ref().take(MAPPERS_NAMED).map(page).collect();
    let more = if mappers.next().is_some() { " and more" } else { "" };
    if named.is_empty() { String::new() } else { format!(" (by {}{more})", named.join(", ")) }
}

fn at_process(id: ProcessId, text: String) -> Change {
    Change { text, place: Some(Place::Process(id.number())) }
}
