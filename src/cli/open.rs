//! Which state a SAVE names: a file, one of the user's saves, or one that comes with the program.

use std::path::Path;
use std::path::PathBuf;

use crate::cli::paths;
use crate::cli::report;
use crate::cli::report::Usage;
use crate::playground::Playground;
use crate::playground::nearest;
use crate::playground::save::Opened;
use crate::playground::shipped;

/// A state that was found, and where.
pub(in crate::cli) struct Found {
    pub(in crate::cli) opened: Opened,
    /// Its file; nothing for a state that comes with the program.
    pub(in crate::cli) file: Option<PathBuf>,
}

/// Returns the state that a word names.
pub(in crate::cli) fn open(save: &str) -> Result<Found, Usage> {
    if let Some(file) = file_of(save) {
        let opened = Playground::open(&file).map_err(Usage::of)?;
        return Ok(Found { opened, file: Some(file) });
    }
    let text = shipped::find(save).ok_or_else(|| unknown(save))?;
    let opened = Playground::read(&format!("{save}.ron"), text).map_err(Usage::of)?;
    Ok(Found { opened, file: None })
}

/// Returns the state that a word names, and tells its warnings.
pub(in crate::cli) fn playground(save: &str) -> Result<Playground, Usage> {
    let opened = open(save)?.opened;
    report::tell_all(&opened.warnings);
    Ok(opened.playground)
}

/// Returns the file that a word names, as it stands or among the user's saves.
fn file_of(save: &str) -> Option<PathBuf> {
    let own = paths::find().ok().map(|paths| paths.saves().join(format!("{save}.ron")));
    // A directory hides no save of the same name that comes with the program.
    let is_hidden = |file: &Path| file.is_dir() && shipped::find(save).is_some();
    let candidates = [Some(Path::new(save).to_path_buf()), own].into_iter().flatten();
    candidates.into_iter().find(|file| file.exists() && !is_hidden(file))
}

fn unknown(save: &str) -> Usage {
    let names = || shipped::SAVES.iter().map(|(name, _)| *name);
    let hint = match nearest::nearest(save, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Usage(format!("there is no file `{save}`, and no save of that name comes with the program; {hint}"))
}
