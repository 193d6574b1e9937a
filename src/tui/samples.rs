//! Snapshots made by hand, for the tests of drawing and moving.

mod parts;

use crate::playground::snapshot::FaultView;
use crate::playground::snapshot::Focus;
use crate::playground::snapshot::FrameDetail;
use crate::playground::snapshot::MachineView;
use crate::playground::snapshot::Mapper;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::Position;
use crate::playground::snapshot::ProcessRow;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::RoleCounts;
use crate::playground::snapshot::Snapshot;
use crate::playground::snapshot::WalkView;

/// Nothing at all: no process, no memory, no step.
pub(crate) fn empty() -> Snapshot {
    Snapshot {
        focus: Focus::default(),
        title: String::new(),
        position: Position::default(),
        processes: Vec::new(),
        totals: RoleCounts::default(),
        palloc_cursor: 0,
        regions: Vec::new(),
        frames: Vec::new(),
        frame: FrameDetail {
            number: 0,
            role: Role::Absent,
            sentence: String::new(),
            perm: 0,
            is_allocated: false,
            charged_to: None,
            mappers: Vec::new(),
            words: Vec::new(),
            changed_words: Vec::new(),
        },
        directory: Vec::new(),
        directory_frame: 0,
        table: None,
        walk: WalkView {
            address: 0,
            access: "user read".to_string(),
            steps: Vec::new(),
            physical: None,
            error: None,
            verdict: String::new(),
        },
        machine: MachineView {
            registers: Vec::new(),
            privilege: "kernel (CPL 0)",
            tlb: Vec::new(),
            tlb_sets: 0,
            tlb_ways: 0,
            tlb_hits: 0,
            tlb_misses: 0,
        },
        trace: Vec::new(),
        changes: Vec::new(),
        invariants: Vec::new(),
        fault: None,
    }
}

/// A small living world: three processes in a chain, a few pages, one demand-paging fault.
pub(crate) fn living() -> Snapshot {
    let page = 0x4000_1000;
    let frame = 0x4_0004;
    let touch = Position {
        step: 12,
        last: 14,
        branches: 1,
        branch: 0,
        command: "touch 4 write 0x40001000".to_string(),
        mark: None,
    };
    Snapshot {
        focus: Focus { process: 4, address: page, frame },
        title: "a small machine".to_string(),
        position: touch,
        processes: parts::processes(),
        totals: RoleCounts {
            absent: 700_000,
            firmware: 300,
            kernel: 262_144,
            free: 57,
            tables: 2,
            pages: 5,
            ..RoleCounts::default()
        },
        palloc_cursor: frame + 1,
        regions: parts::regions(),
        frames: parts::frames(),
        frame: FrameDetail {
            number: frame,
            role: Role::Page(4),
            sentence: "a page of process 4".to_string(),
            perm: 2,
            is_allocated: true,
            charged_to: Some(4),
            mappers: vec![Mapper { process: 4, address: page, is_writable: true }],
            words: (0..1024)
                .map(|index: u32| if index.is_multiple_of(7) { index.wrapping_mul(0x0101_0101) } else { 0 })
                .collect(),
            changed_words: vec![7, 14],
        },
        directory: parts::directory(),
        directory_frame: 0x0_1004,
        table: Some(parts::table()),
        walk: parts::walk(page, frame),
        machine: parts::machine(),
        trace: parts::trace(),
        changes: vec![
            parts::change("Process 4 uses 3 of its 16 pages, one more than before.", Some(Place::Process(4))),
            parts::change(
                "PDE 0x100 of process 4: empty → frame 0x40003 P W U",
                Some(Place::DirectoryEntry(4, 0x100)),
            ),
            parts::change("PTE 0x001 of process 4: empty → frame 0x40004 P W U", Some(Place::Page(4, page))),
        ],
        invariants: parts::invariants(),
        fault: Some(FaultView {
            process: Some(4),
            address: page,
            is_at_directory: false,
            error: 6,
            sentence: "no page was mapped".to_string(),
        }),
    }
}

/// Everything as large, as long and as strange as the types allow.
pub(crate) fn extreme() -> Snapshot {
    let long = "a\u{1b}[31m wide 漢字 name that goes on and on ".repeat(6);
    let mut snapshot = living();
    snapshot.focus = Focus { process: u32::MAX, address: u32::MAX, frame: u32::MAX };
    snapshot.title.clone_from(&long);
    snapshot.position.step = u32::MAX;
    snapshot.position.command.clone_from(&long);
    snapshot.processes = (0..80).map(|id| extreme_process(id, &long)).collect();
    snapshot.totals = RoleCounts { free: u32::MAX, pages: u32::MAX, kernel: u32::MAX, ..snapshot.totals };
    snapshot.frame.sentence.clone_from(&long);
    snapshot.frame.perm = u32::MAX;
    snapshot.frame.mappers =
        (0..99).map(|process| Mapper { process, address: u32::MAX, is_writable: false }).collect();
    snapshot.table = None;
    snapshot.walk.verdict.clone_from(&long);
    snapshot.machine.tlb_sets = u32::MAX;
    snapshot.machine.tlb_ways = u32::MAX;
    snapshot.machine.tlb_hits = u64::MAX;
    for row in &mut snapshot.trace {
        row.depth = u32::MAX;
        row.descendants = u32::MAX;
        row.text.clone_from(&long);
    }
    snapshot.changes = (0..40).map(|_| parts::change(&long, None)).collect();
    snapshot.invariants[0].broken.clone_from(&snapshot.changes);
    snapshot.invariants[0].more = u32::MAX;
    snapshot
}

fn extreme_process(id: u32, name: &str) -> ProcessRow {
    ProcessRow {
        id: u32::MAX - id,
        name: name.to_string(),
        depth: id.wrapping_mul(7919),
        is_last_child: id.is_multiple_of(2),
        parent: u32::MAX,
        quota: u32::MAX,
        usage: u32::MAX,
        own: u32::MAX,
        lent: u32::MAX,
        children: u32::MAX,
        max_children: u32::MAX,
        is_current: true,
        stopped: Some(name.to_string()),
        is_changed: true,
    }
}
