//! What the arguments of commands may be: kinds, their values, how both read as text.

use crate::kernel::layout;
use crate::kernel::layout::NUM_IDS;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::ENTRIES;
use crate::machine::address::FRAMES;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::memory_map::MemoryMap;
use crate::playground::command::CommandError;
use crate::playground::world::World;

/// One argument of a command.
#[derive(Debug)]
pub struct Argument {
    /// What it is called, in the words of the C prototype.
    pub name: &'static str,
    /// What it may be.
    pub kind: ArgumentKind,
}

/// What an argument may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArgumentKind {
    /// The id of a process in use.
    Process,
    /// A number of pages.
    Pages,
    /// Any virtual address.
    Address,
    /// A virtual address that user programs may reach.
    UserAddress,
    /// The physical address of a word.
    PhysicalAddress,
    /// A frame number.
    Frame,
    /// The low twelve bits of an entry.
    Permission,
    /// A frame's permission in the allocation table.
    FramePermission,
    /// Which entry of a directory.
    DirectoryIndex,
    /// Which entry of a page table.
    TableIndex,
    /// `read`, `write` or `fetch`.
    AccessKind,
    /// `user` or `kernel`.
    Privilege,
    /// Any 32 bits.
    Word,
    /// Any number.
    Number,
    /// A flag of an entry, by its letter.
    Flag,
    /// A memory map that comes with the program.
    MemoryMap,
    /// A word of the user's choice.
    Name,
}

/// The value of an argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A number.
    Number(u32),
    /// A word.
    Word(String),
}

impl Value {
    /// Returns the number, 0 for a word.
    pub(in crate::playground) fn number(&self) -> u32 {
        match self {
            Value::Number(number) => *number,
            Value::Word(_) => 0,
        }
    }

    /// Returns the word, empty for a number.
    pub(in crate::playground) fn word(&self) -> &str {
        match self {
            Value::Number(_) => "",
            Value::Word(word) => word,
        }
    }
}

/// The words an `AccessKind` may be.
const ACCESS_KINDS: [&str; 3] = ["read", "write", "fetch"];
/// The words a `Privilege` may be.
const PRIVILEGES: [&str; 2] = ["user", "kernel"];
/// The longest name a process may have.
const NAME_MAX: usize = 12;

impl ArgumentKind {
    /// Returns what is expected, for people.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            ArgumentKind::Process => "a process in use, 0 to 63",
            ArgumentKind::Pages => "a number of pages",
            ArgumentKind::Address => "a virtual address",
            ArgumentKind::UserAddress => "an address from 0x40000000 to 0xefffffff",
            ArgumentKind::PhysicalAddress => "the physical address of a word",
            ArgumentKind::Frame => "a frame number below 0x100000",
            ArgumentKind::Permission => "entry bits 0 to 0xfff, or letters like PWU",
            ArgumentKind::FramePermission => "0 firmware, 1 kernel, 2 normal",
            ArgumentKind::DirectoryIndex | ArgumentKind::TableIndex => "an entry's index, 0 to 1023",
            ArgumentKind::AccessKind => "read, write or fetch",
            ArgumentKind::Privilege => "user or kernel",
            ArgumentKind::Word => "32 bits",
            ArgumentKind::Number => "a number",
            ArgumentKind::Flag => "a flag: P W U PWT PCD A D PS G SHARED COW, or a bit 0 to 31",
            ArgumentKind::MemoryMap => "a memory map that comes with the program",
            ArgumentKind::Name => "a name of at most 12 letters, digits, - or _",
        }
    }

    /// Returns the words it may be, where there are few; for completion and for cycling in forms.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            ArgumentKind::AccessKind => ACCESS_KINDS.to_vec(),
            ArgumentKind::Privilege => PRIVILEGES.to_vec(),
            ArgumentKind::Flag => RawEntry::FLAGS.iter().map(|(letters, _)| *letters).collect(),
            ArgumentKind::MemoryMap => MemoryMap::names().collect(),
            _ => Vec::new(),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(self, word: &str) -> Result<Value, &'static str> {
        let expected = self.describe();
        match self {
            ArgumentKind::AccessKind | ArgumentKind::Privilege | ArgumentKind::MemoryMap => {
                let known = self.words().into_iter().find(|known| *known == word);
                known.map(|word| Value::Word(word.to_string())).ok_or(expected)
            }
            ArgumentKind::Name => {
                let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                let is_name = !word.is_empty() && word.len() <= NAME_MAX && word.chars().all(fits);
                is_name.then(|| Value::Word(word.to_string())).ok_or(expected)
            }
            ArgumentKind::Flag => parse_flag(word).map(Value::Number).ok_or(expected),
            ArgumentKind::Permission => {
                let bits = parse_number(word).or_else(|| parse_flags(word));
                bits.filter(|bits| *bits <= 0xfff).map(Value::Number).ok_or(expected)
            }
            _ => {
                parse_number(word).filter(|&number| self.contains(number)).map(Value::Number).ok_or(expected)
            }
        }
    }

    /// Returns whether this kind can be the number, whatever the state.
    fn contains(self, number: u32) -> bool {
        match self {
            ArgumentKind::Process => number < NUM_IDS,
            ArgumentKind::Frame => number < FRAMES,
            ArgumentKind::Permission => number <= 0xfff,
            ArgumentKind::FramePermission => number <= 0xff,
            ArgumentKind::DirectoryIndex | ArgumentKind::TableIndex => number < ENTRIES,
            ArgumentKind::UserAddress => layout::is_user_pde(VirtualAddress(number).directory_index()),
            ArgumentKind::PhysicalAddress => number.is_multiple_of(4),
            _ => true,
        }
    }

    /// Refuses a value that the present state has no place for.
    pub(in crate::playground) fn check(self, value: &Value, world: &World) -> Result<(), CommandError> {
        if self != ArgumentKind::Process {
            return Ok(());
        }
        let number = value.number();
        match ProcessId::new(number) {
            Some(id) if world.kernel.container(id).used => Ok(()),
            _ => Err(CommandError(format!("there is no process {number}"))),
        }
    }

    /// Returns a value as text that [`ArgumentKind::parse`] reads back.
    #[must_use]
    pub fn show(self, value: &Value) -> String {
        let number = match value {
            Value::Word(word) => return word.clone(),
            Value::Number(number) => *number,
        };
        match self {
            ArgumentKind::Address
            | ArgumentKind::UserAddress
            | ArgumentKind::PhysicalAddress
            | ArgumentKind::Word => format!("{number:#010x}"),
            ArgumentKind::Frame => format!("{number:#07x}"),
            ArgumentKind::Permission => format!("{number:#x}"),
            ArgumentKind::DirectoryIndex | ArgumentKind::TableIndex => format!("{number:#05x}"),
            ArgumentKind::Flag => RawEntry::FLAGS
                .iter()
                .find(|(_, bit)| *bit == 1 << number)
                .map_or_else(|| number.to_string(), |(letters, _)| (*letters).to_string()),
            _ => number.to_string(),
        }
    }
}

/// Reads a number: decimal, `0x…`, or with a suffix `k` or `M` for 1024 and 1024².
#[must_use]
pub fn parse_number(word: &str) -> Option<u32> {
    let word = word.replace('_', "");
    if let Some(digits) = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        let is_plain = digits.chars().all(|digit| digit.is_ascii_hexdigit());
        return is_plain.then(|| u32::from_str_radix(digits, 16).ok()).flatten();
    }
    let (digits, unit) = match word.strip_suffix('k') {
        Some(digits) => (digits, 1 << 10),
        None => word.strip_suffix('M').map_or((word.as_str(), 1), |digits| (digits, 1 << 20)),
    };
    let is_plain = digits.chars().all(|digit| digit.is_ascii_digit());
    is_plain.then(|| digits.parse::<u32>().ok()?.checked_mul(unit)).flatten()
}

/// Reads a flag's letter, or a bit's number, and returns the bit's number.
fn parse_flag(word: &str) -> Option<u32> {
    let named = RawEntry::FLAGS.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(word));
    named.map(|(_, bit)| bit.trailing_zeros()).or_else(|| parse_number(word).filter(|bit| *bit < 32))
}

/// Reads letters like `PWU` and returns their bits.
fn parse_flags(word: &str) -> Option<u32> {
    let bits = word.chars().map(|letter| parse_flag(letter.encode_utf8(&mut [0; 4])));
    bits.map(|bit| bit.map(|bit| 1 << bit)).try_fold(0, |all, bit| Some(all | bit?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_in_every_notation() {
        let cases = [
            ("10", Some(10)),
            ("0x40_0000", Some(0x40_0000)),
            ("4k", Some(4096)),
            ("2M", Some(1 << 21)),
            ("4096M", None),
            ("-1", None),
            ("+1", None),
            ("0x+1", None),
            ("", None),
            ("0x", None),
            ("4294967296", None),
        ];
        for (word, number) in cases {
            assert_eq!(parse_number(word), number, "{word}");
        }
    }

    #[test]
    fn permissions_read_as_letters_too() {
        assert_eq!(ArgumentKind::Permission.parse("PWU"), Ok(Value::Number(7)));
        assert_eq!(ArgumentKind::Permission.parse("0x807"), Ok(Value::Number(0x807)));
        assert!(ArgumentKind::Permission.parse("PX").is_err());
    }
}
