//! Where a saved state comes from: a file, or the program itself.

use std::fmt;
use std::path::PathBuf;

use crate::playground::Playground;
use crate::playground::save::LoadError;
use crate::playground::save::Opened;
use crate::playground::shipped;

/// A saved state that can be opened.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Source {
    /// A file of the user's.
    File(PathBuf),
    /// One that comes with the program, by its name.
    Shipped(&'static str),
}

impl Source {
    /// Returns every state that comes with the program.
    pub(crate) fn shipped() -> impl Iterator<Item = Source> {
        shipped::SAVES.iter().map(|(name, _)| Source::Shipped(name))
    }

    /// Opens the state.
    pub(crate) fn open(&self) -> Result<Opened, LoadError> {
        match self {
            Source::File(path) => Playground::open(path),
            Source::Shipped(name) => {
                Playground::read(&format!("{name}.ron"), shipped::find(name).unwrap_or_default())
            }
        }
    }

    /// Returns the file that saving writes again; a shipped state is saved as a new one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match self {
            Source::File(path) => Some(path.clone()),
            Source::Shipped(_) => None,
        }
    }

    /// Returns its name, without directory and `.ron`.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::File(path) => {
                path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
            }
            Source::Shipped(name) => (*name).to_string(),
        }
    }

    /// Returns where it lies, in words.
    pub(crate) fn directory(&self) -> String {
        match self {
            Source::File(path) => {
                path.parent().map(|parent| parent.display().to_string()).unwrap_or_default()
            }
            Source::Shipped(_) => "comes with the program".to_string(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Shipped(name) => f.write_str(name),
        }
    }
}
