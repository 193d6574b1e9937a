//! Carrying out what keys and windows ask for.

use std::path::PathBuf;

use crate::playground::command::Command;
use crate::playground::snapshot::Place;
use crate::tui::actions::Action;
use crate::tui::actions::ActionRow;
use crate::tui::app::App;
use crate::tui::app::Effect;
use crate::tui::notice::Notice;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::Request;
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::flags::Flags;
use crate::tui::overlays::form::Form;
use crate::tui::overlays::help::Help;
use crate::tui::overlays::palette::Palette;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::prompt::Prompt;
use crate::tui::overlays::steps::Steps;
use crate::tui::selection;
use crate::tui::source::Source;
use crate::tui::state::UiState;
use crate::tui::state::motion;
use crate::tui::state::motion::Motion;
use crate::tui::template;
use crate::tui::theme::depth::ThemeName;

/// How many lines the palette remembers.
const LINES_MAX: usize = 50;

impl App {
    /// Does what a row of the table says.
    pub(in crate::tui) fn invoke(&mut self, row: &'static ActionRow) {
        match row.action {
            Action::Move(motion) => self.navigate(motion),
            Action::Show(pane) => self.state.focus_pane(pane),
            Action::NextPane => self.state.focus_pane(self.state.pane.next()),
            Action::PreviousPane => self.state.focus_pane(self.state.pane.previous()),
            Action::Zoom => self.state.toggle_zoom(),
            Action::Apply(template) => self.run(&template::fill(template, &self.snapshot, &self.state)),
            Action::Form(template) => self.open_form(&template::fill(template, &self.snapshot, &self.state)),
            Action::FlipFlag => {
                let (command, entry) = template::flip(&self.snapshot, &self.state);
                self.overlay = Some(Overlay::Flags(Flags { entry, command }));
            }
            Action::Undo | Action::Redo | Action::NextBranch => self.travel(row.action),
            _ => self.invoke_program(row.action),
        }
    }

    /// Does what concerns the program rather than the machine.
    fn invoke_program(&mut self, action: Action) {
        match action {
            Action::GoToStep => {
                let steps = Steps::new(self.playground.timeline(), self.snapshot.position.step);
                self.overlay = Some(Overlay::Steps(steps));
            }
            Action::Mark => {
                let name = self.snapshot.position.mark.clone().unwrap_or_default();
                self.overlay = Some(Overlay::Prompt(Prompt::mark(&name)));
            }
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::new(&self.keymap, &self.lines))),
            Action::Notes => self.toggle_notes(),
            Action::Help => self.overlay = Some(Overlay::Help(Help::new(&self.keymap, self.state.pane))),
            Action::Open => {
                let mut directories = self.files.directories.clone();
                directories.push(PathBuf::from("."));
                self.overlay = Some(Overlay::Picker(Picker::new(&directories)));
            }
            Action::Save => self.ask_where_to_save(),
            Action::Copy => self.copy(),
            Action::NextTheme => self.next_theme(),
            Action::ToggleMouse => self.toggle_mouse(),
            Action::Quit => self.quit(),
            Action::Interrupt => self.interrupt(),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Suspend => self.effects.push(Effect::Suspend),
            _ => {}
        }
    }

    /// Does what a window asked for.
    pub(in crate::tui) fn perform(&mut self, request: Request) {
        match request {
            Request::Run(line) => self.run(&line),
            Request::OpenForm(line) => self.open_form(&line),
            Request::Invoke(row) => self.invoke(row),
            Request::GoTo(step) => {
                self.playground.go_to(step);
                self.show_step();
            }
            Request::Mark(name) => {
                self.playground.mark(&name);
                self.files.is_saved = false;
                self.refresh();
                self.notice = Notice::said(format!("this step is called {name}"));
            }
            Request::Open(source) => self.open_unless_unsaved(source),
            Request::OpenAnyway(source) => self.open(&source),
            Request::Save { path, title } if path.exists() => {
                let question = format!("{} is there already. Replace it?", path.display());
                let request = Request::Overwrite { path, title };
                self.overlay = Some(Overlay::Confirm(Confirm { question, request }));
            }
            Request::Save { path, title } | Request::Overwrite { path, title } => self.save(path, &title),
        }
    }

    fn navigate(&mut self, motion: Motion) {
        motion::navigate(&mut self.state, &self.snapshot, motion);
        if self.state.focus != self.snapshot.focus {
            self.refresh();
        }
    }

    /// Does a command line and tells what came of it.
    fn run(&mut self, line: &str) {
        let outcome = Command::parse(line).and_then(|command| self.playground.apply(&command));
        match outcome {
            Err(error) => self.notice = Notice::refused(format!("{line}: {error}")),
            Ok(outcome) => {
                self.remember(line);
                self.files.is_saved = false;
                if let Some(place) = outcome.place {
                    self.look_at(place);
                }
                self.state.start_step();
                self.refresh();
                let is_bad = self.snapshot.fault.is_some() && outcome.result.is_none();
                self.notice =
                    if is_bad { Notice::warned(outcome.sentence) } else { Notice::said(outcome.sentence) };
            }
        }
    }

    /// Opens a command's form; a command without arguments is done at once.
    fn open_form(&mut self, line: &str) {
        match Form::open(line, &self.context()) {
            Some(form) => self.overlay = Some(Overlay::Form(form)),
            None => self.run(line),
        }
    }

    fn remember(&mut self, line: &str) {
        self.lines.retain(|known| known != line);
        self.lines.push(line.to_string());
        let surplus = self.lines.len().saturating_sub(LINES_MAX);
        self.lines.drain(..surplus);
    }

    /// Moves the focus, but not the user, to what a command was about.
    fn look_at(&mut self, place: Place) {
        let focus = &mut self.state.focus;
        match place {
            Place::Process(process) => focus.process = process,
            Place::Page(process, address) => {
                (focus.process, focus.address) = (process, address);
                *focus = self.playground.focus_on_page(*focus);
            }
            Place::DirectoryEntry(process, index) => (focus.process, focus.address) = (process, index << 22),
            Place::Frame(frame) => focus.frame = frame,
            Place::Word(frame, word) => (focus.frame, self.state.word) = (frame, word),
            Place::Register(_) | Place::Tlb(..) => {}
        }
    }

    fn travel(&mut self, action: Action) {
        let (moved, otherwise) = match action {
            Action::Undo => (self.playground.undo(), "this is the start; there is nothing to undo"),
            Action::Redo => (self.playground.redo(), "this is the last step; there is nothing to redo"),
            _ => (self.playground.next_branch(), "there is only one branch; act in the past to grow another"),
        };
        if moved { self.show_step() } else { self.notice = Notice::said(otherwise) }
    }

    /// Shows another step of the history and says which.
    fn show_step(&mut self) {
        self.state.start_step();
        self.refresh();
        let position = &self.snapshot.position;
        let command = if position.command.is_empty() { "the start" } else { &position.command };
        let branch = match position.branches {
            0 | 1 => String::new(),
            count => format!("branch {} of {count}, ", position.branch + 1),
        };
        self.notice = Notice::said(format!("{branch}step {} of {}: {command}", position.step, position.last));
    }

    fn copy(&mut self) {
        let text = selection::text(&self.snapshot, &self.state);
        if text.is_empty() {
            self.notice = Notice::said("nothing is selected");
            return;
        }
        let first = text.lines().next().unwrap_or_default();
        self.notice = Notice::said(format!("copied {} bytes (OSC 52): {first}", text.len()));
        self.effects.push(Effect::Copy(text));
    }

    fn next_theme(&mut self) {
        let at = ThemeName::ALL.iter().position(|name| *name == self.theme.name()).unwrap_or(0);
        let name = ThemeName::ALL[(at + 1) % ThemeName::ALL.len()];
        self.theme = self.theme.named(name);
        self.notice = Notice::said(format!("theme {}", name.as_str()));
    }

    fn toggle_notes(&mut self) {
        self.is_reading = !self.is_reading && !self.playground.notes().is_empty();
        if self.playground.notes().is_empty() {
            self.notice = Notice::said("this state has no notes");
        }
    }

    fn toggle_mouse(&mut self) {
        self.is_mouse_on = !self.is_mouse_on;
        self.effects.push(Effect::Mouse { is_on: self.is_mouse_on });
        self.notice = Notice::said(if self.is_mouse_on {
            "the mouse selects panes and cells"
        } else {
            "the mouse is the terminal's: drag to select text"
        });
    }

    fn ask_where_to_save(&mut self) {
        let directory = self.files.directories.first().cloned().unwrap_or_default();
        let prompt = Prompt::save(self.playground.title(), self.files.current.as_deref(), &directory);
        self.overlay = Some(Overlay::Prompt(prompt));
    }

    fn save(&mut self, path: PathBuf, title: &str) {
        if !title.is_empty() {
            self.playground.set_title(title);
            self.refresh();
        }
        if let Err(error) = self.playground.save(&path) {
            self.notice = Notice::refused(error.to_string());
            return;
        }
        self.notice = Notice::said(format!("saved in {}", path.display()));
        self.files.current = Some(path);
        self.files.is_saved = true;
    }

    fn open_unless_unsaved(&mut self, source: Source) {
        if self.files.is_saved {
            return self.open(&source);
        }
        let question = "What was done here is not saved and will be lost. Open the other state?".to_string();
        self.overlay = Some(Overlay::Confirm(Confirm { question, request: Request::OpenAnyway(source) }));
    }

    fn open(&mut self, source: &Source) {
        match source.open() {
            Err(error) => self.notice = Notice::refused(error.to_string()),
            Ok(opened) => {
                self.playground = opened.playground;
                self.state = UiState { pane: self.state.pane, ..UiState::new(self.playground.first_focus()) };
                self.files.current = source.file();
                self.files.is_saved = true;
                self.is_reading &= !self.playground.notes().is_empty();
                self.refresh();
                self.notice = match opened.warnings.first() {
                    Some(warning) => Notice::warned(warning),
                    None if self.playground.notes().is_empty() => Notice::said(format!("opened {source}")),
                    None => {
                        let key = self.keymap.key_of("notes");
                        Notice::said(format!("opened {source}; {key} shows its notes"))
                    }
                };
            }
        }
    }
}
