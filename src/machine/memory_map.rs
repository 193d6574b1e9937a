//! The memory map: which physical addresses are usable RAM, as firmware reports it.
//!
//! The maps that come with the program are text files in `assets/memory-maps`: a `title` line,
//! then one row a line, `START LENGTH usable|reserved`; `#` starts a comment.

use std::fmt;

#[cfg(test)]
mod tests;

/// The maps that come with the program, by name.
const ASSETS: [(&str, &str); 4] = [
    ("tiny", include_str!("../../assets/memory-maps/tiny.txt")),
    ("qemu", include_str!("../../assets/memory-maps/qemu.txt")),
    ("laptop", include_str!("../../assets/memory-maps/laptop.txt")),
    ("pc3g", include_str!("../../assets/memory-maps/pc3g.txt")),
];

/// What the firmware says about the physical addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct MemoryMap {
    /// One line about the computer the map is of.
    pub(crate) title: String,
    /// The rows in the firmware's order. They may leave holes and need not fill whole frames.
    pub(crate) rows: Vec<MemoryRow>,
}

/// One row of the map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct MemoryRow {
    pub(crate) start: u64,
    pub(crate) length: u64,
    pub(crate) is_usable: bool,
}

/// Why there is no such map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MemoryMapError {
    /// No map has this name.
    Unknown { name: String },
    /// A line of the file does not read as a row.
    Line { file: String, line: usize, expected: &'static str },
}

impl MemoryMap {
    /// Returns the names of the maps that come with the program.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        ASSETS.iter().map(|(name, _)| *name)
    }

    /// Returns the map of this name.
    ///
    /// # Errors
    ///
    /// Fails for a name that is not among [`MemoryMap::names`].
    pub(crate) fn named(name: &str) -> Result<Self, MemoryMapError> {
        let (name, text) = ASSETS
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| MemoryMapError::Unknown { name: name.to_string() })?;
        Self::parse(&format!("assets/memory-maps/{name}.txt"), text)
    }

    /// Reads a map from text; `file` is its name in errors.
    ///
    /// # Errors
    ///
    /// Fails at the first line that is neither the title, a row, a comment nor empty.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, MemoryMapError> {
        let error = |line, expected| MemoryMapError::Line { file: file.to_string(), line, expected };
        let mut title = None;
        let mut rows = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.split('#').next().unwrap_or_default().trim();
            if text.is_empty() {
                continue;
            }
            if title.is_some() {
                rows.push(MemoryRow::parse(text).map_err(|expected| error(line, expected))?);
            } else {
                let words =
                    text.strip_prefix("title ").ok_or(error(line, "expected `title` and a sentence"))?;
                title = Some(words.trim().to_string());
            }
        }
        let title = title.ok_or(error(1, "expected `title` and a sentence"))?;
        Ok(MemoryMap { title, rows })
    }

    /// Returns the first address behind the last row, usable or not.
    pub(crate) fn end(&self) -> u64 {
        self.rows.iter().map(MemoryRow::end).max().unwrap_or(0)
    }
}

impl MemoryRow {
    /// Reads a row: `START LENGTH usable` or `START LENGTH reserved`.
    ///
    /// # Errors
    ///
    /// Says what was expected instead.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [start, length, kind] = words[..] else {
            return Err("expected `START LENGTH usable` or `START LENGTH reserved`");
        };
        let start = parse_number(start).ok_or("expected START as a number, decimal or 0x…")?;
        let length = parse_number(length).ok_or("expected LENGTH as a number, decimal or 0x…")?;
        if start.checked_add(length).is_none_or(|end| end > 1 << 32) {
            return Err("expected a row that ends within 4 GiB");
        }
        let is_usable = match kind {
            "usable" => true,
            "reserved" => false,
            _ => return Err("expected `usable` or `reserved`"),
        };
        Ok(MemoryRow { start, length, is_usable })
    }

    /// Returns the first address behind the row.
    pub(crate) fn end(&self) -> u64 {
        self.start.saturating_add(self.length)
    }
}

impl fmt::Display for MemoryMapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MemoryMapError::Unknown { name } => {
                let names: Vec<&str> = MemoryMap::names().collect();
                write!(f, "there is no memory map `{name}`; there are {}", names.join(", "))
            }
            MemoryMapError::Line { file, line, expected } => write!(f, "{file}:{line}: {expected}"),
        }
    }
}

/// Reads a number, decimal or `0x…`.
fn parse_number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}
