//! The allocation table's storage: a row a frame, copy-on-write, with an index of what is free.
//!
//! mCertiKOS keeps an array and searches it frame by frame. Here 1024 frames make a
//! chunk (the frames under one directory entry), chunks are shared between moments
//! until they change, and a bit a frame says what `palloc` may give, so that finding
//! the last free frame of 4 GiB costs as little as finding the first.

use std::array;
use std::ops::Range;

use crate::kernel::layout::PERM_FIRMWARE;
use crate::kernel::layout::PERM_KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::FrameNumber;
use crate::machine::shared::Shared;

/// Frames in a chunk, and chunks in the table.
const CHUNK: usize = 1024;
/// Words of 64 bits that hold one bit for each.
const WORDS: usize = CHUNK / 64;
/// Who pays for a frame that nobody pays for: no process has this number.
const NOBODY: u8 = u8::MAX;

/// What the table knows of one frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct FrameRow {
    /// 0 firmware, 1 kernel, above 1 normal.
    pub(crate) perm: u8,
    /// Was it given out?
    pub(crate) is_allocated: bool,
    /// Which container paid for it. Ours: mCertiKOS does not record it.
    pub(crate) charged_to: Option<ProcessId>,
}

impl FrameRow {
    /// Returns whether `palloc` may ever give this frame: `at_is_norm`.
    pub(crate) fn is_normal(self) -> bool {
        self.perm > PERM_KERNEL
    }
}

/// A row for each of the 1,048,576 frames.
#[derive(Clone)]
pub(crate) struct AllocationTable {
    chunks: Shared<[Shared<Chunk>; CHUNK]>,
    /// One bit a chunk: does it hold a free frame?
    chunks_with_free: [u64; WORDS],
    allocated_count: u32,
}

/// The rows of 1024 frames, a column each; `free` follows from `perm` and `allocated`.
#[derive(Clone, PartialEq)]
struct Chunk {
    perm: [u8; CHUNK],
    charged_to: [u8; CHUNK],
    allocated: [u64; WORDS],
    free: [u64; WORDS],
}

impl AllocationTable {
    /// Returns a table in which every frame belongs to the firmware.
    pub(crate) fn new() -> Self {
        let chunk = Shared::new(Chunk::uniform(PERM_FIRMWARE));
        AllocationTable {
            chunks: Shared::new(array::from_fn(|_| chunk.clone())),
            chunks_with_free: [0; WORDS],
            allocated_count: 0,
        }
    }

    /// Returns what is known of a frame.
    pub(crate) fn row(&self, frame: FrameNumber) -> FrameRow {
        let (chunk, at) = place(frame);
        let chunk = &self.chunks[chunk];
        FrameRow {
            perm: chunk.perm[at],
            is_allocated: bit(&chunk.allocated, at),
            charged_to: ProcessId::new(u32::from(chunk.charged_to[at])),
        }
    }

    /// Returns how many frames are marked allocated.
    pub(crate) fn allocated_count(&self) -> u32 {
        self.allocated_count
    }

    /// Returns the row that 1024 frames share, if none of them was given out and all are alike.
    pub(crate) fn uniform_region(&self, region: u32) -> Option<FrameRow> {
        let chunk = &self.chunks[region as usize % CHUNK];
        let is_alike = chunk.allocated_count() == 0 && chunk.perm.iter().all(|&perm| perm == chunk.perm[0]);
        let first = numbered(region as usize % CHUNK * CHUNK)?;
        is_alike.then(|| self.row(first))
    }

    /// Returns the frames that a container pays for, lowest first.
    pub(crate) fn frames_charged_to(&self, id: ProcessId) -> impl Iterator<Item = FrameNumber> {
        self.allocated().filter(move |&frame| self.row(frame).charged_to == Some(id))
    }

    /// Returns the frames marked allocated, lowest first.
    pub(crate) fn allocated(&self) -> impl Iterator<Item = FrameNumber> {
        let words = self.chunks.iter().flat_map(|chunk| chunk.allocated).enumerate();
        words.filter(|(_, word)| *word != 0).flat_map(|(index, word)| {
            let set = (0..64).filter(move |at| word >> at & 1 == 1);
            set.filter_map(move |at| numbered(index * 64 + at))
        })
    }

    /// Returns the frames whose rows differ from `before`'s, lowest first; costs what changed.
    pub(crate) fn changes_since(&self, before: &Self) -> Vec<FrameNumber> {
        let mut changes = Vec::new();
        if self.chunks.is_same(&before.chunks) {
            return changes;
        }
        for (index, (ours, theirs)) in self.chunks.iter().zip(before.chunks.iter()).enumerate() {
            if ours.is_same(theirs) {
                continue;
            }
            let frames = (index * CHUNK..(index + 1) * CHUNK).filter_map(numbered);
            changes.extend(frames.filter(|&frame| self.row(frame) != before.row(frame)));
        }
        changes
    }

    /// Returns the first frame in the range that `palloc` may give.
    pub(in crate::kernel) fn first_free(&self, frames: Range<u32>) -> Option<FrameNumber> {
        let first = FrameNumber::new(frames.start)?;
        let (chunk, at) = place(first);
        let in_chunk = next_set_bit(&self.chunks[chunk].free, at).map(|at| chunk * CHUNK + at);
        let found = in_chunk.or_else(|| {
            let chunk = next_set_bit(&self.chunks_with_free, chunk + 1)?;
            next_set_bit(&self.chunks[chunk].free, 0).map(|at| chunk * CHUNK + at)
        });
        found.and_then(numbered).filter(|frame| frame.number() < frames.end)
    }

    /// Returns how many frames `palloc` may give in a range of whole chunks, as the user range is.
    pub(in crate::kernel) fn count_free(&self, frames: Range<u32>) -> u32 {
        let is_inside = |chunk: usize| frames.contains(&(u32::try_from(chunk * CHUNK).unwrap_or(u32::MAX)));
        let whole = (0..CHUNK).filter(|&chunk| is_inside(chunk));
        whole.map(|chunk| self.chunks[chunk].free.iter().map(|word| word.count_ones()).sum::<u32>()).sum()
    }

    /// Sets the permission of one frame and marks it unallocated.
    pub(in crate::kernel) fn set_perm(&mut self, frame: FrameNumber, perm: u8) {
        self.set_allocated(frame, false);
        let (index, at) = place(frame);
        let chunk = self.chunk_mut(index);
        chunk.perm[at] = perm;
        set_bit(&mut chunk.free, at, perm > PERM_KERNEL);
        let has_free = chunk.has_free();
        set_bit(&mut self.chunks_with_free, index, has_free);
    }

    /// Sets the permission of many frames and marks them unallocated; whole chunks are shared.
    pub(in crate::kernel) fn set_perm_of_range(&mut self, frames: Range<u32>, perm: u8) {
        let whole = Shared::new(Chunk::uniform(perm));
        let mut next = frames.start as usize;
        while let Some(frame) = numbered(next).filter(|frame| frame.number() < frames.end) {
            if next.is_multiple_of(CHUNK) && next + CHUNK <= frames.end as usize {
                self.replace_chunk(next / CHUNK, &whole);
                next += CHUNK;
            } else {
                self.set_perm(frame, perm);
                next += 1;
            }
        }
    }

    /// Marks a frame as given out or not.
    #[inline]
    pub(in crate::kernel) fn set_allocated(&mut self, frame: FrameNumber, is_allocated: bool) {
        let (index, at) = place(frame);
        if bit(&self.chunks[index].allocated, at) == is_allocated {
            return;
        }
        let chunk = self.chunk_mut(index);
        set_bit(&mut chunk.allocated, at, is_allocated);
        set_bit(&mut chunk.free, at, !is_allocated && chunk.perm[at] > PERM_KERNEL);
        if !is_allocated {
            // A charge lasts as long as the allocation, however that ends.
            chunk.charged_to[at] = NOBODY;
        }
        let has_free = chunk.free[at / 64] != 0 || chunk.has_free();
        set_bit(&mut self.chunks_with_free, index, has_free);
        self.allocated_count = if is_allocated { self.allocated_count + 1 } else { self.allocated_count - 1 };
    }

    /// Notes who paid for a frame that was given out.
    #[inline]
    pub(in crate::kernel) fn set_charged_to(&mut self, frame: FrameNumber, id: Option<ProcessId>) {
        let (index, at) = place(frame);
        let chunk = self.chunk_mut(index);
        if bit(&chunk.allocated, at) {
            chunk.charged_to[at] = id.and_then(|id| u8::try_from(id.number()).ok()).unwrap_or(NOBODY);
        }
    }

    /// Puts a chunk of unallocated frames in the place of another.
    fn replace_chunk(&mut self, index: usize, chunk: &Shared<Chunk>) {
        self.allocated_count -= self.chunks[index].allocated_count();
        set_bit(&mut self.chunks_with_free, index, chunk.free[0] != 0);
        self.chunks.write()[index] = chunk.clone();
    }

    /// Returns a chunk for writing; one shared with another moment is copied first.
    #[inline]
    fn chunk_mut(&mut self, index: usize) -> &mut Chunk {
        self.chunks.write()[index].write()
    }
}

impl PartialEq for AllocationTable {
    fn eq(&self, other: &Self) -> bool {
        self.changes_since(other).is_empty()
    }
}

impl Chunk {
    /// Returns a chunk of frames nobody was given, all with one permission.
    fn uniform(perm: u8) -> Self {
        let free = if perm > PERM_KERNEL { u64::MAX } else { 0 };
        Chunk { perm: [perm; CHUNK], charged_to: [NOBODY; CHUNK], allocated: [0; WORDS], free: [free; WORDS] }
    }

    fn has_free(&self) -> bool {
        self.free.iter().any(|&word| word != 0)
    }

    fn allocated_count(&self) -> u32 {
        self.allocated.iter().map(|word| word.count_ones()).sum()
    }
}

/// Returns the chunk of a frame and its place there.
fn place(frame: FrameNumber) -> (usize, usize) {
    let number = frame.number() as usize;
    (number / CHUNK, number % CHUNK)
}

/// Returns the frame of a place in the table, if there is one.
fn numbered(number: usize) -> Option<FrameNumber> {
    u32::try_from(number).ok().and_then(FrameNumber::new)
}

fn bit(words: &[u64; WORDS], at: usize) -> bool {
    words[at / 64] >> (at % 64) & 1 == 1
}

fn set_bit(words: &mut [u64; WORDS], at: usize, value: bool) {
    words[at / 64] = words[at / 64] & !(1 << (at % 64)) | u64::from(value) << (at % 64);
}

/// Returns the place of the first set bit from `from` on.
fn next_set_bit(words: &[u64; WORDS], from: usize) -> Option<usize> {
    let mut index = from / 64;
    let mut word = words.get(index)? & u64::MAX << (from % 64);
    while word == 0 {
        index += 1;
        word = *words.get(index)?;
    }
    Some(index * 64 + word.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u32) -> FrameNumber {
        FrameNumber::new(number).unwrap()
    }

    #[test]
    fn finds_the_only_free_frame_from_anywhere_before_it() {
        let mut table = AllocationTable::new();
        table.set_perm(frame(900_001), 2);
        for from in [0, 63, 64, 1023, 1024, 899_999, 900_001] {
            assert_eq!(table.first_free(from..1 << 20), Some(frame(900_001)), "from {from}");
        }
        assert_eq!(table.first_free(900_002..1 << 20), None);
        assert_eq!(table.first_free(0..900_001), None);
    }

    #[test]
    fn a_range_equals_its_frames_one_by_one() {
        let (mut ranged, mut single) = (AllocationTable::new(), AllocationTable::new());
        ranged.set_perm_of_range(1000..3100, 2);
        (1000..3100).for_each(|number| single.set_perm(frame(number), 2));
        assert!(ranged == single);
        assert_eq!(ranged.chunks_with_free, single.chunks_with_free);
        assert_eq!(ranged.count_free(0..4096), 2100);
    }

    #[test]
    fn a_clone_keeps_its_rows_and_the_difference_is_found() {
        let mut table = AllocationTable::new();
        table.set_perm_of_range(0..2048, 2);
        let before = table.clone();
        table.set_allocated(frame(5), true);
        table.set_charged_to(frame(5), ProcessId::new(3));
        assert_eq!(table.changes_since(&before), [frame(5)]);
        assert!(!before.row(frame(5)).is_allocated);
        assert_eq!((before.allocated_count(), table.allocated_count()), (0, 1));
        assert_eq!(table.first_free(5..2048), Some(frame(6)));
    }
}
