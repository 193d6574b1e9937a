//! The TLB: 64 remembered translations, 16 sets of 4 ways, least recently used out first.
//!
//! Intel SDM vol. 3, 4.10.2. An entry is what the tables said when the processor looked; it
//! stays until something below drops it, whatever the tables say by then. 4 KiB and 4 MiB pages
//! share the sets: a page's number, in units of its own size, selects its set. The processor's
//! other caches of directory entries (4.10.3) are not simulated: every walk reads both levels.

use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::tlb::entry::Key;
use crate::machine::tlb::set::Set;

pub(crate) use crate::machine::tlb::entry::TlbEntry;

mod entry;
mod set;
#[cfg(test)]
mod tests;

/// Sets in the TLB.
pub(crate) const SETS: usize = 16;
/// Entries in a set.
pub(crate) const WAYS: usize = 4;

/// The remembered translations of one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tlb {
    sets: [Set; SETS],
    /// Accesses that an entry served.
    pub(crate) hits: u64,
    /// Accesses that had to walk: no entry, one without the right, or a first write.
    pub(crate) misses: u64,
}

/// Where an entry sits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) set: usize,
    pub(crate) way: usize,
}

/// What a fill did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fill {
    pub(crate) place: Place,
    pub(crate) entry: TlbEntry,
    /// What sat there before.
    pub(crate) evicted: Option<TlbEntry>,
}

impl Tlb {
    /// Returns a TLB that remembers nothing.
    pub(crate) fn new() -> Self {
        Tlb { sets: [Set::NEW; SETS], hits: 0, misses: 0 }
    }

    /// Returns every place with what sits there, set by set.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, usize, Option<&TlbEntry>)> {
        self.sets.iter().enumerate().flat_map(|(set, content)| {
            content.ways().iter().enumerate().map(move |(way, entry)| (set, way, entry.as_ref()))
        })
    }

    /// Returns how many entries of its set were used since the one here: 3 is the next to go.
    pub(crate) fn age(&self, place: Place) -> Option<u8> {
        self.sets.get(place.set)?.age(place.way)
    }

    /// Returns all entries, set by set, the longest unused first: the order for [`Tlb::restore`].
    pub(crate) fn oldest_first(&self) -> Vec<(Place, TlbEntry)> {
        let mut found: Vec<(Place, TlbEntry)> = self
            .entries()
            .filter_map(|(set, way, entry)| entry.map(|&entry| (Place { set, way }, entry)))
            .collect();
        found.sort_by_key(|&(place, _)| (place.set, std::cmp::Reverse(self.age(place))));
        found
    }

    /// Puts an entry back into its way, as the latest used of its set.
    ///
    /// Returns whether it fits: there is such a way, it is free, and no other holds the page.
    pub(crate) fn restore(&mut self, way: usize, entry: TlbEntry) -> bool {
        let entry = TlbEntry::new(entry.page, entry.entry);
        let key = Key::of(entry);
        let set = &mut self.sets[key.set];
        let fits = set.find(key).is_none() && set.ways().get(way).is_some_and(Option::is_none);
        if fits {
            set.put(way, entry);
        }
        fits
    }

    /// Returns the entry that covers `address`. A 4 KiB entry goes before a 4 MiB one: with both,
    /// the tables changed under the TLB and the manual promises neither (4.10.2.3).
    #[inline]
    pub(crate) fn lookup(&self, address: VirtualAddress) -> Option<(Place, TlbEntry)> {
        self.find(Key::small(address)).or_else(|| self.find(Key::big(address)))
    }

    /// Counts a hit and makes the place the latest used of its set.
    #[inline]
    pub(crate) fn note_hit(&mut self, place: Place) {
        self.hits += 1;
        self.sets[place.set].touch(place.way);
    }

    /// Remembers a page; the oldest entry of its set goes if none is free.
    ///
    /// The entry that covered `address` before goes too, so that one access leaves one answer.
    #[inline]
    pub(crate) fn fill(&mut self, address: VirtualAddress, page: RawEntry) -> Fill {
        let entry = TlbEntry::new(address, page);
        let key = Key::of(entry);
        let other = if entry.is_big() { Key::small(address) } else { Key::big(address) };
        self.forget_key(other);
        let set = &mut self.sets[key.set];
        let way = set.way_for(key);
        let evicted = set.put(way, entry);
        Fill { place: Place { set: key.set, way }, entry, evicted }
    }

    /// Forgets the page that `address` lies in, of either size, global or not.
    pub(crate) fn forget(&mut self, address: VirtualAddress) -> u32 {
        self.forget_key(Key::small(address)) + self.forget_key(Key::big(address))
    }

    /// Forgets every page that is not global, and returns how many.
    pub(crate) fn forget_local(&mut self) -> u32 {
        self.sets.iter_mut().map(Set::drop_local).sum()
    }

    /// Forgets everything, and returns how many entries that were.
    pub(crate) fn forget_all(&mut self) -> u32 {
        let dropped = self.entries().filter(|(_, _, entry)| entry.is_some()).count();
        self.sets = [Set::NEW; SETS];
        u32::try_from(dropped).unwrap_or(u32::MAX)
    }

    #[inline]
    fn find(&self, key: Key) -> Option<(Place, TlbEntry)> {
        let (way, entry) = self.sets[key.set].find(key)?;
        Some((Place { set: key.set, way }, entry))
    }

    #[inline]
    fn forget_key(&mut self, key: Key) -> u32 {
        let found = self.find(key);
        if let Some((place, _)) = found {
            self.sets[place.set].drop_way(place.way);
        }
        u32::from(found.is_some())
    }
}
