//! The flags and subcommands; help, completions and the man page come from these types.

use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::tui::theme::depth::ThemeName;

/// A playground for the memory layers of a teaching kernel: a simulated 32-bit x86 machine,
/// mCertiKOS's processes, frames and page tables on it, and every step taken back at will.
#[derive(Parser)]
#[command(name = "certiscope", version, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(in crate::cli) subcommand: Option<Subcommand>,
    #[command(flatten)]
    pub(in crate::cli) play: PlayArguments,
}

const AFTER_HELP: &str = "Exit codes: 0 holds, 1 does not hold, 2 bad use or bad input.";

/// What the playground itself is started with.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, on or off")]
pub(in crate::cli) struct PlayArguments {
    /// A saved state: a file, or the name of one that comes with the program
    pub(in crate::cli) save: Option<String>,
    /// Go on where the last session ended
    #[arg(long, conflicts_with = "save")]
    pub(in crate::cli) resume: bool,
    /// The colours; auto asks the terminal for its background
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = theme_or_auto())]
    pub(in crate::cli) theme: String,
    /// How many colours
    #[arg(long, value_name = "DEPTH", default_value = "auto", value_parser = ["auto", "true", "256", "16", "none"])]
    pub(in crate::cli) color: String,
    /// Draw with ASCII signs only
    #[arg(long)]
    pub(in crate::cli) ascii: bool,
    /// Leave the mouse to the terminal; F2 takes it
    #[arg(long)]
    pub(in crate::cli) no_mouse: bool,
    /// Line by line, without a screen: for screen readers, pipes and tests
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// Panic once the first frame is drawn, to test that the terminal is given back
    #[arg(long, hide = true)]
    pub(in crate::cli) panic_after_start: bool,
}

#[derive(clap::Subcommand)]
pub(in crate::cli) enum Subcommand {
    /// Do a script and compare every answer it names
    Run(RunArguments),
    /// Say what is in a saved state
    Show(MomentArguments),
    /// Say which invariants hold in a saved state
    Check(MomentArguments),
    /// Say what changed from one saved state to another
    Diff(DiffArguments),
    /// Draw the screen of a saved state without a terminal
    Render(RenderArguments),
    /// Print the table of keys, as markdown
    Keys,
    /// Print the table of commands, as markdown
    Commands,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page
    Man,
    /// Print where configuration, saves, autosaves and crash files are
    Paths,
}

#[derive(Args)]
pub(in crate::cli) struct RunArguments {
    /// The script: one command a line, `=> value` to compare; `-` is the standard input
    pub(in crate::cli) script: PathBuf,
    /// Save the state that the script ends in
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) save: Option<PathBuf>,
    /// The machine to begin with, for a script that boots none itself
    #[arg(long, value_name = "NAME", default_value = "tiny")]
    pub(in crate::cli) memory_map: String,
    /// Report as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Args)]
pub(in crate::cli) struct MomentArguments {
    /// A saved state: a file, or the name of one that comes with the program
    #[arg(required_unless_present = "memory_map")]
    pub(in crate::cli) save: Option<String>,
    /// A freshly booted machine in its place
    #[arg(long, value_name = "NAME", conflicts_with = "save")]
    pub(in crate::cli) memory_map: Option<String>,
    /// Report as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Args)]
pub(in crate::cli) struct DiffArguments {
    /// The state before
    pub(in crate::cli) before: String,
    /// The state after
    pub(in crate::cli) after: String,
    /// Report as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Args)]
pub(in crate::cli) struct RenderArguments {
    /// A saved state: a file, or the name of one that comes with the program
    pub(in crate::cli) save: String,
    /// Columns and rows
    #[arg(long, value_name = "WxH", default_value = "120x40", value_parser = size)]
    pub(in crate::cli) size: (u16, u16),
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    /// The colours
    #[arg(long, value_name = "NAME", default_value = "dark", value_parser = theme())]
    pub(in crate::cli) theme: String,
}

/// What a drawn screen is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(in crate::cli) enum Format {
    /// The signs alone
    Text,
    /// With colours, for a terminal
    Ansi,
    /// A picture
    Svg,
}

fn theme() -> PossibleValuesParser {
    PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::as_str))
}

fn theme_or_auto() -> PossibleValuesParser {
    let names = ThemeName::ALL.map(ThemeName::as_str);
    PossibleValuesParser::new(std::iter::once("auto").chain(names))
}

/// The widest and the highest screen that is drawn.
const SIDE_MAX: u16 = 1000;

/// Reads `120x40`.
fn size(word: &str) -> Result<(u16, u16), String> {
    let sides =
        word.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let fits = |side: u16| (1..=SIDE_MAX).contains(&side);
    sides
        .filter(|&(width, height)| fits(width) && fits(height))
        .ok_or_else(|| format!("expected columns and rows like 120x40, each from 1 to {SIDE_MAX}"))
}
