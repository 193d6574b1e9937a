//! What is no save: one sentence with file, line and column, no panic, little memory.

use std::fs;
use std::fs::File;
use std::path::Path;

use certiscope::playground::Playground;
use certiscope::playground::save::LoadError;

use crate::act;
use crate::after;
use crate::read;

fn full() -> String {
    let lines = [
        "spawn 0 9",
        "rename 1 shell",
        "spawn 0 5",
        "touch 2 read 0x100",
        "touch 1 write 0x40000000",
        "poke 0x40003000 7",
        "invlpg 0x40008000",
    ];
    let mut playground = after("tiny", &lines);
    playground.set_notes("two\nlines");
    playground.mark("the end");
    playground.undo();
    act(&mut playground, "palloc");
    playground.to_text()
}

/// Fails unless an error is one line: `save.ron:LINE:COLUMN: sentence`.
#[track_caller]
fn assert_one_sentence(error: &LoadError) -> (usize, usize) {
    let text = error.to_string();
    assert!(!text.contains('\n') && text.chars().count() < 400, "{text}");
    let parts: Vec<&str> = text.splitn(4, ':').collect();
    let [file, line, column, sentence] = parts[..] else { panic!("{text}") };
    assert_eq!(file, "save.ron", "{text}");
    assert!(sentence.starts_with(" expected"), "{text}");
    (line.parse().unwrap(), column.parse().unwrap())
}

/// Refuses a text, and returns where and why.
#[track_caller]
fn refusal(text: &str) -> String {
    let Err(error) = Playground::read("save.ron", text) else { panic!("opened: {text}") };
    assert_one_sentence(&error);
    error.to_string()
}

/// Puts a mistake into a good save and expects it to be named on the line where it stands.
#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    let good = full();
    let at = good.find(from).unwrap_or_else(|| panic!("{from} is not in {good}"));
    let text = format!("{}{to}{}", &good[..at], &good[at + from.len()..]);
    let line = text[..at + to.len()].lines().count();
    let refusal = refusal(&text);
    assert!(refusal.contains(expected), "{refusal}");
    assert!(refusal.starts_with(&format!("save.ron:{line}:")), "{refusal}, in line {line}");
}

#[test]
fn the_example_in_the_documentation_is_a_save() {
    let source = include_str!("../../src/playground/save.rs");
    let lines = source.lines().skip_while(|line| *line != "//! ```text").skip(1);
    let lines = lines.take_while(|line| *line != "//! ```").map(|line| line[3..].trim_start_matches(' '));
    let opened = read(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(opened.warnings, Vec::<String>::new());
    let example: String = source
        .lines()
        .filter_map(|line| line.strip_prefix("//! "))
        .skip_while(|line| *line != "(")
        .take_while(|line| *line != "```")
        .map(|line| format!("{line}\n"))
        .collect();
    let text = opened.playground.to_text();
    assert_eq!(text.split_once('\n').unwrap().1, example);
}

#[test]
fn every_97th_truncation() {
    let good = full();
    for at in (0..good.trim_end().len()).step_by(97) {
        let Some(text) = good.get(..at) else { continue };
        refusal(text);
    }
}

#[test]
fn every_truncation_and_every_missing_byte_of_the_demo_is_survived() {
    let good = Playground::demo().to_text();
    for at in (0..good.len()).step_by(13) {
        let text = format!("{}{}", &good[..at], &good[at + 1..]);
        if let Err(error) = Playground::read("save.ron", &text) {
            assert_one_sentence(&error);
        }
    }
}

#[test]
fn versions_of_the_future() {
    check("version: 1", "version: 999", "expected version 1, the only one this program reads, got 999");
}

#[test]
fn wrong_types() {
    check("version: 1", "version: \"1\"", "expected integer");
    check("title: \"", "title: 7, //\"", "expected string");
    check("position: ", "position: -", "expected");
    check("privilege: supervisor", "privilege: root", "expected one of supervisor, user, got `root`");
    check("allocated: true", "allocated: yes", "expected boolean");
    check("by: user", "by: 7", "expected RON that reads: found invalid");
    check("\"spawn 0 9\"", "7", "expected string");
    check("processes: [", "processes: {", "expected opening `[`");
}

#[test]
fn unknown_missing_and_repeated_fields() {
    check("    notes:", "    remarks:", "expected one of the fields version, title");
    check("quota: 9,", "kwota: 9,", "expected one of the fields id, name, parent, quota");
    check("quota: 9,", "quota: 9, quota: 9,", "expected the field `quota` once");
    assert!(refusal("()").contains("expected a field `version` in this save"));
    assert!(refusal("(version: 1, state: ())").contains("expected a field `memory_map` in this state"));
}

#[test]
fn huge_numbers() {
    check("quota: 9,", "quota: 99999999999999999999999,", "expected a smaller number");
    check("quota: 9,", "quota: 4294967296,", "expected a smaller number");
    check("way: 0", "way: 18446744073709551615", "expected a free way of the set, 0 to 3");
    check("palloc_cursor: ", "palloc_cursor: 0xffffffff, //", "expected a frame from 0x40000 up to 0xf0000");
    check("0x40003, words", "0xffffffff, words", "expected a frame number below 0x100000, got 0xffffffff");
}

#[test]
fn frames_and_indices_outside_memory() {
    check("first: 0x40000", "first: 0x100000", "expected a frame number below 0x100000, got 0x100000");
    check("last: 0x40001", "last: 0x3ffff", "expected a last frame from 0x40000 on, got 0x3ffff");
    check("0x40001 P W U", "0x100000 P W U", "expected a frame number below 0x100000, got 0x100000");
    check("\"0x100: ", "\"0x400: ", "expected an index from 0x000 to 0x3ff, got `0x400`");
    check("\"0x000: 0x00000007", "\"0x3ff: 1 2", "expected 1 to 1 words from index 0x3ff on, got 2");
    check("\"0x000: 0x00000007", "\"0x3ff: ", "expected 1 to 1 words");
}

#[test]
fn things_that_stand_twice() {
    check(
        "(id: 1,",
        "(id: 0, parent: 0, quota: 1, usage: 0, nchildren: 0), (id: 1,",
        "once, got process 0 again",
    );
    check("    (frame: 0x40003", "(frame: 0x01001), (frame: 0x40003", "in ascending order, got 0x01001");
    check(
        "    (first: 0x40000",
        "(first: 0x40000, last: 0x40009, allocated: true), (first: 0x40000",
        "expected frames above 0x40009",
    );
    check(
        "\"0x000: 0x00000007",
        "\"0x001: 5 6 7\", \"0x003: 0",
        "from 0x004 on, in ascending order, got 0x003",
    );
    let entry = "(page: 0x40000000, way: 0, entry: \"0x40000 P W U D\")";
    check(entry, &format!("{entry}, {entry}"), "a page not yet in it");
}

#[test]
fn trees_that_cannot_be() {
    check(
        "shell\", parent: 0",
        "shell\", parent: 4",
        "expected parent 0 of process 1, which is its slot, got 4",
    );
    check("(id: 1,", "(id: 64,", "expected a process number below 64, got 64");
    check("(id: 1,", "(id: 5,", "expected parent 1 of process 5, which is its slot, got 0");
    check(
        "(id: 1, name: \"shell\", parent: 0",
        "(id: 4, parent: 1",
        "expected process 1, the parent, above process 4",
    );
    check("(id: 0, parent: 0", "(id: 0, parent: 1", "expected process 0 to be its own parent, got parent 1");
    assert!(
        refusal("(version: 1, state: (memory_map: Named(\"tiny\"), processes: []))")
            .contains("expected process 0")
    );
}

#[test]
fn words_that_mean_nothing() {
    check("Named(\"tiny\")", "Named(\"huge\")", "one of tiny, qemu, laptop, pc3g, got `huge`");
    check(
        "Named(\"tiny\")",
        "Rows(title: \"\", rows: [\"1 2 3\"])",
        "expected `usable` or `reserved`, got `1 2 3`",
    );
    check("Named(\"tiny\")", "Rows(title: \"\", rows: [\"0 0x100000001 usable\"])", "ends within 4 GiB");
    check(
        "name: \"shell\"",
        "name: \"a b\"",
        "expected a name of at most 12 letters, digits, - or _, got `a b`",
    );
    check("P W U A", "P W U Z", "expected a flag: P W U");
    check(
        "\"spawn 0 9\"",
        "\"spwan 0 9\"",
        "expected a command: there is no command `spwan`; did you mean `spawn`?",
    );
    check(
        "\"spawn 0 9\"",
        "\"after 7: spawn 0 9\"",
        "expected a step before this one, which is step 1, got 7",
    );
    check("cr0: 0x80050033", "cr0: 0x80050032", "expected CR0 with PE where PG is set");
    check("cr4: 0x00000080", "cr4: 0x00000081", "expected CR4 with PSE and PGE at most");
    check("paid_by: 1", "paid_by: 64", "expected a process number below 64");
}

#[test]
fn long_and_strange_words_are_cut() {
    check("\"spawn 0 9\"", &format!("\"{}\"", "x".repeat(100_000)), "expected a command");
    check("P W U A", &format!("P W U \\u{{7}}\\n{}", "Z".repeat(100_000)), "expected a flag");
    refusal(&"(".repeat(100_000));
    refusal(&"[".repeat(100_000));
    refusal(&format!("(version: 1, state: (memory_map: {}", "Rows(".repeat(100_000)));
    refusal("");
    refusal("\u{feff}(");
}

#[test]
fn page_tables_shared_without_measure() {
    let directory: String = (0x100..0x3c0).map(|index| format!("\"{index}: 0x40000 P W U\",")).collect();
    let table: String = (0..1024).map(|index| format!("\"{index}: 0x50000 P W U\",")).collect();
    let frames: String =
        (0x1000..0x1040).map(|frame| format!("(frame: {frame}, entries: [{directory}]),")).collect();
    let memory = format!("memory: [{frames}(frame: 0x40000, entries: [{table}])]");
    let refusal = refusal(&format!("(version: 1, state: (\nmemory_map: Named(\"tiny\"),\n {memory}))"));
    assert_eq!(refusal, "save.ron:3:2: expected at most 1048576 mapped pages in all, got 45416448");
}

#[track_caller]
fn unopened(path: &Path) -> String {
    let Err(error) = Playground::open(path) else { panic!("{} opened", path.display()) };
    error.to_string()
}

#[test]
fn files_that_are_no_saves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes.ron");
    fs::write(&path, b"(version: 1,\n\xff").unwrap();
    assert_eq!(unopened(&path), format!("{}:2:1: expected UTF-8 text", path.display()));
    let missing = folder.path().join("missing.ron");
    assert_eq!(unopened(&missing), format!("{}: no such file or directory", missing.display()));
    assert!(unopened(folder.path()).contains("directory"));
}

#[test]
fn a_gibibyte_of_nothing_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.ron");
    File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let expected = format!("{}:1:1: expected at most 16 MiB, got 1024 MiB", path.display());
    assert_eq!(unopened(&path), expected);
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_device_is_refused() {
    assert!(unopened(Path::new("/dev/zero")).contains(":1:1: expected at most 16 MiB"));
}
