//! What one frame is used for and what is wrong with it, from the world and who maps it.

use std::collections::BTreeSet;

use crate::kernel::layout;
use crate::kernel::layout::PERM_FIRMWARE;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::FrameNumber;
use crate::playground::finding::Finding;
use crate::playground::finding::Findings;
use crate::playground::ledger::Ledger;
use crate::playground::page_index::Page;
use crate::playground::page_index::PageOf;
use crate::playground::snapshot::Role;
use crate::playground::world::World;

/// Returns what a frame is used for.
pub(in crate::playground) fn role_of(world: &World, ledger: &Ledger, frame: FrameNumber) -> Role {
    let row = world.kernel.allocation_table().row(frame);
    if frame.number() >= world.kernel.frame_count() {
        return Role::Absent;
    }
    if !row.is_normal() {
        let other = if row.perm == PERM_FIRMWARE { Role::Firmware } else { Role::Kernel };
        return ProcessId::of_directory(frame).map_or(other, |id| Role::Directory(id.number()));
    }
    if !row.is_allocated {
        return Role::Free;
    }
    if let Some((id, _)) = ledger.table_users(frame).next() {
        return Role::PageTable(id.number());
    }
    role_of_page(row.charged_to, ledger.mappers(frame))
}

/// Returns what a frame that was given out is used for, from who pays for it and who maps it.
fn role_of_page(payer: Option<ProcessId>, mappers: impl Iterator<Item = (PageOf, Page)>) -> Role {
    let (mut first, mut count, mut is_copy_on_write) = (None, 0, false);
    for ((id, _), page) in mappers {
        first = first.or(Some(id));
        count += 1;
        is_copy_on_write |= page.entry.is_copy_on_write();
    }
    match (payer.or(first), count) {
        // Process 0 sees all memory as identity, so what it pays for is mapped.
        (Some(KERNEL), 0) => Role::Page(KERNEL.number()),
        (payer, 0) => Role::Orphan(payer.map(ProcessId::number)),
        (Some(owner), 1) => Role::Page(owner.number()),
        (Some(owner), _) if is_copy_on_write => Role::CopyOnWrite(owner.number()),
        (Some(owner), _) => Role::Shared(owner.number()),
        (None, _) => Role::Orphan(None),
    }
}

/// Returns the process a role names.
pub(in crate::playground) fn owner(role: Role) -> Option<u32> {
    match role {
        Role::PageTable(id)
        | Role::Page(id)
        | Role::Shared(id)
        | Role::CopyOnWrite(id)
        | Role::Directory(id) => Some(id),
        Role::Orphan(id) => id,
        Role::Absent | Role::Firmware | Role::Kernel | Role::Free => None,
    }
}

/// Returns what is wrong with a frame.
pub(in crate::playground) fn findings_of(world: &World, ledger: &Ledger, frame: FrameNumber) -> Findings {
    let row = world.kernel.allocation_table().row(frame);
    let exists = frame.number() < world.kernel.frame_count();
    let is_normal = exists && row.is_normal();
    let payer = row.charged_to.filter(|&id| world.kernel.container(id).used);
    let user_pages: Vec<(PageOf, Page)> =
        ledger.mappers(frame).filter(|((id, _), _)| *id != KERNEL).collect();
    let is_table = ledger.table_users(frame).next().is_some() || is_kernel_table(frame);
    let is_mapped = !user_pages.is_empty();
    let is_reached = is_table && user_pages.iter().any(|(_, page)| page.is_user);
    let writers: BTreeSet<ProcessId> =
        user_pages.iter().filter(|(_, page)| page.is_writable).map(|((id, _), _)| *id).collect();
    let on_purpose = user_pages.iter().all(|(_, page)| page.entry.is_shared());
    let kernel_maps = ledger.mappers(frame).next().is_some() || payer == Some(KERNEL);

    let judgements = [
        (Finding::Unowned, row.is_allocated && payer.is_none()),
        (Finding::Orphan, row.is_allocated && payer.is_some() && !is_mapped && !is_table && !kernel_maps),
        (Finding::FreeButMapped, is_normal && !row.is_allocated && is_mapped),
        (Finding::NotNormalButMapped, !is_normal && is_mapped && !is_reached),
        (Finding::TwoWriters, writers.len() > 1 && !on_purpose),
        (Finding::TableReachable, is_reached),
    ];
    judgements.into_iter().fold(Findings::default(), |all, (finding, holds)| all.with(finding, holds))
}

/// Returns whether a frame is one of the kernel's own directories or identity tables.
fn is_kernel_table(frame: FrameNumber) -> bool {
    ProcessId::of_directory(frame).is_some() || layout::identity_table_index(frame).is_some()
}
