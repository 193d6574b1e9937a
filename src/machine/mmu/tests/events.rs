//! What the recorder notes of an access, in order.

use super::*;

use crate::machine::recorder::Event;
use crate::machine::recorder::HardwareEvent;

/// Compares the events of one access to the page at 0x00400000, which is mapped read-only.
#[track_caller]
fn check(accesses: &[AccessKind], expect: &str) {
    let mut machine = machine();
    machine.memory.write_word(PhysicalAddress(0x3000), 0x5005);
    let (last, first) = accesses.split_last().unwrap();
    for kind in first {
        let _ = machine.access(VirtualAddress(0x0040_0000), Access::user(*kind));
    }
    machine.recorder.on();
    let _ = machine.access(VirtualAddress(0x0040_0000), Access::user(*last));
    let events: Vec<String> = machine.recorder.take().iter().map(event_text).collect();
    assert_eq!(events.join("; "), expect);
}

fn event_text(event: &Event) -> String {
    let Event::Hardware(event) = event else { return "software".to_string() };
    match event {
        HardwareEvent::Walk(walk) => format!("walk of {} steps", walk.steps().count()),
        HardwareEvent::Fault(fault) => format!("fault {}", fault.error.0),
        HardwareEvent::TlbHit { place, .. } => format!("hit {}.{}", place.set, place.way),
        HardwareEvent::TlbFill(fill) => format!("fill {}.{}", fill.place.set, fill.place.way),
        HardwareEvent::TlbFlush { cause, dropped } => format!("{cause:?} drops {dropped}"),
        HardwareEvent::RegisterWrite { register, before, after } => {
            format!("{register} {before:#x} to {after:#x}")
        }
    }
}

#[test]
fn a_first_access_walks_and_fills() {
    check(&[AccessKind::Read], "walk of 2 steps; fill 0.0");
}

#[test]
fn the_next_one_hits() {
    check(&[AccessKind::Read, AccessKind::Fetch], "hit 0.0");
}

#[test]
fn a_forbidden_one_walks_drops_the_entry_and_faults() {
    check(
        &[AccessKind::Read, AccessKind::Write],
        "walk of 2 steps; PageFault drops 1; fault 7; CR2 0x0 to 0x400000",
    );
}

#[test]
fn recording_changes_nothing() {
    let mut recorded = machine();
    let mut plain = machine();
    recorded.recorder.on();
    for address in [0x0040_0000, 0x0040_1000] {
        for machine in [&mut recorded, &mut plain] {
            machine.memory.write_word(PhysicalAddress(0x3000), 0x5005);
            let _ = machine.access(VirtualAddress(address), Access::user(AccessKind::Read));
        }
    }
    assert!(recorded == plain);
    assert!(!recorded.recorder.take().is_empty());
}
