//! `commands`, `completions`, `man` and `paths`: what the program says of itself.

use clap::CommandFactory;

use crate::cli::arguments::Arguments;
use crate::cli::paths;
use crate::cli::report::Report;
use crate::cli::report::Usage;
use crate::playground::registry;
use crate::playground::registry::Group;

/// Returns the registry as markdown, a table a group.
pub(in crate::cli) fn commands() -> Report {
    let mut text = String::new();
    let mut group: Option<Group> = None;
    for spec in registry::commands() {
        if group != Some(spec.group) {
            let gap = if group.is_none() { "" } else { "\n" };
            text += &format!("{gap}| {} | What it does |\n| --- | --- |\n", spec.group);
            group = Some(spec.group);
        }
        text += &format!("| `{}` | {} |\n", spec.usage(), spec.doc);
    }
    Report::holds(text)
}

/// Returns completions for a shell.
pub(in crate::cli) fn completions(shell: clap_complete::Shell) -> Report {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "certiscope", &mut bytes);
    Report::holds(String::from_utf8_lossy(&bytes))
}

/// Returns the man page.
pub(in crate::cli) fn man() -> Result<Report, Usage> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut bytes).map_err(Usage::of)?;
    Ok(Report::holds(String::from_utf8_lossy(&bytes)))
}

/// Returns where files are.
pub(in crate::cli) fn paths() -> Result<Report, Usage> {
    let paths = paths::find()?;
    let rows = [
        ("keys", paths.keys()),
        ("themes", paths.themes()),
        ("saves", paths.saves()),
        ("autosave", paths.autosave()),
        ("crash", paths.crash()),
    ];
    Ok(Report::holds(rows.map(|(what, path)| format!("{what:<8}  {}\n", path.display())).concat()))
}
