//! The trace: what a command called, layer by layer, and what the hardware did meanwhile.

use crate::kernel::process_id::ProcessId;
use crate::machine::entry::RawEntry;
use crate::machine::fault::ErrorCode;
use crate::machine::fault::Level;
use crate::machine::fault::PageFault;
use crate::machine::recorder::Event;
use crate::machine::recorder::FlushCause;
use crate::machine::recorder::HardwareEvent;
use crate::machine::registers;
use crate::machine::registers::Registers;
use crate::machine::walk::Walk;
use crate::playground::argument::ArgumentKind;
use crate::playground::argument::Value;
use crate::playground::changes;
use crate::playground::registry;
use crate::playground::registry::Group;
use crate::playground::snapshot::FaultView;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::TraceKind;
use crate::playground::snapshot::TraceRow;

/// A function that is recorded and is no command of its own.
struct InnerFunction {
    name: &'static str,
    layer: &'static str,
    arguments: &'static [ArgumentKind],
}

/// Every such function, as its layer declares it.
const INNER_FUNCTIONS: [InnerFunction; 5] = [
    InnerFunction { name: "enable_paging", layer: "MPTInit", arguments: &[] },
    InnerFunction {
        name: "pgflt_handler",
        layer: "TTrapHandler",
        arguments: &[ArgumentKind::Process, ArgumentKind::Address, ArgumentKind::Permission],
    },
    InnerFunction { name: "resume", layer: "TTrapHandler", arguments: &[ArgumentKind::Process] },
    InnerFunction { name: "terminate", layer: "PProc, ours", arguments: &[ArgumentKind::Process] },
    InnerFunction {
        name: "container_release",
        layer: "MContainer, ours",
        arguments: &[ArgumentKind::Process],
    },
];

/// How many rows are shown; nobody reads further, and every key asks for them.
const ROWS_MAX: usize = 4096;

/// Returns the rows of a trace, outermost call first.
pub(in crate::playground) fn rows(events: &[Event], dropped: u64) -> Vec<TraceRow> {
    let mut rows: Vec<TraceRow> = Vec::new();
    // The rows of the calls that have not returned yet; nothing for one that is not shown.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut left_out = dropped;
    for event in events {
        let depth = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let is_full = rows.len() >= ROWS_MAX;
        match event {
            Event::Enter { .. } if is_full => open.push(None),
            Event::Enter { name, arguments } => {
                open.push(Some(rows.len()));
                rows.push(call(name, arguments.values(), depth));
            }
            Event::Leave { result } => {
                if let Some(Some(at)) = open.pop() {
                    rows[at].descendants = u32::try_from(rows.len() - at - 1).unwrap_or(u32::MAX);
                    rows[at].result = result.map(|result| returns(&rows[at].text, result));
                }
            }
            Event::Hardware(_) if is_full => {}
            Event::Hardware(event) => rows.extend(hardware(event, depth)),
        }
        left_out += u64::from(is_full && !matches!(event, Event::Leave { .. }));
    }
    if left_out > 0 {
        let text = format!("{left_out} more events are not shown");
        rows.push(row(0, TraceKind::Dropped, "", text));
    }
    rows
}

/// Returns the last page fault among the events, as the fault of the process whose directory was walked.
pub(in crate::playground) fn last_fault(events: &[Event], registers: &Registers) -> Option<FaultView> {
    let faults = events.iter().rev().filter_map(|event| match event {
        Event::Hardware(HardwareEvent::Fault(fault)) => Some(fault),
        _ => None,
    });
    let process = ProcessId::of_directory(registers.directory().frame()).map(ProcessId::number);
    let view = |fault: &PageFault| FaultView {
        process,
        address: fault.address.0,
        error: fault.error.0,
        is_at_directory: fault.cause.level() == Level::Directory,
        sentence: fault.to_string(),
    };
    faults.map(view).next()
}

fn row(depth: u32, kind: TraceKind, layer: &'static str, text: String) -> TraceRow {
    TraceRow { depth, kind, layer, text, result: None, descendants: 0, place: None }
}

/// Returns the row of a call: `alloc_page(3, 0x40001000, 0x7)`.
fn call(name: &'static str, values: &[u32], depth: u32) -> TraceRow {
    let (layer, kinds) = signature(name);
    let kind_at = |at: usize| kinds.get(at).copied().unwrap_or(ArgumentKind::Number);
    let shown = values.iter().enumerate().map(|(at, &value)| kind_at(at).show(&Value::Number(value)));
    let text = format!("{name}({})", shown.collect::<Vec<_>>().join(", "));
    TraceRow { place: place_of(&kinds, values), ..row(depth, TraceKind::Call, layer, text) }
}

/// Returns the layer of a function and what its arguments may be.
fn signature(name: &str) -> (&'static str, Vec<ArgumentKind>) {
    let inner = INNER_FUNCTIONS.iter().find(|inner| inner.name == name);
    let spec = registry::find(name).filter(|_| inner.is_none());
    let kinds = spec.map(|spec| spec.arguments.iter().map(|argument| argument.kind).collect());
    let layer = match spec.map(|spec| spec.group) {
        Some(Group::Layer(layer)) => layer,
        _ => inner.map_or("kernel", |inner| inner.layer),
    };
    (layer, kinds.or_else(|| inner.map(|inner| inner.arguments.to_vec())).unwrap_or_default())
}

/// Returns where to look for what a call's arguments name: the first page, frame or process.
fn place_of(kinds: &[ArgumentKind], values: &[u32]) -> Option<Place> {
    let value_of = |kind: ArgumentKind| kinds.iter().position(|&k| k == kind).and_then(|at| values.get(at));
    let process = value_of(ArgumentKind::Process).copied();
    let address = value_of(ArgumentKind::UserAddress).or_else(|| value_of(ArgumentKind::Address)).copied();
    let index = value_of(ArgumentKind::DirectoryIndex).copied();
    let frame = value_of(ArgumentKind::Frame).copied();
    match (process, address, index, frame) {
        (Some(process), Some(address), _, _) => Some(Place::Page(process, address)),
        (Some(process), _, Some(index), _) => Some(Place::DirectoryEntry(process, index)),
        (_, _, _, Some(frame)) => Some(Place::Frame(frame)),
        (Some(process), ..) => Some(Place::Process(process)),
        _ => None,
    }
}

/// Returns a result in the words of the function that gave it.
fn returns(text: &str, result: u32) -> String {
    let name = text.split('(').next().unwrap_or_default();
    registry::find(name).map_or_else(|| result.to_string(), |spec| spec.returns.describe(result))
}

/// Returns the rows of one hardware event: a walk has a row a step.
fn hardware(event: &HardwareEvent, depth: u32) -> Vec<TraceRow> {
    let one = |layer, text| vec![row(depth, TraceKind::Hardware, layer, text)];
    match event {
        HardwareEvent::Walk(walk) => walk_rows(walk, depth),
        HardwareEvent::Fault(fault) => {
            let bits = registers::flags_text(fault.error.0, &ErrorCode::FLAGS);
            let code = format!("{:#x} {bits}", fault.error.0);
            let text = format!("page fault, error {}, CR2 = {}", code.trim_end(), fault.address);
            let result = Some(fault.cause.to_string());
            vec![TraceRow { result, ..row(depth, TraceKind::Fault, "MMU", text) }]
        }
        HardwareEvent::TlbHit { place, entry } => {
            let frame = entry.translate(entry.page).frame();
            one("TLB", format!("hit {}.{}: {} is in frame {frame}", place.set, place.way, entry.page))
        }
        HardwareEvent::TlbFill(fill) => {
            let frame = fill.entry.translate(fill.entry.page).frame();
            let at = format!("{}.{}", fill.place.set, fill.place.way);
            one("TLB", format!("fill {at}: {} is in frame {frame}", fill.entry.page))
        }
        HardwareEvent::TlbFlush { cause, dropped } => {
            let entries = if *dropped == 1 { "entry" } else { "entries" };
            one("TLB", format!("forgets {dropped} {entries}: {}", flush_cause(*cause)))
        }
        HardwareEvent::RegisterWrite { register, before, after } => {
            one("CPU", format!("{register}: {before:#010x} → {after:#010x}"))
        }
    }
}

/// Returns the rows of a walk: what was asked and how it ended, then each step.
fn walk_rows(walk: &Walk, depth: u32) -> Vec<TraceRow> {
    let text = format!("walk for the {} at {}", walk.access, walk.address);
    let steps: Vec<TraceRow> = walk
        .steps()
        .map(|step| {
            let text = format!("{} {}", step.level, step.arithmetic());
            let result = Some(match step.flags_set() {
                RawEntry(0) => changes::entry(step.entry.0),
                set => format!("{}, sets {}", changes::entry(step.entry.0), set.flags_text()),
            });
            TraceRow { result, ..row(depth + 1, TraceKind::Hardware, "MMU", text) }
        })
        .collect();
    let result = match walk.outcome {
        Ok(translation) => translation.physical.to_string(),
        Err(_) => "fault".to_string(),
    };
    let descendants = u32::try_from(steps.len()).unwrap_or(0);
    let head = TraceRow { result: Some(result), descendants, ..row(depth, TraceKind::Hardware, "MMU", text) };
    std::iter::once(head).chain(steps).collect()
}

fn flush_cause(cause: FlushCause) -> &'static str {
    match cause {
        FlushCause::Cr3Load => "CR3 was loaded, global pages stay",
        FlushCause::InvalidatePage => "INVLPG",
        FlushCause::GlobalPagesToggled => "CR4.PGE changed",
        FlushCause::BigPagesToggled => "CR4.PSE changed",
        FlushCause::PagingOff => "paging went off",
        FlushCause::PageFault => "the page faulted",
    }
}
