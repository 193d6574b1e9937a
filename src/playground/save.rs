//! Saves: a playground as text that a person can read and edit, and back.
//!
//! The format is [RON](https://docs.rs/ron), version 1. `state` holds the moment shown in
//! the kernel's own words; what it leaves out is as boot makes it. `log` holds the
//! commands that led there, and is checked by doing them again: if they do not lead to
//! `state`, the log is dropped with a warning and the state is kept. A small one:
//!
//! ```text
//! (
//!     version: 1,
//!     title: "One page",
//!     notes: "Process 1 touched its first page.",
//!     state: (
//!         memory_map: Named("tiny"),
//!         registers: (
//!             cr0: 0x80050033, cr2: 0x40000000, cr3: 0x01001000, cr4: 0x00000080,
//!             eflags: 0x00000002, privilege: supervisor,
//!         ),
//!         tlb: (
//!             hits: 0, misses: 2,
//!             entries: [ // the longest unused of each set first
//!                 (page: 0x40000000, way: 0, entry: "0x40000 P W U D"), // set 0
//!             ],
//!         ),
//!         frame_count: 0x40040,
//!         palloc_cursor: 0x40001,
//!         processes: [
//!             (id: 0, parent: 0, quota: 64, usage: 8, nchildren: 1),
//!             (id: 1, name: "shell", parent: 0, quota: 8, usage: 2, nchildren: 0),
//!         ],
//!         allocation: [
//!             (first: 0x40000, last: 0x40001, allocated: true, paid_by: 1),
//!         ],
//!         memory: [
//!             (frame: 0x01001, entries: [ // the directory of process 1
//!                 "0x100: 0x40001 P W U A",
//!             ]),
//!             (frame: 0x40001, entries: [ // the page table of process 1 for 0x40000000
//!                 "0x000: 0x40000 P W U A D",
//!             ]),
//!         ],
//!     ),
//!     log: [
//!         "spawn 0 8", // 1
//!         "rename 1 shell", // 2
//!         "touch 1 write 0x40000000", // 3
//!     ],
//!     marks: [
//!         (3, "the first page"),
//!     ],
//!     position: 3,
//!     branch: 3,
//! )
//! ```
//!
//! A line of the log that begins `after 1:` starts a branch at step 1. Words of memory that
//! are no entries stand as `words: ["0x010: 0x00000001 0xdeadbeef"]`.

// The file as records, and a world from them.
mod record;
mod list;
mod order;
mod values;
mod registers;
mod build;

// A playground as text.
mod write;
mod excerpt;

// What goes wrong with it.
mod report;

use std::path::Path;

use ron::extensions::Extensions;

use crate::playground::Playground;
use crate::playground::disk;
use crate::playground::save::excerpt::Excerpt;
use crate::playground::save::record::SaveRecord;
pub use crate::playground::save::report::LoadError;
pub use crate::playground::save::report::SaveError;
use crate::playground::world::World;

/// The version of the format.
const VERSION: u32 = 1;
/// The longest file that is read.
const FILE_MAX: u64 = 16 << 20;
/// How many frames of one state may hold words of their own: 64 MiB of memory.
const FRAMES_MAX: usize = 16_384;
/// How many pages the processes of one state may have mapped, and so the ledger may follow.
const MAPPED_MAX: usize = 1 << 20;
/// How many rows a memory map in a save may have.
pub(in crate::playground) const MAP_ROWS_MAX: usize = 256;
/// How many steps a log may have.
const STEPS_MAX: usize = 20_000;
/// How much work doing a log again may be, in plain commands.
const WORK_MAX: usize = 40_000;

/// A save that was opened.
pub struct Opened {
    /// What was in it.
    pub playground: Playground,
    /// What could not be kept, a sentence each.
    pub warnings: Vec<String>,
}

impl Playground {
    /// Opens a save.
    ///
    /// # Errors
    /// The file cannot be read, or is no save: where, and what was expected there.
    pub fn open(path: &Path) -> Result<Opened, LoadError> {
        let name = path.display().to_string();
        let bytes = disk::read(path, FILE_MAX).map_err(|error| LoadError::unreadable(&name, &error))?;
        match String::from_utf8(bytes) {
            Ok(text) => Playground::read(&name, &text),
            Err(error) => Err(LoadError::no_text(&name, &error)),
        }
    }

    /// Reads a save from text; errors call it by the name given.
    ///
    /// # Errors
    /// The text is no save: where, and what was expected there.
    pub fn read(name: &str, text: &str) -> Result<Opened, LoadError> {
        // Some editors begin a file with a byte-order mark; RON does not know it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let record: SaveRecord =
            options.from_str(text).map_err(|error| LoadError::malformed(name, text, &error))?;
        let mut warnings = Vec::new();
        let mut playground = restore(&record, &mut warnings)
            .map_err(|sentence| LoadError::of_section(name, text, "memory:", sentence))?;
        playground.set_title(&record.title);
        playground.set_notes(&record.notes);
        Ok(Opened { playground, warnings })
    }

    /// Saves: the file holds everything afterwards, or what it held before.
    ///
    /// # Errors
    /// The file cannot be written, or there is more than a save may hold.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        let text = self.to_text();
        if let Some(what) = too_large(self, &text) {
            return Err(SaveError::too_large(path, &what));
        }
        disk::replace(path, text.as_bytes()).map_err(|error| SaveError::unwritable(path, &error))
    }

    /// Returns everything as the text of a save.
    #[must_use]
    pub fn to_text(&self) -> String {
        write::save(&self.title, &self.notes, &self.world, &Excerpt::of(&self.history))
    }
}

/// Returns the playground of a record; a log that does not lead to the state is left out.
fn restore(record: &SaveRecord, warnings: &mut Vec<String>) -> Result<Playground, String> {
    let saved = bounded(build::world(&record.state))?;
    let start = match &record.start {
        _ if record.log.is_empty() => saved.clone(),
        Some(start) => bounded(build::world(start))?,
        None => World::boot(saved.memory_map.clone()),
    };
    Ok(excerpt::replay(start, &saved, record).unwrap_or_else(|why| {
        warnings.push(format!("the log was dropped and the state kept: {why}"));
        Playground::starting_at(saved, String::new())
    }))
}

/// Refuses a world that a few shared page tables make larger than can be looked at.
fn bounded(world: World) -> Result<World, String> {
    let pages = build::mapped_pages(&world);
    if pages > MAPPED_MAX {
        return Err(format!("expected at most {MAPPED_MAX} mapped pages in all, got {pages}"));
    }
    Ok(world)
}

/// Says what of a playground is more than a save may hold.
fn too_large(playground: &Playground, text: &str) -> Option<String> {
    if text.len() as u64 > FILE_MAX {
        return Some(format!("its text has {} MiB, and {} are the most", text.len() >> 20, FILE_MAX >> 20));
    }
    let pages = build::mapped_pages(&playground.world);
    if pages > MAPPED_MAX {
        return Some(format!("{pages} pages are mapped, and {MAPPED_MAX} are the most"));
    }
    let frames = playground.world.kernel.machine.memory.frames_in_use().len();
    // Boot alone fills the directories and the identity tables; they are not written.
    (frames > FRAMES_MAX).then(|| format!("{frames} frames hold words, and {FRAMES_MAX} are the most"))
}
