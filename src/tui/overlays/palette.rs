//! The palette: everything that can be done, found by a few letters of its name or sentence.
//!
//! With a command's name and a space typed, it completes the arguments instead and tells,
//! as a form does, what would happen.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::registry;
use crate::playground::registry::CommandSpec;
use crate::tui::actions;
use crate::tui::actions::ActionRow;
use crate::tui::keymap;
use crate::tui::keymap::Keymap;
use crate::tui::overlays::Context;
use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::menu::Click;
use crate::tui::overlays::menu::Menu;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::suggest;
use crate::tui::overlays::verdict;
use crate::tui::overlays::verdict::Verdict;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::search;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines;

/// Columns for a name.
const NAME_COLUMNS: usize = 23;
/// Columns for keys.
const KEY_COLUMNS: usize = 9;
/// Rows that tell the selected row's sentence in full.
const DOC_ROWS: u16 = 2;
/// Rows that tell what a whole line would do.
const VERDICT_ROWS: u16 = 5;

/// Something that can be chosen.
#[derive(Clone, Debug)]
enum Entry {
    /// A line that was run before.
    Recent(String),
    /// A key's action.
    Act(&'static ActionRow, String),
    /// A command.
    Command(&'static CommandSpec),
    /// A value for the argument being typed.
    Value(String),
}

/// What was typed, and what fits it.
#[derive(Clone, Debug)]
pub(crate) struct Palette {
    all: Vec<Entry>,
    shown: Vec<Entry>,
    menu: Menu,
    /// What the line would do, once it starts with a command.
    verdict: Option<Verdict>,
}

impl Palette {
    /// Lists recent lines, every action that is more than moving about, and every command.
    pub(crate) fn new(keymap: &Keymap, history: &[String]) -> Self {
        let recent = history.iter().rev().map(|line| Entry::Recent(line.clone()));
        let acts = actions::rows().filter(|row| !keymap::is_motion(row));
        let acts = acts.map(|row| Entry::Act(row, keymap.keys_text(row)));
        let all: Vec<Entry> = recent.chain(acts).chain(registry::commands().map(Entry::Command)).collect();
        Palette { shown: all.clone(), all, menu: Menu::default(), verdict: None }
    }

    /// Puts pasted text into the line.
    pub(crate) fn paste(&mut self, text: &str, context: &Context<'_>) {
        self.menu.line.insert(text);
        self.refresh(context);
    }

    /// Searches, completes, or does it.
    pub(crate) fn handle(&mut self, stroke: Stroke, context: &Context<'_>) -> Reply {
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept => return self.accept(),
            Stroke::Next => self.complete(context),
            _ => {
                let rows = self.shown.len();
                if self.menu.handle(stroke, rows) {
                    self.refresh(context);
                }
            }
        }
        Reply::Stay
    }

    /// Returns the command whose arguments are being typed.
    fn spec(&self) -> Option<&'static CommandSpec> {
        let line = self.menu.line.text();
        let (name, _) = line.trim_start().split_once(' ')?;
        registry::find(name)
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.menu.selected = 0;
        let line = self.menu.line.text();
        let Some(spec) = self.spec() else {
            self.verdict = None;
            self.shown = search::best(&line, &self.all, |entry| match entry {
                Entry::Recent(line) | Entry::Value(line) => (line, ""),
                Entry::Act(row, _) => (row.name, row.doc),
                Entry::Command(spec) => (spec.name, spec.doc),
            });
            return;
        };
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let (at, typed) = match words.last() {
            Some(word) if !line.ends_with(' ') => (words.len() - 1, *word),
            _ => (words.len(), ""),
        };
        let choices =
            spec.arguments.get(at).map(|argument| suggest::choices(argument.kind, context.snapshot));
        let fitting = choices.unwrap_or_default().into_iter().filter(|choice| choice.starts_with(typed));
        self.shown = fitting.map(Entry::Value).collect();
        self.verdict = Some(match spec.arguments.get(at) {
            Some(argument) if typed.is_empty() => {
                Verdict::Unreadable(format!("{}: {}", argument.name, argument.kind.describe()))
            }
            _ => verdict::judge(context.playground, &line),
        });
    }

    /// Takes the selected row into the line.
    fn complete(&mut self, context: &Context<'_>) {
        let Some(entry) = self.shown.get(self.menu.selected) else { return };
        let line = match entry {
            Entry::Recent(line) => line.clone(),
            Entry::Act(row, _) => row.name.to_string(),
            Entry::Command(spec) if spec.arguments.is_empty() => spec.name.to_string(),
            Entry::Command(spec) => format!("{} ", spec.name),
            Entry::Value(value) => {
                let line = self.menu.line.text();
                let kept = line.rfind(' ').map_or(0, |at| at + 1);
                format!("{}{value} ", &line[..kept])
            }
        };
        self.menu.line.set(&line);
        self.refresh(context);
    }

    /// Runs a whole line, or what is selected; a command with arguments to give opens its form.
    fn accept(&self) -> Reply {
        let line = self.menu.line.text().trim().to_string();
        match &self.verdict {
            Some(Verdict::Would(_)) => return Reply::Ask(Request::Run(line)),
            Some(_) => return Reply::Ask(Request::OpenForm(line)),
            None => {}
        }
        match self.shown.get(self.menu.selected) {
            Some(Entry::Recent(line)) => Reply::Ask(Request::Run(line.clone())),
            Some(Entry::Act(row, _)) => Reply::Ask(Request::Invoke(row)),
            Some(Entry::Command(spec)) => Reply::Ask(Request::OpenForm(spec.name.to_string())),
            Some(Entry::Value(_)) | None => Reply::Stay,
        }
    }

    /// Returns the window's place, and the part of it that lists what fits.
    fn parts(&self, area: Rect) -> (Rect, Rect) {
        let size =
            window::place(area, 100.min(area.width.saturating_sub(2)), area.height.saturating_sub(4).min(26));
        let told = if self.spec().is_some() && self.verdict.is_some() { 3 + VERDICT_ROWS } else { 0 };
        let mut list = window::below(window::inner(size), 1 + told);
        if told == 0 {
            list.height = list.height.saturating_sub(DOC_ROWS);
        }
        (size, list)
    }

    /// Selects the row under the mouse; a second click does it, or takes the value into the line.
    pub(crate) fn click(&mut self, area: Rect, position: Position, context: &Context<'_>) -> Reply {
        let (_, list) = self.parts(area);
        match self.menu.click(self.shown.len(), list, position) {
            Click::Chose if self.verdict.is_some() => self.complete(context),
            Click::Chose => return self.accept(),
            Click::Selected | Click::Missed => {}
        }
        Reply::Stay
    }

    /// Draws the selected row's sentence, which its row may have cut.
    fn draw_doc(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let doc = match self.shown.get(self.menu.selected) {
            Some(Entry::Act(row, _)) => row.doc,
            Some(Entry::Command(spec)) => spec.doc,
            Some(Entry::Recent(_) | Entry::Value(_)) | None => return,
        };
        for (row, line) in (0..area.height).zip(window::wrap(doc, area.width)) {
            window::put(area, row, Line::styled(line, theme.key()), buf);
        }
    }

    /// Draws the palette.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let (size, list) = self.parts(area);
        let hints = [(Stroke::Next, "complete"), (Stroke::Accept, "do it"), (Stroke::Cancel, "close")];
        let inner = Window { title: "Everything that can be done", hints: &hints }.open(size, buf, theme);
        self.menu.draw_line(":", inner, buf, theme);
        if let (Some(spec), Some(verdict)) = (self.spec(), &self.verdict) {
            window::put(inner, 1, Line::styled(spec.usage(), theme.key()), buf);
            window::put(inner, 2, Line::styled(spec.doc, theme.dim()), buf);
            let told = window::below(inner, 3);
            verdict.draw(Rect { height: told.height.min(VERDICT_ROWS), ..told }, buf, theme);
        }
        let cut = |entry| lines::cut(entry_line(entry, theme), list.width.saturating_sub(2));
        let lines: Vec<Line<'_>> = self.shown.iter().map(cut).collect();
        if lines.is_empty() && self.verdict.is_none() {
            window::put(list, 0, Line::styled("nothing is called that", theme.dim()), buf);
        }
        self.menu.draw_rows(&lines, list, buf, theme);
        self.draw_doc(
            Rect { y: list.bottom(), height: inner.bottom().saturating_sub(list.bottom()), ..inner },
            buf,
            theme,
        );
    }
}

fn entry_line<'a>(entry: &'a Entry, theme: &Theme) -> Line<'a> {
    let (name, keys, doc) = match entry {
        Entry::Recent(line) => (line.clone(), "", "again"),
        Entry::Act(row, keys) => (row.name.to_string(), keys.as_str(), row.doc),
        Entry::Command(spec) => (spec.name.to_string(), "", spec.doc),
        Entry::Value(value) => (value.clone(), "", ""),
    };
    Line::from(vec![
        Span::styled(format!("{name:<NAME_COLUMNS$} "), theme.text()),
        Span::styled(format!("{keys:<KEY_COLUMNS$} "), theme.key()),
        Span::styled(doc, theme.dim()),
    ])
}
