//! certiscope: a terminal playground for the memory layers of a teaching kernel.
//!
//! This is the map of the code. Four rooms, one way:
//!
//! ```text
//!  key ──▶ Command ──▶ playground ──▶ kernel layer ──▶ machine
//!                           │              │
//!  view ◀── Snapshot ◀──────┴── Trace ◀────┘
//! ```
//!
//! | room | knows | never |
//! | --- | --- | --- |
//! | `machine` | bytes, registers, page walks, faults | what a process or a container is |
//! | `kernel` | mCertiKOS: one file a layer, lower layers never name higher ones | the screen, the disk, history |
//! | [`playground`] | commands, history, trace, ledger, invariants, saves, scripts | ratatui |
//! | [`tui`] | panes, keys, themes; draws from plain records | kernel or machine types |
//! | [`cli`] | what the shell may ask for | more than the two rooms below it |
//!
//! What holds everywhere:
//!
//! * `machine` and `kernel` are private; a room above the playground sees plain records only
//!   ([`playground::snapshot`]). `tests/layers.rs` holds the permitted uses as a table, the form
//!   that mCertiKOS's `import.h` files take here.
//! * The world changes in one place, [`playground::Playground::apply`], and only by a command.
//! * A moment is a cheap clone: memory and the allocation table are shared until they change.
//!   Undo, branches, previews and differences all rest on that.
//! * The same commands give the same bytes: no clock, no randomness, no hash order. Only
//!   `playground/disk.rs` writes files and only `tui/inputs.rs` and `tui/terminal.rs` know the terminal.
//! * Four kinds of wrong, four types: a hardware fault is a value (`PageFault`), a kernel refusal a
//!   small enum (`OutOfMemory`), a user's mistake a [`playground::command::CommandError`], a bug an
//!   assertion.

// In reading order: from the hardware up to the shell.
mod machine;
mod kernel;
pub mod playground;
pub mod tui;
pub mod cli;

#[doc(hidden)]
pub mod bench;
