//! The same layers as plain C would have them: arrays, a search frame by frame, no undo.
//!
//! What the benchmarks divide by. It keeps mCertiKOS's data (`AT`, `CONTAINER`, `PDirPool`, `IDPTbl`)
//! and its algorithms, but lets the compiler inline across layers, which the C kernel's separate
//! files do not allow: so it is, if anything, faster than the original.

use std::hint::black_box;

const NUM_IDS: usize = 64;
const USER_FIRST: usize = 0x40000;
const USER_END: usize = 0xf0000;
const FRAMES: usize = 1 << 20;
const PTU: u32 = 7;

#[derive(Clone, Copy)]
struct Row {
    perm: u32,
    allocated: u32,
}

#[derive(Clone, Copy, Default)]
struct Container {
    quota: u32,
    usage: u32,
}

/// mCertiKOS's static variables, and the memory behind user frames.
pub(crate) struct CKernel {
    at: Vec<Row>,
    cursor: usize,
    containers: [Container; NUM_IDS],
    directories: Vec<u32>,
    identity_tables: Vec<u32>,
    user_memory: Vec<u32>,
}

impl CKernel {
    /// `paging_init` for a machine whose user range begins with this many usable bytes.
    pub(crate) fn boot(user_bytes: u64) -> Self {
        let user_frames = usize::try_from(user_bytes / 4096).unwrap_or(0);
        let perm = |frame: usize| match frame {
            _ if !(USER_FIRST..USER_END).contains(&frame) => 1,
            _ if frame < USER_FIRST + user_frames => 2,
            _ => 0,
        };
        let at = (0..FRAMES).map(|frame| Row { perm: perm(frame), allocated: 0 }).collect();
        let global = |frame: usize| if (USER_FIRST..USER_END).contains(&frame) { 3 } else { 0x103 };
        let identity_tables = (0..FRAMES).map(|frame| word(frame << 12 | global(frame))).collect();
        let entry = |pde: usize| if (256..960).contains(&pde) { 0 } else { word((0x1400 + pde) << 12) | PTU };
        let directories = (0..NUM_IDS * 1024).map(|slot| entry(slot % 1024)).collect();
        let mut containers = [Container::default(); NUM_IDS];
        containers[0].quota = word(user_frames);
        // Zeroed by the operating system when touched, as a PC's memory is simply there.
        let user_memory = vec![0; user_frames * 1024];
        CKernel { at, cursor: USER_FIRST, containers, directories, identity_tables, user_memory }
    }

    /// Gives a child part of process 0's quota.
    pub(crate) fn spawn(&mut self, quota: u32) -> usize {
        self.containers[0].usage += quota;
        self.containers[1] = Container { quota, usage: 0 };
        1
    }

    pub(crate) fn container_alloc(&mut self, id: usize) -> Option<usize> {
        if self.containers[id].usage >= self.containers[id].quota {
            return None;
        }
        let frame = self.palloc()?;
        self.containers[id].usage += 1;
        Some(frame)
    }

    pub(crate) fn container_free(&mut self, id: usize, frame: usize) {
        if self.at[frame].allocated > 0 {
            self.at[frame].allocated = 0;
            self.containers[id].usage -= 1;
        }
    }

    pub(crate) fn alloc_page(&mut self, id: usize, address: u32) -> Option<usize> {
        let frame = self.container_alloc(id)?;
        let pde = id * 1024 + (address >> 22) as usize;
        if self.directories[pde] == 0 {
            let table = self.container_alloc(id)?;
            self.directories[pde] = word(table << 12) | PTU;
            self.table(table).fill(0);
        }
        let table = (self.directories[pde] >> 12) as usize;
        self.table(table)[(address >> 12 & 0x3ff) as usize] = word(frame << 12) | PTU;
        Some(table)
    }

    /// Keeps the identity tables from being optimised away.
    pub(crate) fn identity_tables(&self) -> &[u32] {
        black_box(&self.identity_tables)
    }

    fn palloc(&mut self) -> Option<usize> {
        let is_free = |frame: &usize| self.at[*frame].perm > 1 && self.at[*frame].allocated == 0;
        let found = (self.cursor..USER_END).chain(USER_FIRST..self.cursor).find(is_free);
        self.cursor = found.unwrap_or(USER_FIRST);
        if let Some(frame) = found {
            self.at[frame].allocated = 1;
        }
        found
    }

    fn table(&mut self, frame: usize) -> &mut [u32] {
        let first = (frame - USER_FIRST) * 1024;
        &mut self.user_memory[first..first + 1024]
    }
}

fn word(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
