//! The ledger: who uses every frame, and which page of whom leads there.
//!
//! mCertiKOS's allocation table has no owner, and no table says who maps a frame. The
//! ledger derives both from the page tables and the allocation table. It follows a step
//! by reading only what the step changed; `tests` rebuild it from nothing and compare.
//! A clone is cheap: it shares what the next step leaves alone.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use crate::kernel::layout;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::machine::entry::RawEntry;
use crate::playground::finding::Findings;
use crate::playground::page_index::Page;
use crate::playground::page_index::PageIndex;
use crate::playground::page_index::PageOf;
use crate::playground::region::RegionLedger;
use crate::playground::roles;
use crate::playground::snapshot::Role;
use crate::playground::world::World;

/// Above this many changed frames of memory, starting over is cheaper than following.
const FOLLOW_AT_MOST: usize = 512;

/// What starting over costs even where nothing is mapped, in pages looked at.
const STARTING_OVER: usize = 12_500;

/// Everything derived from one world.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::playground) struct Ledger {
    /// The frames that directory entries use as page tables, each with an entry that does.
    tables: BTreeSet<(FrameNumber, (ProcessId, u32))>,
    /// The same, by directory entry.
    table_of: BTreeMap<(ProcessId, u32), FrameNumber>,
    /// Every present page of the user range; of process 0 only those that are not identity.
    pages: PageIndex,
    /// How many frames each process pays for.
    charged: Vec<u32>,
    /// Roles, 1024 frames a row; shared with other moments until they change.
    regions: Vec<Rc<RegionLedger>>,
    /// Frames that a process maps although they are another's or nobody's, and that process.
    lent: BTreeSet<(FrameNumber, ProcessId)>,
    /// Frames with something wrong, and what.
    findings: BTreeMap<FrameNumber, Findings>,
}

impl Ledger {
    /// Derives everything from nothing.
    pub(in crate::playground) fn of(world: &World) -> Self {
        let mut ledger = Ledger {
            tables: BTreeSet::new(),
            table_of: BTreeMap::new(),
            pages: PageIndex::new(),
            charged: vec![0; layout::NUM_IDS as usize],
            regions: Vec::new(),
            lent: BTreeSet::new(),
            findings: BTreeMap::new(),
        };
        let mut dirty = BTreeSet::new();
        for id in ProcessId::all().filter(|&id| id != KERNEL) {
            for pde_index in layout::VM_USERLO_PDE..layout::VM_USERHI_PDE {
                ledger.read_directory_entry(world, id, pde_index, &mut dirty);
            }
        }
        for pde_index in layout::VM_USERLO_PDE..layout::VM_USERHI_PDE {
            ledger.read_identity_table(world, pde_index, 0..ENTRIES, &mut dirty);
        }
        for frame in world.kernel.allocation_table().allocated() {
            if let Some(id) = world.kernel.allocation_table().row(frame).charged_to {
                ledger.charged[id.index()] += 1;
            }
        }
        ledger.regions =
            (0..ENTRIES).map(|region| Rc::new(RegionLedger::of(world, &ledger, region))).collect();
        let allocated = world.kernel.allocation_table().allocated();
        let notable: BTreeSet<FrameNumber> = allocated.chain(dirty).collect();
        for frame in notable {
            ledger.judge(world, frame);
        }
        ledger
    }

    /// Follows one step: `self` was derived from `before` and is derived from `after` then.
    ///
    /// Returns the frames whose role, mapping or words may have changed.
    pub(in crate::playground) fn follow(&mut self, before: &World, after: &World) -> BTreeSet<FrameNumber> {
        let (old, new) = (&before.kernel, &after.kernel);
        let words = new.machine.memory.frames_changed_since(&old.machine.memory);
        if rules_differ(before, after) || words.len() > FOLLOW_AT_MOST {
            *self = Ledger::of(after);
            return words.into_iter().collect();
        }
        let mut dirty: BTreeSet<FrameNumber> = BTreeSet::new();
        for &frame in &words {
            self.follow_words(before, after, frame, &mut dirty);
        }
        for frame in new.allocation_table().changes_since(old.allocation_table()) {
            self.follow_charge(before, after, frame);
            dirty.insert(frame);
        }
        let came_or_went = |id: &ProcessId| old.container(*id).used != new.container(*id).used;
        for id in ProcessId::all().filter(came_or_went).filter(|&id| self.charged(id) > 0) {
            dirty.extend(new.allocation_table().frames_charged_to(id));
        }
        for &frame in &dirty {
            let role = roles::role_of(after, self, frame);
            self.set_role(frame, role);
            self.judge(after, frame);
        }
        dirty.extend(words);
        dirty
    }

    /// Returns how many pages had to be looked at to follow a step that changed these frames.
    pub(in crate::playground) fn pages_followed(
        &self,
        (before, after): (&World, &World),
        changed: &BTreeSet<FrameNumber>,
    ) -> usize {
        match rules_differ(before, after) {
            true => STARTING_OVER + self.pages.count(),
            false => changed.iter().map(|&frame| self.mappers(frame).count()).sum(),
        }
    }

    /// Returns what a frame is used for.
    pub(in crate::playground) fn role(&self, frame: FrameNumber) -> Role {
        self.regions[(frame.number() / ENTRIES) as usize].role(frame.number() % ENTRIES)
    }

    /// Returns a region's roles.
    pub(in crate::playground) fn region(&self, region: u32) -> &RegionLedger {
        &self.regions[(region % ENTRIES) as usize]
    }

    /// Returns the directory entries that use a frame as their page table.
    pub(in crate::playground) fn table_users(
        &self,
        frame: FrameNumber,
    ) -> impl Iterator<Item = (ProcessId, u32)> {
        let from_here = self.tables.range((frame, (KERNEL, 0))..);
        from_here.take_while(move |(table, _)| *table == frame).map(|(_, user)| *user)
    }

    /// Returns the lowest page of a process.
    pub(in crate::playground) fn first_page(&self, id: ProcessId) -> Option<(u32, Page)> {
        self.pages.first(id)
    }

    /// Returns every page that leads to a frame.
    pub(in crate::playground) fn mappers(&self, frame: FrameNumber) -> impl Iterator<Item = (PageOf, Page)> {
        self.pages.mappers(frame)
    }

    /// Returns the frames that a process maps and that are not its own.
    pub(in crate::playground) fn lent_to(&self, id: ProcessId) -> impl Iterator<Item = FrameNumber> {
        self.lent.iter().filter(move |(_, borrower)| *borrower == id).map(|(frame, _)| *frame)
    }

    /// Returns how many frames a process pays for.
    pub(in crate::playground) fn charged(&self, id: ProcessId) -> u32 {
        self.charged[id.index()]
    }

    /// Returns the frames with something wrong, and what.
    pub(in crate::playground) fn findings(&self) -> &BTreeMap<FrameNumber, Findings> {
        &self.findings
    }

    /// Reads again what a frame of changed words says, as far as it is a directory or a table.
    fn follow_words(
        &mut self,
        before: &World,
        after: &World,
        frame: FrameNumber,
        dirty: &mut BTreeSet<FrameNumber>,
    ) {
        let old = before.kernel.machine.memory.frame(frame);
        let new = after.kernel.machine.memory.frame(frame);
        let changed: Vec<u32> =
            (0..ENTRIES).filter(|&index| old[index as usize] != new[index as usize]).collect();
        if let Some(id) = ProcessId::of_directory(frame).filter(|&id| id != KERNEL) {
            for &index in changed.iter().filter(|&&index| layout::is_user_pde(index)) {
                self.read_directory_entry(after, id, index, dirty);
            }
        }
        if let Some(pde_index) = layout::identity_table_index(frame).filter(|&at| layout::is_user_pde(at)) {
            for &index in &changed {
                self.read_identity_table(after, pde_index, index..index + 1, dirty);
            }
        }
        // Whatever else it is, a frame is a page table too where a directory entry says so.
        let users: Vec<(ProcessId, u32)> = self.table_users(frame).collect();
        let entries = users.iter().flat_map(|&user| changed.iter().map(move |&index| (user, index)));
        for ((id, pde_index), index) in entries {
            let page = page_behind(after, id, pde_index, index);
            self.set_page((id, pde_index * ENTRIES + index), page, dirty);
        }
    }

    /// Reads one directory entry and, through it, the 1024 pages it leads to.
    fn read_directory_entry(
        &mut self,
        world: &World,
        id: ProcessId,
        pde_index: u32,
        dirty: &mut BTreeSet<FrameNumber>,
    ) {
        let pde = world.directory_entry(id, pde_index);
        let is_table = pde.is_present() && !is_big(world, pde);
        self.set_table((id, pde_index), is_table.then(|| pde.frame()), dirty);
        if !pde.is_present() && self.pages.is_entry_empty(id, pde_index) {
            return;
        }
        for index in 0..ENTRIES {
            let page = page_behind(world, id, pde_index, index);
            self.set_page((id, pde_index * ENTRIES + index), page, dirty);
        }
    }

    /// Notes which frame a directory entry uses as its page table now.
    fn set_table(
        &mut self,
        user: (ProcessId, u32),
        frame: Option<FrameNumber>,
        dirty: &mut BTreeSet<FrameNumber>,
    ) {
        let was = match frame {
            Some(frame) => self.table_of.insert(user, frame),
            None => self.table_of.remove(&user),
        };
        if let Some(was) = was.filter(|_| was != frame) {
            dirty.insert(was);
            self.tables.remove(&(was, user));
        }
        if let Some(frame) = frame.filter(|_| was != frame) {
            dirty.insert(frame);
            self.tables.insert((frame, user));
        }
    }

    /// Reads entries of an identity table: where one is not identity, process 0 maps that page.
    fn read_identity_table(
        &mut self,
        world: &World,
        pde_index: u32,
        indices: Range<u32>,
        dirty: &mut BTreeSet<FrameNumber>,
    ) {
        let words = world.kernel.machine.memory.frame(layout::identity_table(pde_index));
        for index in indices {
            let entry = RawEntry(words[index as usize]);
            let number = pde_index * ENTRIES + index;
            let is_own = entry.is_present() && entry.frame().number() != number;
            let page = Page {
                frame: entry.frame(),
                entry,
                is_writable: entry.is_writable(),
                is_user: entry.is_user(),
            };
            self.set_page((KERNEL, number), is_own.then_some(page), dirty);
        }
    }

    /// Notes where a page leads now.
    fn set_page(&mut self, of: PageOf, page: Option<Page>, dirty: &mut BTreeSet<FrameNumber>) {
        let was = self.pages.set(of, page);
        if was != page {
            dirty.extend([was, page].into_iter().flatten().map(|page| page.frame));
        }
    }

    /// Notes what a frame is used for; a role that stays leaves its region shared.
    fn set_role(&mut self, frame: FrameNumber, role: Role) {
        if self.role(frame) != role {
            let region = &mut self.regions[(frame.number() / ENTRIES) as usize];
            Rc::make_mut(region).set(frame.number() % ENTRIES, role);
        }
    }

    /// Moves a frame's charge from who paid before to who pays now.
    fn follow_charge(&mut self, before: &World, after: &World, frame: FrameNumber) {
        if let Some(id) = payer(before, frame) {
            self.charged[id.index()] -= 1;
        }
        if let Some(id) = payer(after, frame) {
            self.charged[id.index()] += 1;
        }
    }

    /// Notes who maps a frame without being its owner.
    fn note_borrowers(&mut self, frame: FrameNumber) {
        let from_here = self.lent.range((frame, KERNEL)..);
        let before: Vec<_> = from_here.take_while(|(lent, _)| *lent == frame).copied().collect();
        for lent in &before {
            self.lent.remove(lent);
        }
        let owner = roles::owner(self.role(frame));
        let borrowers =
            self.pages.mappers(frame).map(|((id, _), _)| id).filter(|id| Some(id.number()) != owner);
        self.lent.extend(borrowers.map(|id| (frame, id)));
    }

    /// Notes who borrows a frame and what is wrong with it, once its role is known.
    fn judge(&mut self, world: &World, frame: FrameNumber) {
        self.note_borrowers(frame);
        let findings = roles::findings_of(world, self, frame);
        if findings.is_empty() {
            self.findings.remove(&frame);
        } else {
            self.findings.insert(frame, findings);
        }
    }
}

/// Do two worlds read the same entries differently, so that all of them must be read again?
fn rules_differ(before: &World, after: &World) -> bool {
    let has_big_pages = |world: &World| world.kernel.machine.registers.has_big_pages();
    has_big_pages(before) != has_big_pages(after) || before.kernel.frame_count() != after.kernel.frame_count()
}

/// Returns who pays for a frame, if it is given out.
fn payer(world: &World, frame: FrameNumber) -> Option<ProcessId> {
    let row = world.kernel.allocation_table().row(frame);
    row.charged_to.filter(|_| row.is_allocated)
}

/// Returns whether a directory entry maps 4 MiB itself: only with CR4.PSE (Intel SDM vol. 3, 4.3).
fn is_big(world: &World, pde: RawEntry) -> bool {
    pde.is_big() && world.kernel.machine.registers.has_big_pages()
}

/// Returns where a page leads, if both its entries are present.
fn page_behind(world: &World, id: ProcessId, pde_index: u32, pte_index: u32) -> Option<Page> {
    let pde = world.directory_entry(id, pde_index);
    if !pde.is_present() {
        return None;
    }
    if is_big(world, pde) {
        let first = RawEntry(pde.0 & RawEntry::BIG_FRAME).frame();
        let frame = FrameNumber::new(first.number() + pte_index)?;
        return Some(Page { frame, entry: pde, is_writable: pde.is_writable(), is_user: pde.is_user() });
    }
    let entry = RawEntry(world.kernel.machine.memory.read_word(pde.frame().word(pte_index)));
    entry.is_present().then(|| Page {
        frame: entry.frame(),
        entry,
        is_writable: pde.is_writable() && entry.is_writable(),
        is_user: pde.is_user() && entry.is_user(),
    })
}
