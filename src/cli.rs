//! The command line: what the shell may ask for, and how it is told what came of it.
//!
//! Below: the playground and the screen. A subcommand turns its arguments into a
//! `Report` and does nothing else; only this file prints it and decides the exit code:
//! 0 holds, 1 does not hold, 2 bad use or bad input.

#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a report is short, and reads better as it is written"
)]

// What was asked, and what is answered.
mod arguments;
mod report;

// Where states and files come from.
mod input;
mod open;
mod paths;

// The subcommands.
mod play;
mod plain;
mod run;
mod show;
mod render;
mod reference;

// A moment in words.
mod describe;

use std::io;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::arguments::Arguments;
use crate::cli::arguments::Subcommand;
use crate::cli::report::Report;
use crate::cli::report::Usage;
use crate::tui::keymap;

/// Reads the arguments, does what they say, and returns the exit code.
#[must_use]
pub fn main() -> ExitCode {
    // Only fails where somebody else's hooks are installed already, and nobody's are.
    let _ = color_eyre::install();
    // Bad flags, `--help` and `--version` end here, with 2 or 0.
    let arguments = Arguments::parse();
    let report = match &arguments.subcommand {
        Some(subcommand) => report_of(subcommand),
        None => play::play(&arguments.play).map(|()| Report::holds("")),
    };
    match report {
        Ok(report) => finish(&report),
        Err(Usage(sentence)) => {
            report::tell(sentence);
            ExitCode::from(2)
        }
    }
}

fn report_of(subcommand: &Subcommand) -> Result<Report, Usage> {
    match subcommand {
        Subcommand::Run(arguments) => run::run(arguments),
        Subcommand::Show(arguments) => show::show(arguments),
        Subcommand::Check(arguments) => show::check(arguments),
        Subcommand::Diff(arguments) => show::diff(arguments),
        Subcommand::Render(arguments) => render::run(arguments),
        Subcommand::Keys => Ok(Report::holds(keymap::markdown_table())),
        Subcommand::Commands => Ok(reference::commands()),
        Subcommand::Completions { shell } => Ok(reference::completions(*shell)),
        Subcommand::Man => reference::man(),
        Subcommand::Paths => reference::paths(),
    }
}

/// Prints a report. A reader that went away early, as `head` does, has read all it wanted.
fn finish(report: &Report) -> ExitCode {
    match io::stdout().lock().write_all(report.text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            report::tell(format_args!("the report could not be written: {error}"));
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::from(!report.holds)),
    }
}
