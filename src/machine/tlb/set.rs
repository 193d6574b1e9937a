//! One set of the TLB: four ways and the order in which they were used.

use crate::machine::tlb::WAYS;
use crate::machine::tlb::entry::Key;
use crate::machine::tlb::entry::TlbEntry;

/// The age of a way that holds nothing: older than any entry.
const EMPTY: u8 = 4;

/// Four entries at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine::tlb) struct Set {
    ways: [Option<TlbEntry>; WAYS],
    /// How many other entries were used since this one; [`EMPTY`] where there is none. So the
    /// entries have the ages 0, 1, 2 … and equal histories leave equal sets.
    ages: [u8; WAYS],
}

impl Set {
    /// A set that holds nothing.
    pub(in crate::machine::tlb) const NEW: Set = Set { ways: [None; WAYS], ages: [EMPTY; WAYS] };

    /// Returns the ways in order.
    pub(in crate::machine::tlb) fn ways(&self) -> &[Option<TlbEntry>; WAYS] {
        &self.ways
    }

    /// Returns how many other entries were used since the one in this way.
    pub(in crate::machine::tlb) fn age(&self, way: usize) -> Option<u8> {
        self.ages.get(way).copied().filter(|&age| age != EMPTY)
    }

    /// Returns the way and the entry of a page.
    #[inline]
    pub(in crate::machine::tlb) fn find(&self, key: Key) -> Option<(usize, TlbEntry)> {
        for (way, entry) in self.ways.iter().enumerate() {
            if let Some(entry) = *entry
                && key.matches(entry)
            {
                return Some((way, entry));
            }
        }
        None
    }

    /// Returns where a page goes: over itself, else into a free way, else over the oldest.
    #[inline]
    pub(in crate::machine::tlb) fn way_for(&self, key: Key) -> usize {
        // A free way is older than any entry. The last of equals wins, hence from the back.
        let oldest = || (0..WAYS).rev().max_by_key(|&way| self.ages[way]);
        self.find(key).map(|(way, _)| way).or_else(oldest).unwrap_or(0)
    }

    /// Puts an entry into a way, as the latest used, and returns what was there.
    #[inline]
    pub(in crate::machine::tlb) fn put(&mut self, way: usize, entry: TlbEntry) -> Option<TlbEntry> {
        self.touch(way);
        self.ways[way].replace(entry)
    }

    /// Makes a way the latest used: those that were younger are one older.
    #[inline]
    pub(in crate::machine::tlb) fn touch(&mut self, way: usize) {
        let age = self.ages[way];
        if age == 0 {
            return;
        }
        for other in &mut self.ages {
            *other += u8::from(*other < age);
        }
        self.ages[way] = 0;
    }

    /// Empties a way: the entries that were older are one younger.
    pub(in crate::machine::tlb) fn drop_way(&mut self, way: usize) {
        let age = self.ages[way];
        self.ways[way] = None;
        for other in &mut self.ages {
            *other -= u8::from(age < *other && *other < EMPTY);
        }
        self.ages[way] = EMPTY;
    }

    /// Empties the ways whose page is not global, and returns how many.
    pub(in crate::machine::tlb) fn drop_local(&mut self) -> u32 {
        let mut dropped = 0;
        for way in 0..WAYS {
            if self.ways[way].is_some_and(|entry| !entry.is_global()) {
                self.drop_way(way);
                dropped += 1;
            }
        }
        dropped
    }
}
