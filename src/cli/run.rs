//! `certiscope run`: does a script and says where it went otherwise than it says.

use std::fmt::Write;

use crate::cli::arguments::RunArguments;
use crate::cli::input;
use crate::cli::report::Report;
use crate::cli::report::Usage;
use crate::playground::Playground;
use crate::playground::script::Script;
use crate::playground::script::ScriptReport;

/// How many failures are printed; the rest is counted.
const FAILURES_MAX: usize = 20;

/// Does a script, and saves the state it ends in where that is asked for.
pub(in crate::cli) fn run(arguments: &RunArguments) -> Result<Report, Usage> {
    let text = input::read_text(&arguments.script)?;
    let name = arguments.script.display().to_string();
    let script = Script::parse(&name, &text).map_err(Usage::of)?;
    let mut playground = Playground::boot(&arguments.memory_map).map_err(Usage::of)?;
    let report = script.run(&mut playground);
    if let Some(file) = &arguments.save {
        playground.save(file).map_err(Usage::of)?;
    }
    let holds = report.failures.is_empty();
    match arguments.json {
        true => Report::json(&report, holds),
        false => Ok(Report { text: in_words(&name, &report), holds }),
    }
}

fn in_words(name: &str, report: &ScriptReport) -> String {
    let mut text = String::new();
    for failure in report.failures.iter().take(FAILURES_MAX) {
        let _ = writeln!(text, "{name}: {failure}");
    }
    let more = report.failures.len().saturating_sub(FAILURES_MAX);
    if more > 0 {
        let _ = writeln!(text, "{name}: and {more} more that do not hold");
    }
    let ScriptReport { commands, compared, failures } = report;
    let verdict = match failures.len() {
        0 => format!("all {compared} answers hold"),
        wrong => format!("{wrong} of {commands} went otherwise than the script says"),
    };
    let _ = writeln!(text, "{name}: {commands} commands, {verdict}");
    text
}
