//! The words of the line mode that are not commands of the playground: looking and time travel.

use std::path::Path;

use crate::cli::describe;
use crate::cli::describe::judgement;
use crate::cli::describe::machine;
use crate::cli::describe::memory;
use crate::cli::describe::processes;
use crate::cli::describe::tables;
use crate::cli::open;
use crate::cli::plain::session::Session;
use crate::playground::argument::parse_number;
use crate::playground::registry;
use crate::playground::snapshot::Focus;

/// A word, what may follow it, and what it does.
pub(in crate::cli::plain) struct Verb {
    usage: &'static str,
    doc: &'static str,
    /// Returns the answer, or why there is none.
    pub(in crate::cli::plain) run: fn(&mut Session, &[&str]) -> Result<String, String>,
}

const fn verb(
    usage: &'static str,
    doc: &'static str,
    run: fn(&mut Session, &[&str]) -> Result<String, String>,
) -> Verb {
    Verb { usage, doc, run }
}

static VERBS: [Verb; 22] = [
    verb("help [COMMAND]", "Lists everything, or explains one command.", help),
    verb("show", "Says everything worth knowing at a glance.", |session, _| {
        Ok(describe::moment(&session.snapshot(), session.playground.notes()))
    }),
    verb("tree", "Lists the processes, children below parents.", |session, _| {
        Ok(processes::tree(&session.snapshot()))
    }),
    verb("frames", "Counts the frames of each role.", |session, _| {
        Ok(memory::totals(&session.snapshot().totals))
    }),
    verb("frame NUMBER", "Says everything about one frame.", frame),
    verb("table PROCESS [ADDRESS]", "Lists a directory, or the page table for an address.", table),
    verb("walk PROCESS ADDRESS", "Translates an address step by step, as a user's read.", walk),
    verb("machine", "Lists the registers and the TLB.", |session, _| {
        let machine = session.snapshot().machine;
        Ok(machine::registers(&machine) + &machine::tlb(&machine))
    }),
    verb("trace", "Lists what the last command called, layer by layer.", |session, _| {
        Ok(machine::trace(&session.snapshot().trace))
    }),
    verb("changes [STEP]", "Says what the last command changed, or everything since a step.", changes),
    verb("check", "Says which invariants hold.", |session, _| {
        Ok(judgement::invariants(&session.playground.invariant_rows()))
    }),
    verb("steps", "Lists the steps taken.", |session, _| Ok(steps(session))),
    verb("undo", "Goes back one step.", |session, _| {
        let moved = session.playground.undo();
        moved_or(session, moved, "this is the start")
    }),
    verb("redo", "Goes forward one step.", |session, _| {
        let moved = session.playground.redo();
        moved_or(session, moved, "this is the last step")
    }),
    verb("goto STEP", "Goes to a step of this branch.", |session, words| {
        let step = number(words, 0, "a step")?;
        let moved = session.playground.go_to(step);
        moved_or(session, moved, "there is no such step; `steps` lists them")
    }),
    verb("branch", "Goes to the end of the next branch.", |session, _| {
        let moved = session.playground.next_branch();
        moved_or(session, moved, "there is only one branch")
    }),
    verb("mark [NAME]", "Names this step; without a name, takes its name away.", |session, words| {
        session.playground.mark(&words.join(" "));
        Ok(session.position())
    }),
    verb("title WORDS", "Sets the state's title.", |session, words| {
        session.playground.set_title(&words.join(" "));
        Ok(String::new())
    }),
    verb(
        "note [WORDS]",
        "Adds a line to the state's notes; without words, takes them all away.",
        |session, words| {
            note(session, words);
            Ok(String::new())
        },
    ),
    verb("save FILE", "Saves the state.", save),
    verb("open SAVE", "Opens a saved state in place of this one.", open),
    verb("quit", "Ends.", |session, _| {
        session.is_over = true;
        Ok(String::new())
    }),
];

/// Returns the verb of this name.
pub(in crate::cli::plain) fn find(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.usage.split(' ').next() == Some(name))
}

fn help(_: &mut Session, words: &[&str]) -> Result<String, String> {
    let Some(name) = words.first() else {
        let verbs = VERBS.iter().map(|verb| (verb.usage.to_string(), verb.doc));
        let commands = registry::commands().map(|spec| (spec.usage(), spec.doc));
        return Ok(verbs.chain(commands).map(|(usage, doc)| format!("{usage}: {doc}\n")).collect());
    };
    if let Some(verb) = find(name) {
        return Ok(format!("{}: {}\n", verb.usage, verb.doc));
    }
    let spec = registry::find(name).ok_or_else(|| format!("there is no command `{name}`"))?;
    let mut text = format!("{}: {} ({})\n", spec.usage(), spec.doc, spec.group);
    for argument in spec.arguments {
        text += &format!("{}: {}\n", argument.name, argument.kind.describe());
    }
    Ok(text)
}

fn frame(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let frame = number(words, 0, "a frame number")?;
    if frame >= 1 << 20 {
        return Err(format!("there are frames 0 to 0xfffff, not {frame:#x}"));
    }
    let focus = Focus { frame, ..session.playground.first_focus() };
    Ok(memory::frame(&session.playground.snapshot(&focus).frame))
}

fn table(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let process = process(session, words)?;
    if words.len() < 2 {
        return Ok(tables::directory(&session.snapshot_at(process, 0)));
    }
    let address = number(words, 1, "an address")?;
    Ok(tables::table(&session.snapshot_at(process, address)))
}

fn walk(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let process = process(session, words)?;
    let address = number(words, 1, "an address")?;
    Ok(tables::walk(&session.snapshot_at(process, address).walk))
}

fn changes(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let snapshot = session.snapshot();
    if words.is_empty() {
        return Ok(describe::changes(&snapshot.changes));
    }
    let from = number(words, 0, "a step")?;
    if from > snapshot.position.last {
        return Err(format!("there are steps 0 to {}, not {from}", snapshot.position.last));
    }
    Ok(describe::changes(&session.playground.changes_between(from, snapshot.position.step)))
}

fn steps(session: &Session) -> String {
    let here = session.snapshot().position.step;
    let mut text = String::new();
    for row in session.playground.timeline() {
        let what = if row.command.is_empty() {
            "start".to_string()
        } else {
            format!("{}: {}", row.command, row.sentence)
        };
        text += &format!("{} {what}", row.step);
        if let Some(mark) = row.mark {
            text += &format!(", marked {mark}");
        }
        if row.is_broken {
            text += ", an invariant is broken";
        }
        text += if row.step == here { ", here\n" } else { "\n" };
    }
    text
}

fn note(session: &mut Session, words: &[&str]) {
    let notes = match words.is_empty() {
        true => String::new(),
        false => format!("{}\n{}", session.playground.notes(), words.join(" ")),
    };
    session.playground.set_notes(notes.trim_start());
}

fn save(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let file = words.first().ok_or("expected a file")?;
    session.playground.save(Path::new(file)).map_err(|error| error.to_string())?;
    Ok(format!("saved in {file}\n"))
}

fn open(session: &mut Session, words: &[&str]) -> Result<String, String> {
    let name = words.first().ok_or("expected a save")?;
    let opened = open::open(name).map_err(|usage| usage.0)?.opened;
    session.playground = opened.playground;
    let warnings: String = opened.warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
    Ok(format!("{}\n", session.playground.title()) + &session.position() + &warnings)
}

fn moved_or(session: &Session, moved: bool, otherwise: &str) -> Result<String, String> {
    if moved { Ok(session.position()) } else { Err(otherwise.to_string()) }
}

/// Returns the process that the first word names, if it is in use.
fn process(session: &Session, words: &[&str]) -> Result<u32, String> {
    let process = number(words, 0, "a process")?;
    let is_live = session.snapshot().processes.iter().any(|row| row.id == process);
    if is_live { Ok(process) } else { Err(format!("there is no process {process}")) }
}

fn number(words: &[&str], at: usize, expected: &str) -> Result<u32, String> {
    let word = words.get(at).ok_or_else(|| format!("expected {expected}"))?;
    parse_number(word).ok_or_else(|| format!("expected {expected}, got `{word}`"))
}
