//! Roles of 1024 frames at a time, the memory under one directory entry, and how many of each.

use std::collections::BTreeMap;

use crate::machine::address::ENTRIES;
use crate::machine::address::FrameNumber;
use crate::playground::ledger::Ledger;
use crate::playground::roles;
use crate::playground::snapshot::Role;
use crate::playground::snapshot::RoleCounts;
use crate::playground::world::World;

/// The roles of one region's frames.
#[derive(Clone, Debug)]
pub(in crate::playground) struct RegionLedger {
    roles: Roles,
    counts: BTreeMap<Role, u32>,
}

/// Most regions of a large memory have nothing to tell apart.
#[derive(Clone, Debug)]
enum Roles {
    Same(Role),
    Each(Vec<Role>),
}

impl RegionLedger {
    /// Derives a region's roles.
    pub(in crate::playground) fn of(world: &World, ledger: &Ledger, region: u32) -> Self {
        let numbers = region * ENTRIES..(region + 1) * ENTRIES;
        let frames = numbers.filter_map(FrameNumber::new);
        if let Some(role) = same_role(world, ledger, region) {
            return RegionLedger { roles: Roles::Same(role), counts: BTreeMap::from([(role, ENTRIES)]) };
        }
        let roles: Vec<Role> = frames.map(|frame| roles::role_of(world, ledger, frame)).collect();
        let mut counts = BTreeMap::new();
        for &role in &roles {
            *counts.entry(role).or_default() += 1;
        }
        RegionLedger { roles: Roles::Each(roles), counts }
    }

    /// Returns the role of one of the region's frames.
    pub(in crate::playground) fn role(&self, index: u32) -> Role {
        match &self.roles {
            Roles::Same(role) => *role,
            Roles::Each(roles) => roles[(index % ENTRIES) as usize],
        }
    }

    /// Changes the role of one of the region's frames.
    pub(in crate::playground) fn set(&mut self, index: u32, role: Role) {
        let was = self.role(index);
        if was == role {
            return;
        }
        if let Roles::Same(same) = self.roles {
            self.roles = Roles::Each(vec![same; ENTRIES as usize]);
        }
        if let Roles::Each(roles) = &mut self.roles {
            roles[(index % ENTRIES) as usize] = role;
        }
        if let Some(count) = self.counts.get_mut(&was) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&was);
            }
        }
        *self.counts.entry(role).or_default() += 1;
    }

    /// Returns how many frames have each role, owners apart.
    pub(in crate::playground) fn by_role(&self) -> impl Iterator<Item = (Role, u32)> {
        self.counts.iter().map(|(&role, &count)| (role, count))
    }

    /// Returns how many frames have each kind of role.
    pub(in crate::playground) fn counts(&self) -> RoleCounts {
        let mut counts = RoleCounts::default();
        for (role, count) in self.by_role() {
            *counts.of_mut(role) += count;
        }
        counts
    }
}

impl RoleCounts {
    /// Returns the count that a role belongs to.
    pub(in crate::playground) fn of_mut(&mut self, role: Role) -> &mut u32 {
        match role {
            Role::Absent => &mut self.absent,
            Role::Firmware => &mut self.firmware,
            Role::Kernel | Role::Directory(_) => &mut self.kernel,
            Role::Free => &mut self.free,
            Role::PageTable(_) => &mut self.tables,
            Role::Page(_) => &mut self.pages,
            Role::Shared(_) | Role::CopyOnWrite(_) => &mut self.shared,
            Role::Orphan(_) => &mut self.orphans,
        }
    }

    /// Returns the sum of two counts.
    pub(in crate::playground) fn plus(self, other: Self) -> Self {
        RoleCounts {
            absent: self.absent + other.absent,
            firmware: self.firmware + other.firmware,
            kernel: self.kernel + other.kernel,
            free: self.free + other.free,
            tables: self.tables + other.tables,
            pages: self.pages + other.pages,
            shared: self.shared + other.shared,
            orphans: self.orphans + other.orphans,
        }
    }
}

impl PartialEq for RegionLedger {
    fn eq(&self, other: &Self) -> bool {
        self.counts == other.counts && (0..ENTRIES).all(|index| self.role(index) == other.role(index))
    }
}

/// Returns the role that all frames of a region share, where that can be seen without reading each.
fn same_role(world: &World, ledger: &Ledger, region: u32) -> Option<Role> {
    let first = FrameNumber::new(region * ENTRIES)?;
    let last = FrameNumber::new(region * ENTRIES + ENTRIES - 1)?;
    world.kernel.allocation_table().uniform_region(region)?;
    let (first, last) = (roles::role_of(world, ledger, first), roles::role_of(world, ledger, last));
    // The directories stand at the start of their region; a region that ends early has absent frames.
    (first == last).then_some(first)
}
