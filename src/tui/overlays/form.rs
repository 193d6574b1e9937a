//! A form for any command, made from its record: it tells what will happen before Enter.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::playground::registry;
use crate::playground::registry::CommandSpec;
use crate::tui::overlays::Context;
use crate::tui::overlays::Reply;
use crate::tui::overlays::Request;
use crate::tui::overlays::line::LineEditor;
use crate::tui::overlays::stroke::Stroke;
use crate::tui::overlays::suggest;
use crate::tui::overlays::suggest::Turn;
use crate::tui::overlays::verdict;
use crate::tui::overlays::verdict::Verdict;
use crate::tui::overlays::window;
use crate::tui::overlays::window::Window;
use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;

/// Columns of the window: what the narrowest side of the screen can spare.
const WIDTH: u16 = 62;
/// Rows above the fields for the command's sentence.
const DOC_ROWS: u16 = 2;
/// Rows below the fields that tell what would happen.
const VERDICT_ROWS: u16 = 7;
/// Columns an argument's name may take.
const NAME_COLUMNS: usize = 15;

/// A command's arguments, being filled in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    spec: &'static CommandSpec,
    fields: Vec<LineEditor>,
    at: usize,
    verdict: Verdict,
}

impl Form {
    /// Opens the form of the command a line starts with; its words fill the first fields,
    /// and the rest starts with what the user looks at.
    pub(crate) fn open(line: &str, context: &Context<'_>) -> Option<Self> {
        let mut words = line.split_whitespace();
        let spec = registry::find(words.next()?)?;
        let given: Vec<&str> = words.collect();
        let fields = spec.arguments.iter().enumerate().map(|(at, argument)| {
            let word = given.get(at).map(|word| (*word).to_string());
            LineEditor::offer(&word.unwrap_or_else(|| suggest::first(argument.kind, context.snapshot)))
        });
        let fields: Vec<LineEditor> = fields.collect();
        let at = given.len().min(fields.len().saturating_sub(1));
        let mut form = Form { spec, fields, at, verdict: Verdict::Unreadable(String::new()) };
        form.judge(context);
        Some(form)
    }

    /// Returns the command as a line.
    fn line(&self) -> String {
        let words = self.fields.iter().map(LineEditor::text);
        std::iter::once(self.spec.name.to_string()).chain(words).collect::<Vec<_>>().join(" ")
    }

    fn judge(&mut self, context: &Context<'_>) {
        self.verdict = verdict::judge(context.playground, &self.line());
    }

    /// Puts pasted text into the field in use.
    pub(crate) fn paste(&mut self, text: &str, context: &Context<'_>) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.insert(text);
            self.judge(context);
        }
    }

    /// Edits, moves, or does it. A command that would be refused is not done.
    pub(crate) fn handle(&mut self, stroke: Stroke, context: &Context<'_>) -> Reply {
        let count = self.fields.len().max(1);
        match stroke {
            Stroke::Cancel => return Reply::Close,
            Stroke::Accept if matches!(self.verdict, Verdict::Would(_)) => {
                return Reply::Ask(Request::Run(self.line()));
            }
            Stroke::Accept => self.at = self.first_wrong().unwrap_or(self.at),
            Stroke::Next => self.at = (self.at + 1) % count,
            Stroke::Previous => self.at = (self.at + count - 1) % count,
            Stroke::Up => self.turn(Turn::Back, context),
            Stroke::Down => self.turn(Turn::Forward, context),
            _ => {
                let field = self.fields.get_mut(self.at);
                if field.is_some_and(|field| field.handle(stroke)) {
                    self.judge(context);
                }
            }
        }
        Reply::Stay
    }

    fn turn(&mut self, turn: Turn, context: &Context<'_>) {
        if let (Some(field), Some(argument)) =
            (self.fields.get_mut(self.at), self.spec.arguments.get(self.at))
        {
            field.set(&suggest::turn(argument.kind, &field.text(), turn, context.snapshot));
            self.judge(context);
        }
    }

    fn is_wrong(&self, at: usize) -> bool {
        self.spec.arguments[at].kind.parse(&self.fields[at].text()).is_err()
    }

    fn first_wrong(&self) -> Option<usize> {
        (0..self.fields.len()).find(|&at| self.is_wrong(at))
    }

    /// Moves to the field under the mouse.
    pub(crate) fn click(&mut self, area: Rect, position: Position) -> Reply {
        let inner = window::inner(self.place(area));
        let row = position.y.checked_sub(inner.y + DOC_ROWS).filter(|_| inner.contains(position));
        if let Some(row) = row.map(usize::from).filter(|row| *row < self.fields.len()) {
            self.at = row;
        }
        Reply::Stay
    }

    fn place(&self, area: Rect) -> Rect {
        let fields = u16::try_from(self.fields.len()).unwrap_or(u16::MAX);
        window::corner(area, WIDTH, fields.saturating_add(VERDICT_ROWS + DOC_ROWS + 5))
    }

    /// Draws the form.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let title = format!("{}  {}", self.spec.name, self.spec.group);
        let hints = [
            (Stroke::Next, "field"),
            (Stroke::Down, "values"),
            (Stroke::Accept, "do it"),
            (Stroke::Cancel, "close"),
        ];
        let fields = u16::try_from(self.fields.len()).unwrap_or(u16::MAX);
        let inner = Window { title: &title, hints: &hints }.open(self.place(area), buf, theme);
        let docs = window::wrap(self.spec.doc, inner.width);
        for (row, doc) in (0..DOC_ROWS).zip(&docs) {
            window::put(inner, row, Line::styled(doc.as_str(), theme.dim()), buf);
        }
        for (row, at) in (DOC_ROWS..inner.height).zip(0..self.fields.len()) {
            window::put(inner, row, self.field_line(at, inner.width, theme), buf);
        }
        if let Some(argument) = self.spec.arguments.get(self.at) {
            let (sign, style) =
                if self.is_wrong(self.at) { ("!", theme.error()) } else { (" ", theme.dim()) };
            let text = format!("{:NAME_COLUMNS$}{sign} {}", "", argument.kind.describe());
            window::put(inner, fields + DOC_ROWS, Line::styled(text, style), buf);
        }
        let top = fields.saturating_add(4).min(inner.height);
        let below = Rect { y: inner.y + top, height: inner.height - top, ..inner };
        self.verdict.draw(below, buf, theme);
    }

    fn field_line(&self, at: usize, width: u16, theme: &Theme) -> Line<'static> {
        let argument = &self.spec.arguments[at];
        let is_active = at == self.at;
        let mark = if is_active { theme.sign(Sign::Selected) } else { ' ' };
        let name = format!("{mark} {:<NAME_COLUMNS$}", argument.name);
        let style = if is_active { theme.key() } else { theme.text() };
        let mut spans = vec![Span::styled(name, style)];
        let room = width.saturating_sub(u16::try_from(NAME_COLUMNS).unwrap_or(0) + 2);
        let value = self.fields[at].draw(room, is_active, theme);
        spans.extend(value.spans);
        if self.is_wrong(at) {
            spans.push(Span::styled("  !", theme.error()));
        }
        Line::from(spans)
    }
}
