//! Keeps the module graph one-way.
//!
//! Each row is the Rust form of an mCertiKOS `import.h`: it names everything a module
//! may use. A use that no row grants fails, and so does a grant nobody uses.
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
    ("kernel::allocation_table", &["kernel::process_id", "machine"]),
    ("kernel::process_id", &["kernel::layout", "machine"]),
    ("kernel::layout", &["machine"]),
    ("machine", &[]),
];

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
    let used: BTreeSet<_> = rust_files(Path::new("src")).iter().flat_map(|path| uses(path)).collect();
    let ungranted: Vec<_> = used.difference(&granted).collect();
    let unused: Vec<_> = granted.difference(&used).collect();
    assert!(ungranted.is_empty(), "used but not granted: {ungranted:?}");
    assert!(unused.is_empty(), "granted but never used: {unused:?}");
}

#[test]
fn every_file_starts_with_what_it_is() {
    for path in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let is_tagline = first.starts_with("//! ") && first.chars().count() <= 110;
        assert!(is_tagline, "{}:1: expected a `//!` line that says what the file is", path.display());
    }
}

#[test]
fn no_function_is_longer_than_a_screen_and_no_file_than_a_chapter() {
    for path in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        let is_table = path.ends_with("commands/vmm.rs") || path.ends_with("playground/snapshot.rs");
        assert!(code <= 400 || is_table, "{}: {code} lines; is it two ideas?", path.display());
    }
}

#[test]
fn colours_are_named_in_the_theme_alone() {
    for path in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let is_theme = path.starts_with("src/tui/theme") || path == Path::new("src/tui/theme.rs");
        let is_painter = path == Path::new("src/tui/render.rs");
        assert!(is_theme || is_painter || !text.contains("Color::"), "{} names a colour", path.display());
    }
}

/// Returns the `(module, used module)` pairs that one file's `crate::` paths show.
fn uses(path: &Path) -> Vec<(String, String)> {
    let own_path = path.strip_prefix("src").unwrap().with_extension("");
    let Some(own) = row(&own_path.to_str().unwrap().replace('/', "::")) else { return Vec::new() };
    let text = fs::read_to_string(path).unwrap();
    assert!(!text.contains("crate::{"), "{}: one `use crate::x` per line", path.display());
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.match_indices("crate::").map(|(at, _)| &line[at + 7..]))
        .filter_map(row)
        .filter(|used| *used != own)
        .map(|used| (own.clone(), used))
        .collect()
}

/// Returns the row that a module path belongs to: `machine::walk` is `machine`.
fn row(path: &str) -> Option<String> {
    let is_in =
        |module: &str| path.strip_prefix(module).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    MAY_USE.iter().find(|(module, _)| is_in(module)).map(|(module, _)| (*module).to_string())
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
