//! The disk: reads a bounded file, and replaces a file whole or not at all.
//!
//! The only file that writes. A reader sees the old content or the new, never a mixture,
//! whenever the process or the machine stops.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// How many unfinished files of other savers are stepped around.
const ATTEMPTS: u32 = 1000;

/// Reads a file of at most `max` bytes; a longer one is refused unread.
pub(in crate::playground) fn read(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let too_long = |length: u64| {
        let message = format!("expected at most {} MiB, got {} MiB", max >> 20, length.div_ceil(1 << 20));
        io::Error::new(io::ErrorKind::FileTooLarge, message)
    };
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > max {
        return Err(too_long(length));
    }
    // A device or a pipe tells no length; one byte more than allowed shows that it is too long.
    let mut bytes = Vec::new();
    file.take(max + 1).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > max { Err(too_long(length)) } else { Ok(bytes) }
}

/// Replaces a file's content: written beside it, pushed to the disk, then renamed over it.
///
/// The file keeps its permissions, and a symbolic link keeps pointing at it. What is there and
/// is no plain file is refused.
pub(in crate::playground) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    // Only a file that exists can be resolved; a new one is made where it was asked for.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    // Renaming over a device or a pipe would put a plain file in its place, for everybody.
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a device or a pipe, not a file"));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let (file, beside) = create_beside(&target)?;
    let permissions = old.map(|old| old.permissions());
    let replaced = fill(file, permissions, content).and_then(|()| fs::rename(&beside, &target));
    if replaced.is_err() {
        // The reason is already on its way to the user; a file left behind harms nobody.
        let _ = fs::remove_file(&beside);
        return replaced;
    }
    // The rename itself reaches the disk with the directory. Not every file system allows this.
    let _ = File::open(directory(&target)).and_then(|directory| directory.sync_all());
    Ok(())
}

/// Writes everything into the new file and pushes it to the disk.
fn fill(mut file: File, permissions: Option<fs::Permissions>, content: &[u8]) -> io::Result<()> {
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(content)?;
    file.sync_all()
}

/// Creates a file that nobody else uses, in the same directory.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let no_name = || io::Error::new(io::ErrorKind::InvalidInput, "it names no file");
    let name = target.file_name().ok_or_else(no_name)?.to_string_lossy();
    let process = std::process::id();
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..ATTEMPTS {
        let beside = directory(target).join(format!(".{name}.{process}.{attempt}.part"));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

/// Returns the directory a file lies in.
fn directory(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
