//! Keeps the README true: what it shows is what the program says today.
//!
//! `UPDATE_README=1 cargo test --test readme` writes the parts again instead of comparing them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run the program must fail")]

use std::env;
use std::fs;
use std::process::Command;

const README: &str = "README.md";
const PICTURE: &str = "assets/screen.svg";

/// Returns what the program prints.
fn certiscope(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_certiscope")).args(arguments).output().unwrap();
    assert!(output.status.code() != Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Compares a part of the README with what it should be, or writes it.
fn check_part(name: &str, expected: &str) {
    let readme = fs::read_to_string(README).unwrap();
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("README has no {open}"));
    let (part, after) = rest.split_once(&close).unwrap();
    if part.trim() == expected.trim() {
        return;
    }
    assert!(is_updating(), "the README's part `{name}` is stale; UPDATE_README=1 cargo test --test readme");
    write(README, &format!("{before}{open}{}\n{close}{after}", expected.trim()));
}

fn is_updating() -> bool {
    env::var_os("UPDATE_README").is_some()
}

#[expect(clippy::disallowed_methods, reason = "a test may write the project's own files when asked to")]
fn write(path: &str, text: &str) {
    fs::write(path, text).unwrap();
}

/// One test, because the parts are written to one file.
#[test]
fn the_readme_says_what_the_program_says() {
    let picture = certiscope(&["render", "shared-frame", "--size", "120x40", "--format", "svg"]);
    if is_updating() {
        write(PICTURE, &picture);
    }
    assert!(fs::read_to_string(PICTURE).unwrap() == picture, "{PICTURE} is stale");
    check_part("keys", &certiscope(&["keys"]));
    check_part("commands", &certiscope(&["commands"]));
    check_part("saves", &table_of_saves());
    let save = fs::read_to_string("saves/orphan-frame.ron").unwrap();
    check_part("save", &format!("`saves/orphan-frame.ron`, whole:\n\n```ron\n{save}```"));
}

/// Returns every save that comes with the program, with its title.
fn table_of_saves() -> String {
    let mut names: Vec<String> = fs::read_dir("saves").unwrap().map(|entry| stem(&entry.unwrap())).collect();
    names.sort();
    let rows = names.iter().map(|name| {
        let report: serde_json::Value = serde_json::from_str(&certiscope(&["show", name, "--json"])).unwrap();
        format!("| `{name}` | {} |\n", report["title"].as_str().unwrap())
    });
    format!("| name | what it shows |\n| --- | --- |\n{}", rows.collect::<String>())
}

fn stem(entry: &fs::DirEntry) -> String {
    entry.path().file_stem().unwrap().to_string_lossy().into_owned()
}

/// The script in the README does what it says.
#[test]
fn the_readme_s_script_holds() {
    let readme = fs::read_to_string(README).unwrap();
    let script = readme.split("```text\nmmap").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("readme.txt");
    write(path.to_str().unwrap(), &format!("mmap{script}"));
    let output = Command::new(env!("CARGO_BIN_EXE_certiscope")).arg("run").arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
