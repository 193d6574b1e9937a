//! Windows over the panes: one at a time has the keys.
//!
//! A window never changes the world or the screen's state. It answers a key with a
//! [`Reply`], and the application alone carries out what it asks for.

// The windows.
pub(crate) mod palette;
pub(crate) mod form;
pub(crate) mod flags;
pub(crate) mod prompt;
pub(crate) mod confirm;
pub(crate) mod steps;
pub(crate) mod picker;
pub(crate) mod help;

// What they are made of.
pub(crate) mod window;
pub(crate) mod stroke;
pub(crate) mod line;
pub(crate) mod menu;
pub(crate) mod suggest;
pub(crate) mod verdict;

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;

use crate::playground::Playground;
use crate::playground::snapshot::Snapshot;
use crate::tui::actions::ActionRow;
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::flags::Flags;
use crate::tui::overlays::form::Form;
use crate::tui::overlays::help::Help;
use crate::tui::overlays::palette::Palette;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::prompt::Prompt;
use crate::tui::overlays::steps::Steps;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::source::Source;
use crate::tui::theme::Theme;

/// What a window may look at.
pub(crate) struct Context<'a> {
    pub(crate) playground: &'a Playground,
    pub(crate) snapshot: &'a Snapshot,
}

/// What a window answers to a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reply {
    /// It stays open.
    Stay,
    /// It closes.
    Close,
    /// It closes and asks for something.
    Ask(Request),
}

/// What a window may ask the application for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Request {
    /// Do a command.
    Run(String),
    /// Open the form of the command a line starts with.
    OpenForm(String),
    /// Do what a key would do.
    Invoke(&'static ActionRow),
    /// Go to a step of the history.
    GoTo(u32),
    /// Give the present step a name.
    Mark(String),
    /// Open a save.
    Open(Source),
    /// Open a save, even if what was done is lost.
    OpenAnyway(Source),
    /// Save under a title, unless a file is in the way.
    Save { path: PathBuf, title: String },
    /// Save under a title, over whatever is there.
    Overwrite { path: PathBuf, title: String },
}

/// A window.
#[derive(Clone, Debug)]
pub(crate) enum Overlay {
    Confirm(Confirm),
    Flags(Flags),
    Form(Form),
    Help(Help),
    Palette(Palette),
    Picker(Picker),
    Prompt(Prompt),
    Steps(Steps),
}

impl Overlay {
    /// Hands a key to the window.
    pub(crate) fn handle(&mut self, stroke: Stroke, context: &Context<'_>) -> Reply {
        match self {
            Overlay::Confirm(confirm) => confirm.handle(stroke),
            Overlay::Flags(flags) => flags.handle(stroke),
            Overlay::Form(form) => form.handle(stroke, context),
            Overlay::Help(help) => help.handle(stroke),
            Overlay::Palette(palette) => palette.handle(stroke, context),
            Overlay::Picker(picker) => picker.handle(stroke),
            Overlay::Prompt(prompt) => prompt.handle(stroke),
            Overlay::Steps(steps) => steps.handle(stroke),
        }
    }

    /// Hands pasted text to the window.
    pub(crate) fn paste(&mut self, text: &str, context: &Context<'_>) {
        match self {
            Overlay::Form(form) => form.paste(text, context),
            Overlay::Palette(palette) => palette.paste(text, context),
            Overlay::Picker(picker) => picker.paste(text),
            Overlay::Prompt(prompt) => prompt.paste(text),
            Overlay::Steps(steps) => steps.paste(text),
            Overlay::Confirm(_) | Overlay::Flags(_) | Overlay::Help(_) => {}
        }
    }

    /// Hands a click to the window.
    pub(crate) fn click(&mut self, area: Rect, position: Position, context: &Context<'_>) -> Reply {
        match self {
            Overlay::Flags(flags) => flags.click(area, position),
            Overlay::Form(form) => form.click(area, position),
            Overlay::Palette(palette) => palette.click(area, position, context),
            Overlay::Picker(picker) => picker.click(area, position),
            Overlay::Steps(steps) => steps.click(area, position),
            Overlay::Confirm(_) | Overlay::Help(_) | Overlay::Prompt(_) => Reply::Stay,
        }
    }

    /// Returns whether `q` types a letter here, rather than closes the window.
    pub(crate) fn takes_text(&self) -> bool {
        match self {
            Overlay::Help(help) => help.is_searching(),
            Overlay::Confirm(_) | Overlay::Flags(_) => false,
            _ => true,
        }
    }

    /// Draws the window over an area.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        match self {
            Overlay::Confirm(confirm) => confirm.draw(area, buf, theme),
            Overlay::Flags(flags) => flags.draw(area, buf, theme),
            Overlay::Form(form) => form.draw(area, buf, theme),
            Overlay::Help(help) => help.draw(area, buf, theme),
            Overlay::Palette(palette) => palette.draw(area, buf, theme),
            Overlay::Picker(picker) => picker.draw(area, buf, theme),
            Overlay::Prompt(prompt) => prompt.draw(area, buf, theme),
            Overlay::Steps(steps) => steps.draw(area, buf, theme),
        }
    }
}
