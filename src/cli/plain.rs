//! `--plain`: the playground line by line, without a screen.
//!
//! The same commands, answered in sentences; no escape codes and no redraws, so that a
//! screen reader, a pipe and a test read it alike. Where the input is not typed at a
//! terminal, each line is repeated after its prompt, and the output is a whole transcript.

mod session;
mod verbs;

use std::io;
use std::io::BufRead;
use std::io::Read;
use std::io::Write;

use crate::cli::plain::session::Session;
use crate::cli::report;
use crate::playground::Playground;

const PROMPT: &str = "> ";
/// The longest line that is read, in bytes; no command needs a hundredth of it.
const LINE_MAX: usize = 64 << 10;

/// Whether the lines read are written after their prompts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Echo {
    /// The terminal shows what is typed.
    Terminal,
    /// Nobody does: repeat it.
    Repeat,
}

/// Answers line after line until `quit` or the end of the input.
pub(in crate::cli) fn run(
    playground: Playground,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    echo: Echo,
) -> io::Result<()> {
    let mut session = Session::new(playground);
    let mut bytes = Vec::new();
    while !session.is_over {
        if echo == Echo::Terminal {
            write!(output, "{PROMPT}")?;
            output.flush()?;
        }
        bytes.clear();
        if Read::take(&mut *input, LINE_MAX as u64).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.len() == LINE_MAX && !bytes.ends_with(b"\n") {
            input.skip_until(b'\n')?;
            writeln!(output, "expected a line of at most {} KiB; this one is left out", LINE_MAX >> 10)?;
            continue;
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim();
        if echo == Echo::Repeat && !line.is_empty() {
            writeln!(output, "{PROMPT}{}", report::harmless(line))?;
        }
        write!(output, "{}", report::harmless(&session.answer(line)))?;
        output.flush()?;
    }
    Ok(())
}
