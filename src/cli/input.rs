//! Reading the text of a file or of the standard input, with a limit.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

use crate::cli::report::Usage;

/// The largest script that is read, in bytes.
const TEXT_MAX: u64 = 16 << 20;

/// Returns a file's text; the standard input's for `-`.
pub(in crate::cli) fn read_text(path: &Path) -> Result<String, Usage> {
    let name = path.display();
    let fail = |error: io::Error| Usage(format!("{name}: {}", reason(&error)));
    let reader: Box<dyn Read> = match path.to_str() {
        Some("-") => Box::new(io::stdin()),
        _ => Box::new(File::open(path).map_err(fail)?),
    };
    let mut bytes = Vec::new();
    reader.take(TEXT_MAX + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > TEXT_MAX {
        return Err(Usage(format!("{name}: expected at most {} MiB of text", TEXT_MAX >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|&byte| byte == b'\n').count();
        Usage(format!("{name}:{line}: expected text in UTF-8"))
    })
}

/// Returns what went wrong in plain words, where there are plainer ones than the system's.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_string(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_string(),
        io::ErrorKind::IsADirectory => "it is a directory".to_string(),
        _ => error.to_string(),
    }
}
