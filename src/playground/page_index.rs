//! Every page of every process, found by its number and by the frame it leads to.
//!
//! A clone is cheap: the pages under one directory entry, and the mappers of one region's
//! frames, are shared between two moments until one of them changes.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::entry::RawEntry;

/// One page of a process: what its entries, directory and table together, lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::playground) struct Page {
    pub(in crate::playground) frame: FrameNumber,
    /// The page-table entry, or the directory entry of a 4 MiB page.
    pub(in crate::playground) entry: RawEntry,
    /// Do both entries allow the process to write?
    pub(in crate::playground) is_writable: bool,
    /// Do both entries allow user mode at all?
    pub(in crate::playground) is_user: bool,
}

/// A page of a process, by number.
pub(in crate::playground) type PageOf = (ProcessId, u32);

/// The pages of one moment.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::playground) struct PageIndex {
    /// By the directory entry that covers them, then by page number; no map is empty.
    by_entry: BTreeMap<(ProcessId, u32), Rc<BTreeMap<u32, Page>>>,
    /// By the region of the frame they lead to, then by frame.
    by_region: Vec<Rc<BTreeSet<(FrameNumber, PageOf)>>>,
}

impl PageIndex {
    /// Returns an index without pages.
    pub(in crate::playground) fn new() -> Self {
        PageIndex { by_entry: BTreeMap::new(), by_region: vec![Rc::default(); ENTRIES as usize] }
    }

    /// Returns where a page leads.
    pub(in crate::playground) fn get(&self, (id, number): PageOf) -> Option<Page> {
        self.by_entry.get(&(id, number / ENTRIES))?.get(&number).copied()
    }

    /// Returns the lowest page of a process.
    pub(in crate::playground) fn first(&self, id: ProcessId) -> Option<(u32, Page)> {
        let (_, pages) = self.by_entry.range((id, 0)..=(id, ENTRIES)).next()?;
        pages.first_key_value().map(|(number, page)| (*number, *page))
    }

    /// Returns whether a directory entry covers no page at all.
    pub(in crate::playground) fn is_entry_empty(&self, id: ProcessId, pde_index: u32) -> bool {
        !self.by_entry.contains_key(&(id, pde_index))
    }

    /// Returns how many pages there are.
    pub(in crate::playground) fn count(&self) -> usize {
        self.by_entry.values().map(|pages| pages.len()).sum()
    }

    /// Returns every page that leads to a frame.
    pub(in crate::playground) fn mappers(&self, frame: FrameNumber) -> impl Iterator<Item = (PageOf, Page)> {
        let from_here = self.by_region[region_of(frame)].range((frame, (KERNEL, 0))..);
        let of_frame = from_here.take_while(move |(mapped, _)| *mapped == frame);
        of_frame.filter_map(|&(_, of)| self.get(of).map(|page| (of, page)))
    }

    /// Notes where a page leads now, and returns where it led before.
    pub(in crate::playground) fn set(&mut self, of: PageOf, page: Option<Page>) -> Option<Page> {
        let was = match page {
            Some(page) => self.insert(of, page),
            None => self.remove(of),
        };
        let (old, new) = (was.map(|was| was.frame), page.map(|page| page.frame));
        if let Some(old) = old.filter(|_| old != new) {
            Rc::make_mut(&mut self.by_region[region_of(old)]).remove(&(old, of));
        }
        if let Some(new) = new.filter(|_| old != new) {
            Rc::make_mut(&mut self.by_region[region_of(new)]).insert((new, of));
        }
        was
    }

    /// Puts a page in and returns the one that was there.
    fn insert(&mut self, (id, number): PageOf, page: Page) -> Option<Page> {
        let pages = self.by_entry.entry((id, number / ENTRIES)).or_default();
        Rc::make_mut(pages).insert(number, page)
    }

    /// Takes a page out and returns it; the last of its map takes the map along.
    fn remove(&mut self, (id, number): PageOf) -> Option<Page> {
        let entry = (id, number / ENTRIES);
        let pages = self.by_entry.get_mut(&entry)?;
        let was = Rc::make_mut(pages).remove(&number);
        if pages.is_empty() {
            self.by_entry.remove(&entry);
        }
        was
    }
}

fn region_of(frame: FrameNumber) -> usize {
    (frame.number() / ENTRIES) as usize
}
