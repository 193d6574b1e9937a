//! The flags and subcommands; help, completions and the man page come from these types.

use std::path::PathBuf;

use clap::Args;
use clap::Parser;

/// A playground for the memory layers of a teaching kernel.
#[derive(Parser)]
#[command(name = "certiscope", version, args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(in crate::cli) subcommand: Option<Subcommand>,
}

#[derive(clap::Subcommand)]
pub(in crate::cli) enum Subcommand {
    /// Do a script and compare every answer it names
    Run(RunArguments),
}

#[derive(Args)]
pub(in crate::cli) struct RunArguments {
    /// The script: one command a line, `=> value` to compare; `-` is the standard input
    pub(in crate::cli) script: PathBuf,
    /// The machine to begin with, for a script that boots none itself
    #[arg(long, value_name = "NAME", default_value = "tiny")]
    pub(in crate::cli) memory_map: String,
    /// Report as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
