//! Keeps the module graph one-way, and the sources tidy.
//!
//! Each row of [`MAY_USE`] is the Rust form of an mCertiKOS `import.h`: it names everything a
//! module may use. A use that no row grants fails, and so does a grant nobody uses. The test
//! reads the `crate::` paths of files that are no tests, hence one path a `use`.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// `(module, what it may use)`, highest first; rows may only name rows below them.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "bench",
        &[
            "tui",
            "playground",
            "kernel::vmm::mpt_new",
            "kernel::vmm::mpt_intro",
            "kernel::pmm::m_container",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    ("cli", &["tui", "playground"]),
    ("tui", &["playground"]),
    (
        "playground",
        &[
            "kernel::proc",
            "kernel::trap",
            "kernel::vmm::mpt_new",
            "kernel::vmm::mpt_init",
            "kernel::vmm::mpt_kern",
            "kernel::vmm::mpt_comm",
            "kernel::vmm::mpt_op",
            "kernel::vmm::mpt_intro",
            "kernel::pmm::m_container",
            "kernel::pmm::mat_op",
            "kernel::pmm::mat_init",
            "kernel::pmm::mat_intro",
            "kernel::state",
            "kernel::allocation_table",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    (
        "kernel::proc",
        &[
            "kernel::vmm::mpt_kern",
            "kernel::vmm::mpt_comm",
            "kernel::vmm::mpt_intro",
            "kernel::pmm::m_container",
            "kernel::state",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    (
        "kernel::trap",
        &["kernel::vmm::mpt_new", "kernel::vmm::mpt_intro", "kernel::state", "kernel::process_id", "machine"],
    ),
    (
        "kernel::vmm::mpt_new",
        &[
            "kernel::vmm::mpt_kern",
            "kernel::pmm::m_container",
            "kernel::state",
            "kernel::process_id",
            "machine",
        ],
    ),
    (
        "kernel::vmm::mpt_init",
        &[
            "kernel::vmm::mpt_kern",
            "kernel::vmm::mpt_intro",
            "kernel::state",
            "kernel::process_id",
            "machine",
        ],
    ),
    (
        "kernel::vmm::mpt_kern",
        &[
            "kernel::vmm::mpt_comm",
            "kernel::vmm::mpt_op",
            "kernel::vmm::mpt_intro",
            "kernel::state",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    (
        "kernel::vmm::mpt_comm",
        &[
            "kernel::vmm::mpt_op",
            "kernel::vmm::mpt_intro",
            "kernel::pmm::m_container",
            "kernel::state",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    (
        "kernel::vmm::mpt_op",
        &[
            "kernel::vmm::mpt_intro",
            "kernel::pmm::m_container",
            "kernel::state",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    ("kernel::vmm::mpt_intro", &["kernel::state", "kernel::process_id", "kernel::layout", "machine"]),
    (
        "kernel::pmm::m_container",
        &[
            "kernel::pmm::mat_op",
            "kernel::pmm::mat_init",
            "kernel::pmm::mat_intro",
            "kernel::state",
            "kernel::process_id",
            "kernel::layout",
            "machine",
        ],
    ),
    ("kernel::pmm::mat_op", &["kernel::pmm::mat_intro", "kernel::state", "kernel::layout", "machine"]),
    ("kernel::pmm::mat_init", &["kernel::pmm::mat_intro", "kernel::state", "kernel::layout", "machine"]),
    ("kernel::pmm::mat_intro", &["kernel::state", "machine"]),
    ("kernel::restore", &["kernel::state", "kernel::allocation_table", "kernel::process_id", "machine"]),
    ("kernel::state", &["kernel::allocation_table", "kernel::process_id", "kernel::layout", "machine"]),
    ("kernel::allocation_table", &["kernel::process_id", "kernel::layout", "machine"]),
    ("kernel::process_id", &["kernel::layout", "machine"]),
    ("kernel::layout", &["machine"]),
    // The machine's files have rows of their own; to the rooms above, the machine is one.
    ("machine::control", &["machine", "machine::recorder", "machine::registers", "machine::address"]),
    (
        "machine::mmu",
        &[
            "machine",
            "machine::recorder",
            "machine::walk",
            "machine::fault",
            "machine::entry",
            "machine::access",
            "machine::registers",
            "machine::address",
        ],
    ),
    (
        "machine::staleness",
        &["machine", "machine::tlb", "machine::entry", "machine::access", "machine::address"],
    ),
    ("machine", &["machine::recorder", "machine::tlb", "machine::memory", "machine::registers"]),
    ("machine::recorder", &["machine::walk", "machine::tlb", "machine::fault", "machine::registers"]),
    (
        "machine::walk",
        &[
            "machine::fault",
            "machine::entry",
            "machine::access",
            "machine::registers",
            "machine::memory",
            "machine::address",
        ],
    ),
    ("machine::tlb", &["machine::entry", "machine::address"]),
    ("machine::fault", &["machine::entry", "machine::access", "machine::address"]),
    ("machine::entry", &["machine::access", "machine::registers", "machine::address"]),
    ("machine::access", &["machine::registers"]),
    ("machine::registers", &["machine::address"]),
    ("machine::memory", &["machine::shared", "machine::address"]),
    ("machine::memory_map", &[]),
    ("machine::shared", &[]),
    ("machine::address", &[]),
];

/// What no source may say, and what it says instead.
const BANNED: [(&str, &str); 6] = [
    ("#[allow", "`#[expect(…, reason = \"…\")]`"),
    ("todo!(", "a value or an error"),
    ("dbg!(", "the recorder, or nothing"),
    ("fn test_", "a name for what holds"),
    ("FIXME", "the mended code"),
    ("crate::{", "one path a `use`"),
];

/// The files that may be longer than the rest, and why.
const LONG_FILES: [&str; 1] = [
    // One record after another; apart they would be harder to find.
    "src/playground/snapshot.rs",
];
const LINES_MAX: usize = 400;

#[test]
fn rows_only_point_down() {
    for (at, (module, grants)) in MAY_USE.iter().enumerate() {
        for grant in *grants {
            let is_below = MAY_USE[at + 1..].iter().any(|(below, _)| below == grant);
            assert!(is_below, "`{module}` is granted `{grant}`, which is not below it");
        }
    }
}

#[test]
fn modules_use_exactly_what_they_are_granted() {
    let pairs = |module: &str, grants: &[&str]| -> Vec<(String, String)> {
        grants.iter().map(|grant| (module.to_string(), (*grant).to_string())).collect()
    };
    let granted: BTreeSet<_> = MAY_USE.iter().flat_map(|(module, grants)| pairs(module, grants)).collect();
    let files = sources(&["src"]).into_iter().filter(|(path, _)| !is_test(path));
    let used: BTreeSet<_> = files.flat_map(|(path, text)| uses(&path, &text)).collect();
    let ungranted: Vec<_> = used.difference(&granted).collect();
    let unused: Vec<_> = granted.difference(&used).collect();
    assert!(ungranted.is_empty(), "used but not granted: {ungranted:?}");
    assert!(unused.is_empty(), "granted but never used: {unused:?}");
}

#[test]
fn every_file_starts_with_what_it_is() {
    for (path, text) in sources(&["src", "tests", "benches"]) {
        let first = text.lines().next().unwrap_or_default();
        let is_tagline = first.starts_with("//! ") && first.chars().count() <= 110;
        assert!(is_tagline, "{}:1: expected a `//!` line that says what the file is", path.display());
    }
}

/// Functions have a limit too, of 70 lines; clippy watches it.
#[test]
fn no_file_is_longer_than_a_chapter() {
    for (path, text) in sources(&["src"]) {
        let lines = without_tests(&text).lines().count();
        let may_be_long = LONG_FILES.iter().any(|long| path == Path::new(long));
        assert!(lines <= LINES_MAX || may_be_long, "{}: {lines} lines; is it two ideas?", path.display());
    }
}

#[test]
fn nothing_banned_is_written() {
    let here = Path::new(file!());
    for (path, text) in sources(&["src", "tests", "benches"]).into_iter().filter(|(path, _)| path != here) {
        for (banned, instead) in BANNED {
            assert!(!text.contains(banned), "{}: instead of `{banned}`, {instead}", path.display());
        }
    }
}

#[test]
fn paths_stand_in_a_use_and_start_at_the_crate() {
    for (path, text) in sources(&["src"]).into_iter().filter(|(path, _)| !is_test(path)) {
        for line in without_tests(&text).lines().map(str::trim_start) {
            let is_use = line.split(' ').take(2).any(|word| word == "use");
            let is_inline = line.replace("(in crate::", "").contains("crate::") && !is_use;
            let is_code = !line.starts_with("//");
            assert!(!(is_code && is_inline), "{}: a `use` is missing: {line}", path.display());
            assert!(!(is_code && line.contains("super::")), "{}: no `super::`: {line}", path.display());
        }
    }
}

#[test]
fn colours_are_named_in_the_theme_alone() {
    for (path, text) in sources(&["src"]) {
        let is_theme = path.starts_with("src/tui/theme") || path == Path::new("src/tui/theme.rs");
        let is_painter = path == Path::new("src/tui/render.rs");
        assert!(is_theme || is_painter || !text.contains("Color::"), "{} names a colour", path.display());
    }
}

/// Returns the `(module, used module)` pairs that one file's `crate::` paths show.
fn uses(path: &Path, text: &str) -> Vec<(String, String)> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths: Vec<&str> =
        code.flat_map(|line| line.match_indices("crate::").map(|(at, _)| &line[at + 7..])).collect();
    let own_path = path.strip_prefix("src").unwrap().with_extension("");
    let Some(own) = row(&own_path.to_str().unwrap().replace('/', "::")) else {
        assert!(paths.is_empty(), "{}: uses something and has no row in MAY_USE", path.display());
        return Vec::new();
    };
    let used = paths.into_iter().filter_map(row).map(|used| seen_from(own, used));
    used.filter(|used| *used != own).map(|used| (own.to_string(), used.to_string())).collect()
}

/// Returns the row that a module path belongs to, the longest: `machine::walk::Step` is `machine::walk`.
fn row(path: &str) -> Option<&'static str> {
    let is_in =
        |module: &str| path.strip_prefix(module).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let rows = MAY_USE.iter().map(|(module, _)| *module).filter(|module| is_in(module));
    rows.max_by_key(|module| module.len())
}

/// Returns a used row as its user sees it: whoever is no part of the machine sees it whole.
fn seen_from(own: &str, used: &'static str) -> &'static str {
    let is_machine = |module: &str| module.split("::").next() == Some("machine");
    if is_machine(used) && !is_machine(own) { "machine" } else { used }
}

/// Returns a file without the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("mod tests {").next().unwrap_or_default()
}

/// Returns whether a file under `src` holds nothing but tests and their samples.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| {
        ["tests", "tests.rs", "samples", "samples.rs"].iter().any(|test| part.as_os_str() == *test)
    })
}

/// Returns every source under some folders, with its text.
fn sources(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let paths = folders.iter().flat_map(|folder| rust_files(Path::new(folder)));
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
