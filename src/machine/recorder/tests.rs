//! What is noted, what is not, and where it ends.

use super::*;

#[test]
fn a_recorder_that_is_off_notes_nothing_and_builds_no_event() {
    let mut recorder = Recorder::new();
    recorder.enter("palloc", &[]);
    recorder.hardware(|| panic!("the event is not built"));
    recorder.leave(Some(1));
    assert!(recorder.take().is_empty());
}

#[test]
fn calls_bracket_what_happens_in_them() {
    let mut recorder = Recorder::new();
    recorder.on();
    recorder.enter("set_pdir_base", &[3]);
    let write = HardwareEvent::RegisterWrite { register: RegisterName::Cr3, before: 0, after: 0x1000 };
    recorder.hardware(|| write);
    recorder.leave(None);
    recorder.off();
    recorder.leave(Some(7));
    let arguments = Arguments::new(&[3]);
    assert_eq!(
        recorder.take(),
        [
            Event::Enter { name: "set_pdir_base", arguments },
            Event::Hardware(write),
            Event::Leave { result: None }
        ]
    );
    assert!(recorder.take().is_empty());
}

#[test]
fn arguments_are_kept_up_to_the_most_a_call_has() {
    let many: Vec<u32> = (1..10).collect();
    assert_eq!(Arguments::new(&[]).values(), [0; 0]);
    assert_eq!(Arguments::new(&many).values(), &many[..ARGUMENTS_MAX]);
}

#[test]
fn what_does_not_fit_is_counted() {
    let mut recorder = Recorder::new();
    recorder.on();
    for _ in 0..EVENTS_MAX + 3 {
        recorder.leave(None);
    }
    assert_eq!(recorder.dropped(), 3);
    assert_eq!(recorder.take().len(), EVENTS_MAX);
    assert_eq!(recorder.dropped(), 0);
}
