//! The parts of the small living world.

use crate::playground::snapshot::Change;
use crate::playground::snapshot::EntryCell;
use crate::playground::snapshot::FrameCell;
use crate::playground::snapshot::InvariantRow;
use crate::playground::snapshot::MachineView;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::ProcessRow;
use crate::playground::snapshot::Region;
use crate::playground::snapshot::RegisterRow;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::RoleCounts;
use crate::playground::snapshot::TableView;
use crate::playground::snapshot::TlbRow;
use crate::playground::snapshot::TraceKind;
use crate::playground::snapshot::TraceRow;
use crate::playground::snapshot::WalkStepView;
use crate::playground::snapshot::WalkView;

pub(in crate::tui::samples) fn processes() -> Vec<ProcessRow> {
    let row = |id, name: &str, depth, is_last_child, parent, quota, own, lent, children| ProcessRow {
        id,
        name: name.to_string(),
        depth,
        is_last_child,
        parent,
        quota,
        usage: own + lent,
        own,
        lent,
        children,
        max_children: 3,
        is_current: id == 4,
        stopped: None,
        is_changed: id == 4,
    };
    let mut all = vec![
        row(0, "kernel", 0, true, 0, 64, 0, 48, 2),
        row(1, "editor", 1, false, 0, 32, 3, 24, 2),
        row(4, "compiler", 2, false, 1, 16, 3, 0, 0),
        row(5, "linker", 2, true, 1, 8, 1, 4, 1),
        row(16, "helper", 3, true, 5, 4, 0, 0, 0),
        row(2, "shell", 1, true, 0, 16, 0, 0, 0),
    ];
    all[5].stopped = Some("it wrote a page that it may only read.".to_string());
    all
}

pub(in crate::tui::samples) fn regions() -> Vec<Region> {
    let region = |index: u32| {
        let kernel = RoleCounts { kernel: 1024, ..RoleCounts::default() };
        match index {
            0x100 => Region {
                counts: RoleCounts { absent: 960, free: 57, tables: 2, pages: 5, ..RoleCounts::default() },
                role: Role::Page(4),
                is_mixed: true,
                of_focus: 3,
                is_changed: true,
            },
            0..0x100 | 0x3c0.. => Region { counts: kernel, role: Role::Kernel, ..Region::default() },
            _ => Region { counts: RoleCounts { absent: 1024, ..RoleCounts::default() }, ..Region::default() },
        }
    };
    (0..1024).map(region).collect()
}

pub(in crate::tui::samples) fn frames() -> Vec<FrameCell> {
    let cell = |index: u32| {
        let role = match index {
            0 | 3 => Role::PageTable(if index == 0 { 1 } else { 4 }),
            1 | 2 => Role::Page(1),
            4 => Role::Page(4),
            5 => Role::Shared(1),
            6 => Role::CopyOnWrite(4),
            7 => Role::Orphan(Some(5)),
            8 => Role::Orphan(None),
            9 => Role::Page(16),
            10..64 => Role::Free,
            64..128 => Role::Firmware,
            _ => Role::Absent,
        };
        let of_focus = matches!(index, 3..=6);
        FrameCell { role, of_focus, is_changed: matches!(index, 3 | 4), is_broken: index == 8 }
    };
    (0..1024).map(cell).collect()
}

pub(in crate::tui::samples) fn directory() -> Vec<EntryCell> {
    let entry = |index: u32| match index {
        0x100 => EntryCell {
            raw: 0x4000_3067,
            role: Role::PageTable(4),
            leads_to_focus: true,
            is_changed: true,
            ..EntryCell::default()
        },
        0x101 => EntryCell { raw: 0x0000_1000, ..EntryCell::default() },
        0..0x100 | 0x3c0.. => {
            EntryCell { raw: (0x1400 + index) << 12 | 0x103, role: Role::Kernel, ..EntryCell::default() }
        }
        _ => EntryCell::default(),
    };
    (0..1024).map(entry).collect()
}

pub(in crate::tui::samples) fn table() -> TableView {
    let entry = |index: u32| match index {
        1 => EntryCell {
            raw: 0x4000_4067,
            role: Role::Page(4),
            leads_to_focus: true,
            is_changed: true,
            ..EntryCell::default()
        },
        2 => EntryCell { raw: 0x4000_5025, role: Role::Shared(1), ..EntryCell::default() },
        3 => EntryCell { is_faulting: true, ..EntryCell::default() },
        4 => {
            EntryCell { raw: 0x4000_8007, role: Role::Orphan(None), is_broken: true, ..EntryCell::default() }
        }
        5 => EntryCell { raw: 0x4000_6006, role: Role::Page(4), ..EntryCell::default() },
        _ => EntryCell::default(),
    };
    TableView { directory_index: 0x100, frame: 0x4_0003, entries: (0..1024).map(entry).collect() }
}

pub(in crate::tui::samples) fn walk(address: u32, frame: u32) -> WalkView {
    WalkView {
        address,
        access: "user read".to_string(),
        steps: vec![
            WalkStepView {
                level: "PDE",
                base: 0x0100_4000,
                index: 0x100,
                entry_address: 0x0100_4400,
                raw: 0x4000_3067,
                flags: "P W U A D".to_string(),
                verdict: "the page table lies in frame 0x40003".to_string(),
            },
            WalkStepView {
                level: "PTE",
                base: 0x4000_3000,
                index: 1,
                entry_address: 0x4000_3004,
                raw: 0x4000_4067,
                flags: "P W U A D".to_string(),
                verdict: "the page lies in frame 0x40004".to_string(),
            },
        ],
        physical: Some(frame << 12),
        error: None,
        verdict: "0x40001000 is at physical 0x40004000, and a user may read it.".to_string(),
    }
}

pub(in crate::tui::samples) fn machine() -> MachineView {
    let register = |name, value, meaning: &str, is_changed| RegisterRow {
        name,
        value,
        meaning: meaning.to_string(),
        is_changed,
    };
    let entry = |set, way, address: u32, frame, stale: Option<&str>| TlbRow {
        set,
        way,
        address,
        frame,
        flags: "W U D".to_string(),
        is_big: false,
        stale: stale.map(str::to_string),
        is_changed: set == 1,
    };
    MachineView {
        registers: vec![
            register("CR0", 0x8005_0033, "PG AM WP NE ET MP PE", false),
            register("CR2", 0x4000_1000, "the last page fault", true),
            register("CR3", 0x0100_4000, "directory of process 4", false),
            register("CR4", 0x0000_0080, "PGE", false),
            register("EFLAGS", 0x0000_0202, "IF", false),
        ],
        privilege: "user (CPL 3)",
        tlb: vec![
            entry(1, 0, 0x4000_1000, 0x4_0004, None),
            entry(2, 0, 0x4000_2000, 0x4_0005, Some("The table now says frame 0x40009.")),
            entry(2, 1, 0x0010_2000, 0x0_0102, None),
        ],
        tlb_sets: 16,
        tlb_ways: 4,
        tlb_hits: 12,
        tlb_misses: 5,
    }
}

pub(in crate::tui::samples) fn trace() -> Vec<TraceRow> {
    let row = |depth, kind, layer, text: &str, result: Option<&str>, descendants, place| TraceRow {
        depth,
        kind,
        layer,
        text: text.to_string(),
        result: result.map(str::to_string),
        descendants,
        place,
    };
    let page = Some(Place::Page(4, 0x4000_1000));
    vec![
        row(0, TraceKind::Hardware, "MMU", "walk 0x40001000, user write", Some("not present"), 0, page),
        row(0, TraceKind::Fault, "MMU", "page fault at 0x40001000, error 6: W U", None, 0, page),
        row(0, TraceKind::Call, "TTrapHandler", "pgflt_handler(4, 0x40001000)", None, 7, None),
        row(1, TraceKind::Call, "MPTNew", "alloc_page(4, 0x40001000, 0x7)", Some("262147"), 6, page),
        row(
            2,
            TraceKind::Call,
            "MContainer",
            "container_alloc(4)",
            Some("262148"),
            1,
            Some(Place::Frame(0x4_0004)),
        ),
        row(3, TraceKind::Call, "MATOp", "palloc()", Some("262148"), 0, Some(Place::Frame(0x4_0004))),
        row(2, TraceKind::Call, "MPTKern", "map_page(4, 0x40001000, 262148, 0x7)", Some("262147"), 3, page),
        row(3, TraceKind::Call, "MPTComm", "alloc_ptbl(4, 0x40001000)", Some("262147"), 1, None),
        row(4, TraceKind::Call, "MContainer", "container_alloc(4)", Some("262147"), 0, None),
        row(3, TraceKind::Call, "MPTOp", "set_ptbl_entry_by_va(4, 0x40001000, 262148, 0x7)", None, 0, page),
        row(
            0,
            TraceKind::Hardware,
            "TLB",
            "fill set 1 way 0: 0x40001000 → frame 0x40004",
            None,
            0,
            Some(Place::Tlb(1, 0)),
        ),
    ]
}

pub(in crate::tui::samples) fn change(text: &str, place: Option<Place>) -> Change {
    Change { text: text.to_string(), place }
}

pub(in crate::tui::samples) fn invariants() -> Vec<InvariantRow> {
    let holds = |name, sentence| InvariantRow { name, sentence, broken: Vec::new(), more: 0, since: None };
    vec![
        holds("usage-within-quota", "No container uses more pages than its quota."),
        holds(
            "usage-adds-up",
            "A container uses its own frames and its children's quotas, no more and no less.",
        ),
        InvariantRow {
            name: "every-frame-has-an-owner",
            sentence: "Every allocated frame is mapped by somebody or holds a page table.",
            broken: vec![change(
                "Frame 0x40008 is allocated and mapped nowhere.",
                Some(Place::Frame(0x4_0008)),
            )],
            more: 2,
            since: Some(9),
        },
        holds("tlb-agrees", "No TLB entry says otherwise than the tables."),
    ]
}
