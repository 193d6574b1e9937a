//! Choosing a save to open: files on the left, what the selected one holds on the right.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::playground::snapshot::ProcessRow;
use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::menu::Click;
use crate::tui::overlays::menu::Menu;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::search;
use crate::tui::source::Source;
use crate::tui::theme::Theme;

/// Columns that names take; the rest is the preview's.
const LIST_COLUMNS: u16 = 28;

/// A directory with more files than this is not a directory of saves.
const FILES_MAX: usize = 1000;

/// Something that may be a save.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    source: Source,
    name: String,
    directory: String,
}

/// What the selected file holds.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Look {
    /// No file is selected.
    Nothing,
    /// It cannot be opened; why.
    Bad(String),
    /// A save: its title, its notes, its processes.
    Save { title: String, notes: String, processes: Vec<String> },
}

/// Saves, what was typed to find one, and a look into the selected one.
#[derive(Clone, Debug)]
pub(crate) struct Picker {
    all: Vec<Entry>,
    shown: Vec<Entry>,
    menu: Menu,
    look: Look,
}

impl Picker {
    /// Lists the saves of some directories, then those that come with the program; a
    /// directory that is not there is left out.
    pub(crate) fn new(directories: &[PathBuf]) -> Self {
        let mut seen = BTreeSet::new();
        let mut is_new = |directory: &&PathBuf| directory.canonicalize().is_ok_and(|path| seen.insert(path));
        let own = directories.iter().filter(&mut is_new).flat_map(|directory| saves_in(directory));
        let all: Vec<Entry> = own.chain(Source::shipped()).map(entry).collect();
        let mut picker = Picker { shown: all.clone(), all, menu: Menu::default(), look: Look::Nothing };
        picker.look();
        picker
    }

    /// Moves, searches, or opens.
    pub(crate) fn handle(&mut self, stroke: Stroke) -> Reply {
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept => {
                return self.selected().map_or(Reply::Stay, |source| Reply::Ask(Request::Open(source)));
            }
            _ => {}
        }
        let before = self.menu.selected;
        let rows = self.shown.len();
        if self.menu.handle(stroke, rows) {
            self.refresh();
        } else if self.menu.selected != before {
            self.look();
        }
        Reply::Stay
    }

    /// Puts pasted text, such as a path, into the line.
    pub(crate) fn paste(&mut self, text: &str) {
        self.menu.line.insert(text);
        self.refresh();
    }

    fn refresh(&mut self) {
        self.menu.selected = 0;
        self.shown = search::best(&self.menu.line.text(), &self.all, |entry| (&entry.name, &entry.directory));
        self.look();
    }

    /// Returns the selected file, or the file whose path was typed.
    fn selected(&self) -> Option<Source> {
        let typed = PathBuf::from(self.menu.line.text());
        let listed = self.shown.get(self.menu.selected).map(|entry| entry.source.clone());
        if typed.is_file() { Some(Source::File(typed)) } else { listed }
    }

    /// Opens the selected file to tell what is in it.
    fn look(&mut self) {
        self.look = match self.selected() {
            None => Look::Nothing,
            Some(source) => look_into(&source),
        };
    }

    /// Selects the save under the mouse; a second click opens it.
    pub(crate) fn click(&mut self, area: Rect, position: Position) -> Reply {
        let (_, list, _) = parts(area);
        match self.menu.click(self.shown.len(), list, position) {
            Click::Chose => return self.handle(Stroke::Accept),
            Click::Selected => self.look(),
            Click::Missed => {}
        }
        Reply::Stay
    }

    /// Draws files and preview.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let hints = [(Stroke::Down, "choose"), (Stroke::Accept, "open"), (Stroke::Cancel, "close")];
        let (size, list, preview) = parts(area);
        let inner = Window { title: "Open a saved state", hints: &hints }.open(size, buf, theme);
        self.menu.draw_line("/", inner, buf, theme);
        let lines: Vec<Line<'_>> =
            self.shown.iter().map(|entry| Line::styled(entry.name.as_str(), theme.text())).collect();
        self.menu.draw_rows(&lines, list, buf, theme);
        if lines.is_empty() {
            window::put(list, 0, Line::styled("no save is called that; a path works too", theme.dim()), buf);
        }
        for (row, (text, style)) in (0..preview.height).zip(self.preview(preview.width, theme)) {
            window::put(preview, row, Line::styled(text, style), buf);
        }
    }

    fn preview(&self, width: u16, theme: &Theme) -> Vec<(String, Style)> {
        let mut lines = Vec::new();
        let mut say = |text: &str, style: Style| {
            lines.extend(window::wrap(text, width).into_iter().map(|line| (line, style)));
        };
        if let Some(entry) = self.shown.get(self.menu.selected) {
            say(&entry.directory, theme.dim());
        }
        match &self.look {
            Look::Nothing => {}
            Look::Bad(why) => say(&format!("! {why}"), theme.error()),
            Look::Save { title, notes, processes } => {
                say(title, theme.heading());
                let notes = window::wrap_notes(notes, width);
                lines.extend(notes.into_iter().map(|line| (line, theme.text())));
                lines.push((String::new(), theme.text()));
                lines.extend(processes.iter().map(|process| (process.clone(), theme.dim())));
            }
        }
        lines
    }
}

/// Returns the places of the window, of the files and of the preview, which goes below on a
/// narrow screen.
fn parts(area: Rect) -> (Rect, Rect, Rect) {
    let size = window::place(area, area.width.min(120), area.height.saturating_sub(2));
    let rest = window::below(window::inner(size), 2);
    if rest.width >= 70 {
        let left = (rest.width * 2 / 5).min(LIST_COLUMNS);
        let right = Rect { x: rest.x + left + 2, width: rest.width - left - 2, ..rest };
        return (size, Rect { width: left, ..rest }, right);
    }
    let top = rest.height / 2;
    (size, Rect { height: top, ..rest }, window::below(rest, top))
}

fn look_into(source: &Source) -> Look {
    let playground = match source.open() {
        Err(error) => return Look::Bad(error.to_string()),
        Ok(opened) => opened.playground,
    };
    let snapshot = playground.snapshot(&playground.first_focus());
    let process = |row: &ProcessRow| {
        let indent = "  ".repeat(row.depth as usize);
        format!("{indent}{} {}  {} of {} pages", row.id, row.name, row.usage, row.quota)
    };
    Look::Save {
        title: playground.title().to_string(),
        notes: playground.notes().to_string(),
        processes: snapshot.processes.iter().map(process).collect(),
    }
}

/// Returns the files of a directory that end in `.ron`, by name.
fn saves_in(directory: &Path) -> Vec<Source> {
    let Ok(files) = std::fs::read_dir(directory) else { return Vec::new() };
    let paths = files.take(FILES_MAX).filter_map(|file| Some(file.ok()?.path()));
    let saves = paths.filter(|path| path.extension().is_some_and(|end| end == "ron"));
    let mut saves: Vec<Source> = saves.map(Source::File).collect();
    saves.sort();
    saves
}

fn entry(source: Source) -> Entry {
    Entry { name: source.name(), directory: source.directory(), source }
}
