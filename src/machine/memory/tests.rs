//! Memory against a plain map of words, and what clones share.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::machine::address::FRAMES;

const HIGH: PhysicalAddress = PhysicalAddress(0xffff_fffc);

#[test]
fn untouched_memory_reads_as_zero() {
    let memory = PhysicalMemory::new();
    assert_eq!(memory.read_word(PhysicalAddress(0)), 0);
    assert_eq!(memory.read_word(HIGH), 0);
    assert!(memory.frames_in_use().is_empty());
}

#[test]
fn a_clone_keeps_its_own_words() {
    let mut memory = PhysicalMemory::new();
    memory.write_word(HIGH, 1);
    let before = memory.clone();
    memory.write_word(HIGH, 2);
    assert_eq!((before.read_word(HIGH), memory.read_word(HIGH)), (1, 2));
    assert_eq!(memory.changes_since(&before), [WordChange { address: HIGH, before: 1, after: 2 }]);
}

#[test]
fn a_clone_shares_every_frame_that_was_not_written() {
    let mut memory = PhysicalMemory::new();
    let (touched, other) = (PhysicalAddress(0x4000_0000), PhysicalAddress(0x4000_1000));
    memory.write_word(touched, 1);
    memory.write_word(other, 2);
    let before = memory.clone();
    memory.write_word(touched, 3);
    let place = |memory: &PhysicalMemory, address: PhysicalAddress| memory.frame(address.frame()).as_ptr();
    assert_eq!(place(&memory, other), place(&before, other));
    assert_ne!(place(&memory, touched), place(&before, touched));
}

#[test]
fn clearing_equals_never_writing() {
    let mut memory = PhysicalMemory::new();
    memory.write_word(HIGH, 0);
    assert!(memory == PhysicalMemory::new());
    memory.write_word(HIGH, 7);
    assert!(memory != PhysicalMemory::new());
    memory.clear_frame(HIGH.frame());
    assert!(memory == PhysicalMemory::new());
}

#[test]
fn an_address_inside_a_word_reads_the_word() {
    let mut memory = PhysicalMemory::new();
    memory.write_word(PhysicalAddress(0x1006), 5);
    assert_eq!(memory.frame(PhysicalAddress(0x1000).frame())[1], 5);
    assert_eq!(memory.read_word(PhysicalAddress(0x1004)), 5);
}

/// Something done to memory.
#[derive(Clone, Debug)]
enum Step {
    Write(u32, u32),
    Clear(u32),
}

/// Returns steps at few enough places to meet again, spread over all of memory.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let frame = prop_oneof![Just(0), Just(1), Just(127), Just(128), Just(0x40000), Just(FRAMES - 1)];
    let write = (frame.clone(), 0..3_u32, 0..3_u32)
        .prop_map(|(frame, word, value)| Step::Write(frame * 4096 + word * 4, value));
    prop::collection::vec(prop_oneof![4 => write, 1 => frame.prop_map(Step::Clear)], 0..40)
}

/// Does the steps to memory and to a map that holds the words other than zero.
fn run(steps: &[Step], memory: &mut PhysicalMemory, words: &mut BTreeMap<u32, u32>) {
    for step in steps {
        match *step {
            Step::Write(address, value) => {
                memory.write_word(PhysicalAddress(address), value);
                words.insert(address, value);
            }
            Step::Clear(frame) => {
                memory.clear_frame(FrameNumber::new(frame).unwrap());
                words.retain(|address, _| address / 4096 != frame);
            }
        }
    }
    words.retain(|_, value| *value != 0);
}

proptest! {
    #[test]
    fn memory_and_its_changes_are_those_of_a_map(first in steps(), then in steps()) {
        let (mut memory, mut words) = (PhysicalMemory::new(), BTreeMap::new());
        run(&first, &mut memory, &mut words);
        let (before, words_before) = (memory.clone(), words.clone());
        run(&then, &mut memory, &mut words);

        let word = |words: &BTreeMap<u32, u32>, address| words.get(address).copied().unwrap_or(0);
        let places: BTreeSet<u32> = words.keys().chain(words_before.keys()).copied().collect();
        let expect: Vec<WordChange> = places
            .iter()
            .map(|at| WordChange {
                address: PhysicalAddress(*at),
                before: word(&words_before, at),
                after: word(&words, at),
            })
            .filter(|change| change.before != change.after)
            .collect();
        prop_assert_eq!(memory.changes_since(&before), expect);
        prop_assert_eq!(memory == before, words == words_before);
        for (&address, &value) in &words_before {
            prop_assert_eq!(before.read_word(PhysicalAddress(address)), value);
        }
    }
}

#[test]
fn equal_frames_come_to_be_kept_once() {
    let (low, high) = (PhysicalAddress(0), PhysicalAddress(0xffff_fffc));
    let (mut one, mut other) = (PhysicalMemory::new(), PhysicalMemory::new());
    for memory in [&mut one, &mut other] {
        memory.write_word(high, 1);
        memory.write_word(low, 2);
    }
    other.write_word(low, 3);
    one.share_with(&other);
    assert_eq!(one.frames_apart_from(&other), [low.frame()]);
    assert_eq!((one.read_word(high), one.read_word(low)), (1, 2));
}
