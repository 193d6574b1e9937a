//! The TLB: 64 remembered translations, 16 sets of 4 ways, least recently used out first.
//!
//! Intel SDM vol. 3, 4.10.2. An entry is what the tables said when the processor looked; it
//! stays until something below drops it, whatever the tables say by then. 4 KiB and 4 MiB pages
//! share the sets: a page's number, in units of its own size, selects its set. The processor's
//! other caches of directory entries (4.10.3) are not simulated: every walk reads both levels.

use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;

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

/// One remembered translation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TlbEntry {
    /// The first address of the page, 4 KiB or 4 MiB.
    pub(crate) page: VirtualAddress,
    /// The page's frame, PS for 4 MiB, and the rights W, U, G and D in force when it was filled.
    pub(crate) entry: RawEntry,
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Set {
    ways: [Option<TlbEntry>; WAYS],
    /// How many other ways were used since this one: 0 is the latest, 3 the next to go.
    ages: [u8; WAYS],
}

impl Tlb {
    /// Returns a TLB that remembers nothing.
    pub(crate) fn new() -> Self {
        let set = Set { ways: [None; WAYS], ages: [0, 1, 2, 3] };
        Tlb { sets: [set; SETS], hits: 0, misses: 0 }
    }

    /// Returns every place with what sits there, set by set.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, usize, Option<&TlbEntry>)> {
        self.sets.iter().enumerate().flat_map(|(set, content)| {
            content.ways.iter().enumerate().map(move |(way, entry)| (set, way, entry.as_ref()))
        })
    }

    /// Returns how many other ways of its set were used since this place was.
    pub(crate) fn age(&self, place: Place) -> u8 {
        self.sets[place.set % SETS].ages[place.way % WAYS]
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
        let (key, other) = if page.is_big() {
            (Key::big(address), Key::small(address))
        } else {
            (Key::small(address), Key::big(address))
        };
        if let Some((place, _)) = self.find(other) {
            self.sets[place.set].ways[place.way] = None;
        }
        let set = &mut self.sets[key.set];
        let way = set.way_for(key);
        // A is not cached: only pages whose A bit is set come here (4.10.2.3).
        let entry = TlbEntry { page: key.page, entry: page.without(RawEntry::ACCESSED) };
        let evicted = set.ways[way].replace(entry);
        set.touch(way);
        Fill { place: Place { set: key.set, way }, entry, evicted }
    }

    /// Forgets the page that `address` lies in, of either size, global or not.
    pub(crate) fn forget(&mut self, address: VirtualAddress) -> u32 {
        let mut dropped = 0;
        for key in [Key::small(address), Key::big(address)] {
            if let Some((place, _)) = self.find(key) {
                self.sets[place.set].ways[place.way] = None;
                dropped += 1;
            }
        }
        dropped
    }

    /// Forgets every page that is not global, and returns how many.
    pub(crate) fn forget_local(&mut self) -> u32 {
        self.forget_where(|entry| !entry.entry.is_global())
    }

    /// Forgets everything, and returns how many entries that were.
    pub(crate) fn forget_all(&mut self) -> u32 {
        self.forget_where(|_| true)
    }

    fn forget_where(&mut self, is_dropped: impl Fn(&TlbEntry) -> bool) -> u32 {
        let mut dropped = 0;
        for way in self.sets.iter_mut().flat_map(|set| &mut set.ways) {
            dropped += u32::from(way.take_if(|entry| is_dropped(entry)).is_some());
        }
        dropped
    }

    #[inline]
    fn find(&self, key: Key) -> Option<(Place, TlbEntry)> {
        let ways = &self.sets[key.set].ways;
        let way = ways.iter().position(|way| way.is_some_and(|entry| key.is_of(entry)))?;
        ways[way].map(|entry| (Place { set: key.set, way }, entry))
    }
}

impl TlbEntry {
    /// Returns the byte that `address`, which must lie in the page, reaches.
    #[inline]
    pub(crate) fn translate(self, address: VirtualAddress) -> PhysicalAddress {
        self.entry.translate(address)
    }
}

impl Set {
    #[inline]
    fn way_for(&self, key: Key) -> usize {
        let position = |wanted: &dyn Fn(usize) -> bool| (0..WAYS).find(|&way| wanted(way));
        position(&|way| self.ways[way].is_some_and(|entry| key.is_of(entry)))
            .or_else(|| position(&|way| self.ways[way].is_none()))
            .or_else(|| position(&|way| usize::from(self.ages[way]) == WAYS - 1))
            .unwrap_or(0)
    }

    #[inline]
    fn touch(&mut self, way: usize) {
        let age = self.ages[way];
        if age == 0 {
            return;
        }
        for other in &mut self.ages {
            *other += u8::from(*other < age);
        }
        self.ages[way] = 0;
    }
}

/// What to look for, and in which set.
#[derive(Clone, Copy)]
struct Key {
    page: VirtualAddress,
    size: u32,
    set: usize,
}

impl Key {
    #[inline]
    fn small(address: VirtualAddress) -> Self {
        Key { page: address.page_start(), size: 0, set: address.page_number() as usize % SETS }
    }

    #[inline]
    fn big(address: VirtualAddress) -> Self {
        Key {
            page: VirtualAddress(address.0 & RawEntry::BIG_FRAME),
            size: RawEntry::BIG,
            set: address.directory_index() as usize % SETS,
        }
    }

    #[inline]
    fn is_of(self, entry: TlbEntry) -> bool {
        entry.page == self.page && entry.entry.0 & RawEntry::BIG == self.size
    }
}
