//! The playground itself, on the screen or line by line.

use std::io;
use std::io::IsTerminal;
use std::path::Path;
use std::path::PathBuf;

use crate::cli::arguments::PlayArguments;
use crate::cli::open;
use crate::cli::open::Found;
use crate::cli::paths;
use crate::cli::paths::Paths;
use crate::cli::plain;
use crate::cli::plain::Echo;
use crate::cli::report;
use crate::cli::report::Usage;
use crate::playground::Playground;
use crate::playground::save::Opened;
use crate::tui;
use crate::tui::RunOptions;

/// Hands a state to the user.
pub(in crate::cli) fn play(arguments: &PlayArguments) -> Result<(), Usage> {
    let found = find(arguments)?;
    if arguments.plain { converse(found.opened) } else { show(arguments, found) }
}

/// Returns the state asked for; with nothing asked for, a small living world.
fn find(arguments: &PlayArguments) -> Result<Found, Usage> {
    if arguments.resume {
        let file = paths::find()?.autosave();
        if !file.exists() {
            return Err(Usage("there is no session to resume yet: quitting the playground saves one".into()));
        }
        // Not the file to save in: the next session would take its place.
        let opened = Playground::open(&file).map_err(Usage::of)?;
        return Ok(Found { opened, file: None });
    }
    match &arguments.save {
        Some(save) => open::open(save),
        None => {
            Ok(Found { opened: Opened { playground: Playground::demo(), warnings: Vec::new() }, file: None })
        }
    }
}

/// Talks line by line over the standard streams.
fn converse(opened: Opened) -> Result<(), Usage> {
    report::tell_all(&opened.warnings);
    let echo = if io::stdin().is_terminal() { Echo::Terminal } else { Echo::Repeat };
    match plain::run(opened.playground, &mut io::stdin().lock(), &mut io::stdout().lock(), echo) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Usage::of(error)),
        _ => Ok(()),
    }
}

/// Takes the terminal. Without a home directory there is no autosave, and all else works.
fn show(arguments: &PlayArguments, found: Found) -> Result<(), Usage> {
    let paths = paths::find().ok();
    if let Some(paths) = &paths {
        // A directory that cannot be made is told of when something is saved there.
        let _ = paths.make();
    }
    let path = |of: fn(&Paths) -> PathBuf| paths.as_ref().map(of);
    let beside = found.file.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    tui::run(RunOptions {
        playground: found.opened.playground,
        notices: found.opened.warnings,
        theme: arguments.theme.clone(),
        color: arguments.color.clone(),
        is_ascii: arguments.ascii,
        is_mouse_on: !arguments.no_mouse,
        keys_file: path(Paths::keys).filter(|file| file.exists()),
        save_directories: [path(Paths::saves), beside].into_iter().flatten().collect(),
        save: found.file,
        autosave: path(Paths::autosave),
        crash_save: path(Paths::crash),
        panics_after_start: arguments.panic_after_start,
    })
    .map_err(Usage::of)
}
