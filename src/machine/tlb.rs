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
    page: VirtualAddress,
    /// The page's frame, PS for 4 MiB, and W, U, G and D as they were when it was filled.
    entry: RawEntry,
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
    /// How many other entries were used since this one; [`EMPTY`] where there is none. So the
    /// entries have the ages 0, 1, 2 … and equal histories leave equal sets.
    ages: [u8; WAYS],
}

/// The age of a way that holds nothing: older than any entry.
const EMPTY: u8 = 4;
const EMPTY_SET: Set = Set { ways: [None; WAYS], ages: [EMPTY; WAYS] };

impl Tlb {
    /// Returns a TLB that remembers nothing.
    pub(crate) fn new() -> Self {
        Tlb { sets: [EMPTY_SET; SETS], hits: 0, misses: 0 }
    }

    /// Returns every place with what sits there, set by set.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, usize, Option<&TlbEntry>)> {
        self.sets.iter().enumerate().flat_map(|(set, content)| {
            content.ways.iter().enumerate().map(move |(way, entry)| (set, way, entry.as_ref()))
        })
    }

    /// Returns how many entries of its set were used since the one here: 3 is the next to go.
    pub(crate) fn age(&self, place: Place) -> Option<u8> {
        let set = self.sets.get(place.set)?;
        set.ways.get(place.way)?.map(|_| set.ages[place.way])
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
        let key = Key::of(entry);
        let set = &mut self.sets[key.set];
        let fits = set.position(key).is_none() && set.ways.get(way).is_some_and(Option::is_none);
        if fits {
            set.ways[way] = Some(entry);
            set.touch(way);
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
        let evicted = set.ways[way].replace(entry);
        set.touch(way);
        Fill { place: Place { set: key.set, way }, entry, evicted }
    }

    /// Forgets the page that `address` lies in, of either size, global or not.
    pub(crate) fn forget(&mut self, address: VirtualAddress) -> u32 {
        self.forget_key(Key::small(address)) + self.forget_key(Key::big(address))
    }

    /// Forgets every page that is not global, and returns how many.
    pub(crate) fn forget_local(&mut self) -> u32 {
        let mut dropped = 0;
        for set in &mut self.sets {
            for way in 0..WAYS {
                if set.ways[way].is_some_and(|entry| !entry.is_global()) {
                    set.drop_way(way);
                    dropped += 1;
                }
            }
        }
        dropped
    }

    /// Forgets everything, and returns how many entries that were.
    pub(crate) fn forget_all(&mut self) -> u32 {
        let dropped = self.sets.iter().flat_map(|set| &set.ways).flatten().count();
        self.sets = [EMPTY_SET; SETS];
        u32::try_from(dropped).unwrap_or(u32::MAX)
    }

    #[inline]
    fn forget_key(&mut self, key: Key) -> u32 {
        match self.sets[key.set].position(key) {
            Some(way) => {
                self.sets[key.set].drop_way(way);
                1
            }
            None => 0,
        }
    }

    #[inline]
    fn find(&self, key: Key) -> Option<(Place, TlbEntry)> {
        let set = &self.sets[key.set];
        let way = set.position(key)?;
        set.ways[way].map(|entry| (Place { set: key.set, way }, entry))
    }
}

impl TlbEntry {
    /// The flags an entry keeps. A is not among them: no page comes here whose A bit is clear
    /// (Intel SDM vol. 3, 4.10.2.3).
    const KEPT: u32 = RawEntry::PRESENT
        | RawEntry::WRITABLE
        | RawEntry::USER
        | RawEntry::DIRTY
        | RawEntry::BIG
        | RawEntry::GLOBAL;

    /// Returns the entry for the page around `address`; PS in `page` tells its size.
    #[inline]
    pub(crate) fn new(address: VirtualAddress, page: RawEntry) -> Self {
        let frame = if page.is_big() { RawEntry::BIG_FRAME } else { RawEntry::FRAME };
        TlbEntry { page: VirtualAddress(address.0 & frame), entry: RawEntry(page.0 & (frame | Self::KEPT)) }
    }

    /// Returns the first address of the page, 4 KiB or 4 MiB.
    pub(crate) fn page(self) -> VirtualAddress {
        self.page
    }

    /// Returns the frame and the flags P W U D PS G as they were when the entry was filled.
    #[inline]
    pub(crate) fn entry(self) -> RawEntry {
        self.entry
    }

    /// Returns whether the page has 4 MiB.
    #[inline]
    pub(crate) fn is_big(self) -> bool {
        self.entry.is_big()
    }

    /// Returns whether a CR3 load spares the page.
    #[inline]
    pub(crate) fn is_global(self) -> bool {
        self.entry.is_global()
    }

    /// Returns the byte that `address`, which must lie in the page, reaches.
    #[inline]
    pub(crate) fn translate(self, address: VirtualAddress) -> PhysicalAddress {
        self.entry.translate(address)
    }
}

impl Set {
    #[inline]
    fn position(&self, key: Key) -> Option<usize> {
        self.ways.iter().position(|way| way.is_some_and(|entry| key.is_of(entry)))
    }

    /// Returns where the page goes: over itself, else into a free way, else over the oldest.
    #[inline]
    fn way_for(&self, key: Key) -> usize {
        let oldest = || (0..WAYS).max_by_key(|&way| self.ages[way]);
        let free = || self.ways.iter().position(Option::is_none);
        self.position(key).or_else(free).or_else(oldest).unwrap_or(0)
    }

    /// Makes a way the latest used: those that were younger are one older.
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

    /// Empties a way: the entries that were older are one younger.
    fn drop_way(&mut self, way: usize) {
        let age = self.ages[way];
        self.ways[way] = None;
        for other in &mut self.ages {
            *other -= u8::from(age < *other && *other < EMPTY);
        }
        self.ages[way] = EMPTY;
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
    fn of(entry: TlbEntry) -> Self {
        if entry.is_big() { Key::big(entry.page) } else { Key::small(entry.page) }
    }

    #[inline]
    fn is_of(self, entry: TlbEntry) -> bool {
        entry.page == self.page && entry.entry.0 & RawEntry::BIG == self.size
    }
}
