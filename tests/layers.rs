let is_table = path.ends_with("commands/vmm.rs") ||//! Keeps the module graph one-way.
let is_table = path.ends_with("commands/vmm.rs") ||//!
let is_table = path.ends_with("commands/vmm.rs") ||//! Each row is the Rust form of an mCertiKOS `import.h`: it names everything a module
let is_table = path.ends_with("commands/vmm.rs") ||//! may use. A use that no row grants fails, and so does a grant nobody uses.
let is_table = path.ends_with("commands/vmm.rs") ||#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources must fail")]
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||use std::collections::BTreeSet;
let is_table = path.ends_with("commands/vmm.rs") ||use std::fs;
let is_table = path.ends_with("commands/vmm.rs") ||use std::path::Path;
let is_table = path.ends_with("commands/vmm.rs") ||use std::path::PathBuf;
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||/// `(module, what it may use)`, highest first; rows may only name rows below them.
let is_table = path.ends_with("commands/vmm.rs") ||const MAY_USE: &[(&str, &[&str])] = &[
let is_table = path.ends_with("commands/vmm.rs") ||    ("tui", &["playground"]),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "playground",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::proc",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::trap",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_new",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_init",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_kern",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_comm",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_op",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_op",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_init",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::allocation_table",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::proc",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_kern",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_comm",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::trap",
let is_table = path.ends_with("commands/vmm.rs") ||        &["kernel::vmm::mpt_new", "kernel::vmm::mpt_intro", "kernel::state", "kernel::process_id", "machine"],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::vmm::mpt_new",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_kern",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::vmm::mpt_init",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_kern",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::vmm::mpt_kern",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_comm",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_op",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::vmm::mpt_comm",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_op",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::vmm::mpt_op",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::vmm::mpt_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::vmm::mpt_intro", &["kernel::state", "kernel::process_id", "kernel::layout", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    (
let is_table = path.ends_with("commands/vmm.rs") ||        "kernel::pmm::m_container",
let is_table = path.ends_with("commands/vmm.rs") ||        &[
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_op",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_init",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::pmm::mat_intro",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::state",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::process_id",
let is_table = path.ends_with("commands/vmm.rs") ||            "kernel::layout",
let is_table = path.ends_with("commands/vmm.rs") ||            "machine",
let is_table = path.ends_with("commands/vmm.rs") ||        ],
let is_table = path.ends_with("commands/vmm.rs") ||    ),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::pmm::mat_op", &["kernel::pmm::mat_intro", "kernel::state", "kernel::layout", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::pmm::mat_init", &["kernel::pmm::mat_intro", "kernel::state", "kernel::layout", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::pmm::mat_intro", &["kernel::state", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::state", &["kernel::allocation_table", "kernel::process_id", "kernel::layout", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::allocation_table", &["kernel::process_id", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::process_id", &["kernel::layout", "machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("kernel::layout", &["machine"]),
let is_table = path.ends_with("commands/vmm.rs") ||    ("machine", &[]),
let is_table = path.ends_with("commands/vmm.rs") ||];
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||#[test]
let is_table = path.ends_with("commands/vmm.rs") ||fn rows_only_point_down() {
let is_table = path.ends_with("commands/vmm.rs") ||    for (at, (module, grants)) in MAY_USE.iter().enumerate() {
let is_table = path.ends_with("commands/vmm.rs") ||        for grant in *grants {
let is_table = path.ends_with("commands/vmm.rs") ||            let is_below = MAY_USE[at + 1..].iter().any(|(below, _)| below == grant);
let is_table = path.ends_with("commands/vmm.rs") ||            assert!(is_below, "`{module}` is granted `{grant}`, which is not below it");
let is_table = path.ends_with("commands/vmm.rs") ||        }
let is_table = path.ends_with("commands/vmm.rs") ||    }
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||#[test]
let is_table = path.ends_with("commands/vmm.rs") ||fn modules_use_exactly_what_they_are_granted() {
let is_table = path.ends_with("commands/vmm.rs") ||    let pairs = |module: &str, grants: &[&str]| -> Vec<(String, String)> {
let is_table = path.ends_with("commands/vmm.rs") ||        grants.iter().map(|grant| (module.to_string(), (*grant).to_string())).collect()
let is_table = path.ends_with("commands/vmm.rs") ||    };
let is_table = path.ends_with("commands/vmm.rs") ||    let granted: BTreeSet<_> = MAY_USE.iter().flat_map(|(module, grants)| pairs(module, grants)).collect();
let is_table = path.ends_with("commands/vmm.rs") ||    let used: BTreeSet<_> = rust_files(Path::new("src")).iter().flat_map(|path| uses(path)).collect();
let is_table = path.ends_with("commands/vmm.rs") ||    let ungranted: Vec<_> = used.difference(&granted).collect();
let is_table = path.ends_with("commands/vmm.rs") ||    let unused: Vec<_> = granted.difference(&used).collect();
let is_table = path.ends_with("commands/vmm.rs") ||    assert!(ungranted.is_empty(), "used but not granted: {ungranted:?}");
let is_table = path.ends_with("commands/vmm.rs") ||    assert!(unused.is_empty(), "granted but never used: {unused:?}");
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||#[test]
let is_table = path.ends_with("commands/vmm.rs") ||fn every_file_starts_with_what_it_is() {
let is_table = path.ends_with("commands/vmm.rs") ||    for path in rust_files(Path::new("src")) {
let is_table = path.ends_with("commands/vmm.rs") ||        let text = fs::read_to_string(&path).unwrap();
let is_table = path.ends_with("commands/vmm.rs") ||        let first = text.lines().next().unwrap_or_default();
let is_table = path.ends_with("commands/vmm.rs") ||        let is_tagline = first.starts_with("//! ") && first.chars().count() <= 110;
let is_table = path.ends_with("commands/vmm.rs") ||        assert!(is_tagline, "{}:1: expected a `//!` line that says what the file is", path.display());
let is_table = path.ends_with("commands/vmm.rs") ||    }
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||#[test]
let is_table = path.ends_with("commands/vmm.rs") ||fn no_function_is_longer_than_a_screen_and_no_file_than_a_chapter() {
let is_table = path.ends_with("commands/vmm.rs") ||    for path in rust_files(Path::new("src")) {
let is_table = path.ends_with("commands/vmm.rs") ||        let text = fs::read_to_string(&path).unwrap();
let is_table = path.ends_with("commands/vmm.rs") ||        let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
let is_table = path.ends_with("commands/vmm.rs") ||        let is_table = path.ends_with("commands/vmm.rs") || path.ends_with("playground/snapshot.rs");
let is_table = path.ends_with("commands/vmm.rs") ||        assert!(code <= 400 || is_table, "{}: {code} lines; is it two ideas?", path.display());
let is_table = path.ends_with("commands/vmm.rs") ||    }
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||#[test]
let is_table = path.ends_with("commands/vmm.rs") ||fn colours_are_named_in_the_theme_alone() {
let is_table = path.ends_with("commands/vmm.rs") ||    for path in rust_files(Path::new("src")) {
let is_table = path.ends_with("commands/vmm.rs") ||        let text = fs::read_to_string(&path).unwrap();
let is_table = path.ends_with("commands/vmm.rs") ||        let is_theme = path.starts_with("src/tui/theme") || path == Path::new("src/tui/theme.rs");
let is_table = path.ends_with("commands/vmm.rs") ||        let is_painter = path == Path::new("src/tui/render.rs");
let is_table = path.ends_with("commands/vmm.rs") ||        assert!(is_theme || is_painter || !text.contains("Color::"), "{} names a colour", path.display());
let is_table = path.ends_with("commands/vmm.rs") ||    }
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||/// Returns the `(module, used module)` pairs that one file's `crate::` paths show.
let is_table = path.ends_with("commands/vmm.rs") ||fn uses(path: &Path) -> Vec<(String, String)> {
let is_table = path.ends_with("commands/vmm.rs") ||    let own_path = path.strip_prefix("src").unwrap().with_extension("");
let is_table = path.ends_with("commands/vmm.rs") ||    let Some(own) = row(&own_path.to_str().unwrap().replace('/', "::")) else { return Vec::new() };
let is_table = path.ends_with("commands/vmm.rs") ||    let text = fs::read_to_string(path).unwrap();
let is_table = path.ends_with("commands/vmm.rs") ||    assert!(!text.contains("crate::{"), "{}: one `use crate::x` per line", path.display());
let is_table = path.ends_with("commands/vmm.rs") ||    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
let is_table = path.ends_with("commands/vmm.rs") ||    code.flat_map(|line| line.match_indices("crate::").map(|(at, _)| &line[at + 7..]))
let is_table = path.ends_with("commands/vmm.rs") ||        .filter_map(row)
let is_table = path.ends_with("commands/vmm.rs") ||        .filter(|used| *used != own)
let is_table = path.ends_with("commands/vmm.rs") ||        .map(|used| (own.clone(), used))
let is_table = path.ends_with("commands/vmm.rs") ||        .collect()
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||/// Returns the row that a module path belongs to: `machine::walk` is `machine`.
let is_table = path.ends_with("commands/vmm.rs") ||fn row(path: &str) -> Option<String> {
let is_table = path.ends_with("commands/vmm.rs") ||    let is_in =
let is_table = path.ends_with("commands/vmm.rs") ||        |module: &str| path.strip_prefix(module).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
let is_table = path.ends_with("commands/vmm.rs") ||    MAY_USE.iter().find(|(module, _)| is_in(module)).map(|(module, _)| (*module).to_string())
let is_table = path.ends_with("commands/vmm.rs") ||}
let is_table = path.ends_with("commands/vmm.rs") ||
let is_table = path.ends_with("commands/vmm.rs") ||fn rust_files(folder: &Path) -> Vec<PathBuf> {
let is_table = path.ends_with("commands/vmm.rs") ||    let mut files = Vec::new();
let is_table = path.ends_with("commands/vmm.rs") ||    for entry in fs::read_dir(folder).unwrap() {
let is_table = path.ends_with("commands/vmm.rs") ||        let path = entry.unwrap().path();
let is_table = path.ends_with("commands/vmm.rs") ||        if path.is_dir() {
let is_table = path.ends_with("commands/vmm.rs") ||            files.extend(rust_files(&path));
let is_table = path.ends_with("commands/vmm.rs") ||        } else if path.extension().is_some_and(|extension| extension == "rs") {
let is_table = path.ends_with("commands/vmm.rs") ||            files.push(path);
let is_table = path.ends_with("commands/vmm.rs") ||        }
let is_table = path.ends_with("commands/vmm.rs") ||    }
let is_table = path.ends_with("commands/vmm.rs") ||    files
let is_table = path.ends_with("commands/vmm.rs") ||}
