//! Which state a SAVE names: a file, else one that comes with the program.

use std::path::Path;

use crate::cli::report::Usage;
use crate::playground::Playground;

pub(in crate::cli) struct Opened {
    pub(in crate::cli) playground: Playground,
    pub(in crate::cli) warnings: Vec<String>,
}

/// Returns the state that a word names.
pub(in crate::cli) fn open(save: &str) -> Result<Playground, Usage> {
    open_with_warnings(save).map(|opened| opened.playground)
}

pub(in crate::cli) fn open_with_warnings(save: &str) -> Result<Opened, Usage> {
    match save {
        "" => Ok(Opened { playground: Playground::demo(), warnings: Vec::new() }),
        _ => Err(Usage(format!("{save}: not yet"))),
    }
}

pub(in crate::cli) fn save(_: &Playground, _: &Path) -> Result<(), Usage> {
    Err(Usage("not yet".to_string()))
}
