//! Physical memory: 4 GiB of words, sparse and copy-on-write.
//!
//! A radix tree of 64 · 128 · 128 frames. Untouched memory reads as zero and costs
//! nothing; a clone is one reference, and two clones share every frame that did not
//! change, which is also how [`PhysicalMemory::changes_since`] finds what did.

use std::array;

use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::address::PhysicalAddress;
use crate::machine::shared::Shared;

#[cfg(test)]
mod tests;

/// The 1024 words of one frame.
pub(crate) type FrameWords = [u32; ENTRIES as usize];

const ROOT_SLOTS: usize = 64;
const SLOTS: usize = 128;
static ZERO_FRAME: FrameWords = [0; ENTRIES as usize];

/// All physical memory of one moment.
#[derive(Clone)]
pub(crate) struct PhysicalMemory {
    root: Shared<[Option<Shared<Branch>>; ROOT_SLOTS]>,
}

#[derive(Clone)]
struct Branch([Option<Shared<Leaf>>; SLOTS]);

#[derive(Clone)]
struct Leaf([Option<Shared<FrameWords>>; SLOTS]);

/// One word that differs between two moments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WordChange {
    pub(crate) address: PhysicalAddress,
    pub(crate) before: u32,
    pub(crate) after: u32,
}

impl PhysicalMemory {
    /// Returns memory in which every word is zero.
    pub(crate) fn new() -> Self {
        PhysicalMemory { root: Shared::new(array::from_fn(|_| None)) }
    }

    /// Returns the word that holds `address`.
    pub(crate) fn read_word(&self, address: PhysicalAddress) -> u32 {
        self.frame(address.frame())[address.word_index() as usize]
    }

    /// Writes the word that holds `address`.
    pub(crate) fn write_word(&mut self, address: PhysicalAddress, word: u32) {
        self.frame_mut(address.frame())[address.word_index() as usize] = word;
    }

    /// Returns the words of a frame.
    pub(crate) fn frame(&self, frame: FrameNumber) -> &FrameWords {
        self.slot(frame).map_or(&ZERO_FRAME, |words| words)
    }

    /// Returns the words of a frame for writing; a frame shared with another moment is copied first.
    pub(crate) fn frame_mut(&mut self, frame: FrameNumber) -> &mut FrameWords {
        let slot = self.slot_mut(frame);
        slot.get_or_insert_with(|| Shared::new(ZERO_FRAME)).write()
    }

    /// Sets every word of a frame to zero and gives its storage back.
    pub(crate) fn clear_frame(&mut self, frame: FrameNumber) {
        *self.slot_mut(frame) = None;
    }

    /// Returns the frames that hold a word other than zero, lowest first.
    pub(crate) fn frames_in_use(&self) -> Vec<FrameNumber> {
        self.frames_changed_since(&PhysicalMemory::new())
    }

    /// Returns every word that differs from `before`, lowest address first.
    ///
    /// Costs what changed, not what there is: shared frames are never read.
    pub(crate) fn changes_since(&self, before: &Self) -> Vec<WordChange> {
        let mut changes = Vec::new();
        for frame in self.frames_changed_since(before) {
            let words = before.frame(frame).iter().zip(self.frame(frame));
            changes.extend(
                (0..ENTRIES).zip(words).filter(|(_, (before, after))| before != after).map(
                    |(index, (&before, &after))| WordChange { address: frame.word(index), before, after },
                ),
            );
        }
        changes
    }

    /// Returns the frames whose words differ from `other`'s, lowest first; costs what changed.
    pub(crate) fn frames_changed_since(&self, other: &Self) -> Vec<FrameNumber> {
        let mut frames = self.frames_apart_from(other);
        frames.retain(|&frame| self.frame(frame) != other.frame(frame));
        frames
    }

    /// Takes `other`'s storage for every frame that holds the same words, so that two moments
    /// that came to the same words on different ways, as by booting again, keep them once.
    pub(crate) fn share_with(&mut self, other: &Self) {
        for frame in self.frames_apart_from(other) {
            if self.frame(frame) == other.frame(frame) {
                *self.slot_mut(frame) = other.slot(frame).cloned();
            }
        }
    }

    /// Returns the frames that `self` and `other` keep in different places, lowest first.
    fn frames_apart_from(&self, other: &Self) -> Vec<FrameNumber> {
        let mut frames = Vec::new();
        if self.root.is_same(&other.root) {
            return frames;
        }
        for root in 0..ROOT_SLOTS {
            let (ours, theirs) = (self.root[root].as_ref(), other.root[root].as_ref());
            if is_same(ours, theirs) {
                continue;
            }
            for branch in 0..SLOTS {
                let ours = ours.and_then(|node| node.0[branch].as_ref());
                let theirs = theirs.and_then(|node| node.0[branch].as_ref());
                frames.extend(frames_apart(root, branch, ours, theirs));
            }
        }
        frames
    }

    fn slot(&self, frame: FrameNumber) -> Option<&Shared<FrameWords>> {
        let (root, branch, leaf) = slots(frame);
        self.root[root].as_ref()?.0[branch].as_ref()?.0[leaf].as_ref()
    }

    fn slot_mut(&mut self, frame: FrameNumber) -> &mut Option<Shared<FrameWords>> {
        let (root, branch, leaf) = slots(frame);
        let node =
            self.root.write()[root].get_or_insert_with(|| Shared::new(Branch(array::from_fn(|_| None))));
        let node = node.write().0[branch].get_or_insert_with(|| Shared::new(Leaf(array::from_fn(|_| None))));
        &mut node.write().0[leaf]
    }
}

impl PartialEq for PhysicalMemory {
    fn eq(&self, other: &Self) -> bool {
        self.frames_changed_since(other).is_empty()
    }
}

/// Returns where a frame hangs in the tree.
fn slots(frame: FrameNumber) -> (usize, usize, usize) {
    let number = frame.number() as usize;
    (number / (SLOTS * SLOTS), number / SLOTS % SLOTS, number % SLOTS)
}

fn is_same<T>(ours: Option<&Shared<T>>, theirs: Option<&Shared<T>>) -> bool {
    match (ours, theirs) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => ours.is_same(theirs),
        _ => false,
    }
}

/// Returns the frames under one branch that two moments keep in different places.
fn frames_apart(
    root: usize,
    branch: usize,
    ours: Option<&Shared<Leaf>>,
    theirs: Option<&Shared<Leaf>>,
) -> Vec<FrameNumber> {
    if is_same(ours, theirs) {
        return Vec::new();
    }
    let first = (root * SLOTS + branch) * SLOTS;
    let is_apart = |leaf: usize| {
        let ours = ours.and_then(|node| node.0[leaf].as_ref());
        let theirs = theirs.and_then(|node| node.0[leaf].as_ref());
        !is_same(ours, theirs)
    };
    (0..SLOTS)
        .filter(|&leaf| is_apart(leaf))
        .filter_map(|leaf| FrameNumber::new(u32::try_from(first + leaf).unwrap_or(u32::MAX)))
        .collect()
}
