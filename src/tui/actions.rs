//! The one table of what keys do.
//!
//! Footer, help, palette and the README's list of keys are derived from these rows, and
//! `keys.ron` may give a row other keys. Letters and digits only: multiplexers and
//! terminals keep most Ctrl keys for themselves.

use crate::tui::state::Pane;
use crate::tui::state::motion::Motion;

/// What a key asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Action {
    /// Move the selection of the focused pane.
    Move(Motion),
    /// Go to a pane.
    Show(Pane),
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Give the focused pane the whole body, or take it back.
    Zoom,
    /// Do a command at once; `{process}` and the like are filled in from the selection.
    Apply(&'static str),
    /// Open a command's form, its first words filled in likewise.
    Form(&'static str),
    /// Ask for a flag's letter and flip that flag of the selected entry.
    FlipFlag,
    /// One step back in history.
    Undo,
    /// One step forward.
    Redo,
    /// Choose a step to go to.
    GoToStep,
    /// Give the present step a name.
    Mark,
    /// Show the next branch of history.
    NextBranch,
    /// Choose a save to open.
    Open,
    /// Ask where to save.
    Save,
    /// Copy the selection.
    Copy,
    /// Search everything that can be done.
    Palette,
    /// Show or hide the state's notes.
    Notes,
    /// Show all keys.
    Help,
    /// Take the next theme.
    NextTheme,
    /// Turn mouse reports on or off.
    ToggleMouse,
    /// Close the top window, else save and quit.
    Quit,
    /// Quit when asked twice in a row.
    Interrupt,
    /// Write the whole screen again.
    Redraw,
    /// Stop the process, as a shell expects.
    Suspend,
}

/// Where a key means what its row says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    /// In every pane.
    Everywhere,
    /// In one pane only; wins over [`Scope::Everywhere`].
    In(Pane),
}

impl Scope {
    /// Returns whether one key press could mean both.
    pub(crate) fn overlaps(self, other: Scope) -> bool {
        self == other
    }
}

/// When the footer shows a row, and how early: 0 comes first and is dropped last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Footer {
    /// Only help and palette show it.
    Never,
    /// In every pane.
    Everywhere(u8),
    /// Where it belongs.
    In(&'static [Pane], u8),
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ActionRow {
    /// Its name in `keys.ron` and in the palette.
    pub(crate) name: &'static str,
    /// Its keys, unless `keys.ron` says otherwise.
    pub(crate) keys: &'static [&'static str],
    /// Where they work.
    pub(crate) scope: Scope,
    /// What they ask for.
    pub(crate) action: Action,
    /// The footer's word for it.
    pub(crate) hint: &'static str,
    /// What it does, in one sentence.
    pub(crate) doc: &'static str,
    /// When the footer shows it.
    pub(crate) footer: Footer,
}

/// Returns a row whose keys work everywhere and which the footer does not show.
const fn row(
    name: &'static str,
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
    doc: &'static str,
) -> ActionRow {
    ActionRow { name, keys, scope: Scope::Everywhere, action, hint, doc, footer: Footer::Never }
}

impl ActionRow {
    /// Returns the same row, shown in the footer of some panes.
    const fn in_footer_of(self, panes: &'static [Pane], rank: u8) -> Self {
        ActionRow { footer: Footer::In(panes, rank), ..self }
    }

    /// Returns the same row, shown in every footer.
    const fn in_footer(self, rank: u8) -> Self {
        ActionRow { footer: Footer::Everywhere(rank), ..self }
    }

    /// Returns the same row, for one pane only.
    const fn only_in(self, pane: Pane) -> Self {
        ActionRow { scope: Scope::In(pane), ..self }
    }
}

use Pane::Changes;
use Pane::Frames;
use Pane::Machine;
use Pane::Processes;
use Pane::Tables;
use Pane::Trace;

/// A heading of the help, and its rows.
pub(crate) struct Topic {
    /// The heading.
    pub(crate) title: &'static str,
    /// The rows under it.
    pub(crate) rows: &'static [ActionRow],
}

/// The table, by topic.
pub(crate) const TOPICS: &[Topic] = &[
    Topic { title: "Processes", rows: PROCESSES },
    Topic { title: "Pages and frames", rows: PAGES },
    Topic { title: "Bare machine", rows: MACHINE },
    Topic { title: "Time", rows: TIME },
    Topic { title: "Moving", rows: MOVING },
    Topic { title: "Program", rows: PROGRAM },
];

/// Returns every row, in the order of the table.
pub(crate) fn rows() -> impl Iterator<Item = &'static ActionRow> {
    TOPICS.iter().flat_map(|topic| topic.rows)
}

/// Returns the row with this name.
pub(crate) fn find(name: &str) -> Option<&'static ActionRow> {
    rows().find(|row| row.name == name)
}

#[rustfmt::skip]
const PROCESSES: &[ActionRow] = &[
    row("spawn", &["s"], Action::Form("spawn {process}"), "spawn",
        "Make a child of the selected process with part of its quota.").in_footer_of(&[Processes], 0),
    row("touch-read", &["r"], Action::Apply("touch {process} read {address}"), "read",
        "Let the selected process read at the selected address.").in_footer_of(&[Tables, Processes, Machine], 2),
    row("touch-write", &["w"], Action::Apply("touch {process} write {address}"), "write",
        "Let the selected process write at the selected address.").in_footer_of(&[Tables, Machine], 2),
    row("touch-fetch", &["x"], Action::Apply("touch {process} fetch {address}"), "fetch",
        "Let the selected process fetch code at the selected address.").in_footer_of(&[Tables, Machine], 5),
    row("touch", &["t"], Action::Form("touch {process} write {address}"), "touch",
        "Let a process touch an address you type.").in_footer_of(&[Processes, Tables, Trace], 1),
    row("share", &["o"], Action::Form("share {process} {address}"), "share",
        "Map the selected page into another process too.").in_footer_of(&[Processes, Tables], 7),
    row("kill", &["K"], Action::Form("kill {process}"), "kill",
        "End the selected process; its pages come back.").in_footer_of(&[Processes], 3),
    row("resume", &["R"], Action::Form("resume {process}"), "resume",
        "Let a stopped process run again.").in_footer_of(&[Processes], 8),
    row("rename", &["n"], Action::Form("rename {process}"), "name",
        "Give the selected process a name.").in_footer_of(&[Processes], 6),
];

#[rustfmt::skip]
const PAGES: &[ActionRow] = &[
    row("alloc-page", &["a"], Action::Form("alloc_page {process} {address} PWU"), "alloc page",
        "Give the selected process a frame at the selected address.").in_footer_of(&[Tables, Processes], 4),
    row("map-page", &["M"], Action::Form("map_page {process} {address} {frame} PWU"), "map",
        "Map an existing frame at the selected address.").in_footer_of(&[Tables, Frames], 3),
    row("unmap-page", &["d"], Action::Form("unmap_page {process} {address}"), "unmap",
        "Unmap the selected address; its frame stays charged.").in_footer_of(&[Tables], 6),
    row("free-frame", &["F"], Action::Form("container_free {payer} {frame}"), "free",
        "Give the selected frame back, whoever still maps it.").in_footer_of(&[Frames], 1),
    row("flip-flag", &["f"], Action::FlipFlag, "flip flag",
        "Flip a flag of the selected entry; the next key says which.").in_footer_of(&[Tables], 0),
    row("poke", &["e"], Action::Form("poke {word_address} {word}"), "edit word",
        "Write a word of physical memory by hand.").in_footer_of(&[Frames, Tables], 2),
];

#[rustfmt::skip]
const MACHINE: &[ActionRow] = &[
    row("load-cr3", &["c"], Action::Form("load_cr3 {directory}"), "load CR3",
        "Make the MMU walk the selected process's directory.").in_footer_of(&[Machine], 0),
    row("invlpg", &["i"], Action::Apply("invlpg {address}"), "INVLPG",
        "Drop the selected address's entry from the TLB.").in_footer_of(&[Machine], 1),
    row("access", &["A"], Action::Form("access kernel read {address}"), "access",
        "Access an address with no kernel to handle the fault.").in_footer_of(&[Machine], 3),
    row("boot", &["B"], Action::Form("boot"), "boot",
        "Start again on another machine.").in_footer_of(&[Machine], 6),
];

#[rustfmt::skip]
const TIME: &[ActionRow] = &[
    row("undo", &["u", "["], Action::Undo, "undo",
        "Go one step back; nothing is lost.").in_footer(10),
    row("redo", &["U", "ctrl-r", "]"], Action::Redo, "redo",
        "Go one step forward again.").in_footer_of(&[Changes, Trace], 3),
    row("go-to-step", &["g"], Action::GoToStep, "go to step",
        "Choose a step, or a mark, to go to.").in_footer_of(&[Changes, Trace], 2),
    row("mark", &["m"], Action::Mark, "mark",
        "Give this step a name.").in_footer_of(&[Changes, Trace], 4),
    row("next-branch", &["b"], Action::NextBranch, "branch",
        "Show the next branch: what was done from here another time.").in_footer_of(&[Changes], 5),
    row("save", &["S"], Action::Save, "save",
        "Save this state, with its history.").in_footer(30),
    row("open", &["O"], Action::Open, "open",
        "Open a saved state; a preview shows what is in it.").in_footer(31),
];

#[rustfmt::skip]
const MOVING: &[ActionRow] = &[
    row("up", &["k", "up"], Action::Move(Motion::Up), "up", "Move up."),
    row("down", &["j", "down"], Action::Move(Motion::Down), "down", "Move down."),
    row("left", &["h", "left"], Action::Move(Motion::Left), "left", "Move left, or fold."),
    row("right", &["l", "right"], Action::Move(Motion::Right), "right", "Move right, or unfold."),
    row("page-up", &["pageup"], Action::Move(Motion::PageUp), "page up", "Move a page up."),
    row("page-down", &["pagedown"], Action::Move(Motion::PageDown), "page down", "Move a page down."),
    row("first", &["home"], Action::Move(Motion::Home), "first", "Move to the first."),
    row("last", &["end"], Action::Move(Motion::End), "last", "Move to the last."),
    row("in", &["enter"], Action::Move(Motion::In), "in",
        "Go in: directory, table, frame; jump to what a line names.").in_footer(11),
    row("out", &["esc"], Action::Move(Motion::Out), "out",
        "Come out again; never quits.").in_footer_of(&[Tables, Frames], 12),
    row("fold", &["space"], Action::Move(Motion::Toggle), "fold",
        "Fold or unfold the selected line.").in_footer_of(&[Trace], 0).only_in(Trace),
    row("processes", &["1"], Action::Show(Processes), "processes", "Show the process tree."),
    row("tables", &["2"], Action::Show(Tables), "tables", "Show the page tables."),
    row("frames", &["3"], Action::Show(Frames), "frames", "Show physical memory."),
    row("machine", &["4"], Action::Show(Machine), "machine", "Show registers and TLB."),
    row("trace", &["5"], Action::Show(Trace), "trace", "Show which layer called which."),
    row("changes", &["6"], Action::Show(Changes), "changes", "Show what changed, and the invariants."),
    row("next-pane", &["tab"], Action::NextPane, "pane", "Go to the next pane.").in_footer(13),
    row("previous-pane", &["shift-tab"], Action::PreviousPane, "pane before", "Go to the pane before."),
    row("zoom", &["+"], Action::Zoom, "full",
        "Give the pane the whole screen, or take it back.").in_footer(32),
];

#[rustfmt::skip]
const PROGRAM: &[ActionRow] = &[
    row("palette", &[":"], Action::Palette, "command",
        "Search and run every command and every key's action.").in_footer(14),
    row("help", &["?", "f1"], Action::Help, "all keys", "Show all keys."),
    row("notes", &["N"], Action::Notes, "notes",
        "Show the state's notes under the panes, or hide them.").in_footer(15),
    row("copy", &["y"], Action::Copy, "copy",
        "Copy what is selected, as text.").in_footer_of(&[Trace, Changes, Frames], 20),
    row("next-theme", &["T"], Action::NextTheme, "theme",
        "Take the next theme: dark, light, contrast, mono, terminal."),
    row("toggle-mouse", &["f2"], Action::ToggleMouse, "mouse",
        "Turn the mouse on, or off so that the terminal selects text."),
    row("quit", &["q"], Action::Quit, "quit",
        "Close the top window; with none open, save and quit.").in_footer(33),
    row("interrupt", &["ctrl-c"], Action::Interrupt, "quit", "Twice in a row: save and quit."),
    row("redraw", &["ctrl-l"], Action::Redraw, "redraw", "Write the whole screen again."),
    row("suspend", &["ctrl-z"], Action::Suspend, "suspend", "Back to the shell; `fg` returns here."),
];
