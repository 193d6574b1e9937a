//! The program from outside: what goes in, what comes out, and the exit code.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program must fail")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

const TRACE: &str = "tests/conformance/tiny64-kernel.trace";

/// Runs the program in a home of its own, with text on its standard input.
fn certiscope(arguments: &[&str], input: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_certiscope"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Checks the exit code and that the output of that kind, one or the other, contains some text.
#[track_caller]
fn check(arguments: &[&str], code: i32, expected: &str) {
    let output = certiscope(arguments, "");
    let text = if code == 2 { stderr(&output) } else { stdout(&output) };
    assert!(text.contains(expected), "{arguments:?} says:\n{text}");
    assert_eq!(output.status.code(), Some(code), "{arguments:?} says:\n{text}");
    assert!(!text.contains("panicked"), "{text}");
}

fn files(directory: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

mod run {
    use super::*;

    #[test]
    fn every_trace_exits_0() {
        for trace in files("tests/conformance") {
            if trace.extension().is_some_and(|extension| extension == "trace") {
                check(&["run", trace.to_str().unwrap()], 0, "answers hold");
            }
        }
    }

    #[test]
    fn an_altered_answer_exits_1_with_line_call_expected_and_got() {
        let text = fs::read_to_string(TRACE).unwrap();
        let altered = text.replacen("get_nps => 262208", "get_nps => 262209", 1);
        assert_ne!(altered, text);
        let line = 1 + text.lines().position(|line| line.starts_with("get_nps")).unwrap();
        let output = certiscope(&["run", "-"], &altered);
        assert_eq!(output.status.code(), Some(1));
        let expected = format!("line {line}: get_nps: expected 262209, got 262208\n");
        assert!(stdout(&output).contains(&expected), "{}", stdout(&output));
    }

    #[test]
    fn failures_are_json_too() {
        let output = certiscope(&["run", "-", "--json"], "palloc => 1");
        assert_eq!(output.status.code(), Some(1));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let expected = serde_json::json!({"line": 1, "call": "palloc", "expected": "1", "got": "262144"});
        assert_eq!(report["failures"], serde_json::json!([expected]));
    }

    #[test]
    fn a_line_nobody_can_read_exits_2_with_its_place() {
        let output = certiscope(&["run", "-"], "palloc\n\npaloc => 1\n");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stderr(&output), "certiscope: -:3: there is no command `paloc`; did you mean `palloc`?\n");
        assert_eq!(stdout(&output), "");
    }

    #[test]
    fn a_line_of_megabytes_is_quoted_short_and_soon() {
        let output = certiscope(&["run", "-"], &"x".repeat(8 << 20));
        let expected = format!("certiscope: -:1: there is no command `{}…`\n", "x".repeat(60));
        assert_eq!(stderr(&output), expected);
    }

    #[test]
    fn bytes_that_are_no_text_exit_2_with_their_line() {
        let directory = tempfile::tempdir().unwrap();
        let script = directory.path().join("script");
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&script)
            .unwrap()
            .write_all(b"palloc\n\xff\n")
            .unwrap();
        check(&["run", script.to_str().unwrap()], 2, "script:2: expected text in UTF-8");
    }

    #[test]
    fn a_script_that_cannot_be_read_exits_2() {
        check(&["run", "nowhere.txt"], 2, "nowhere.txt: there is no such file");
        check(&["run", "tests"], 2, "tests: it is a directory");
        check(&["run", TRACE, "--memory-map", "moon"], 2, "there is no memory map `moon`");
    }

    #[test]
    fn the_state_it_ends_in_can_be_saved_and_opened() {
        let directory = tempfile::tempdir().unwrap();
        let save = directory.path().join("end.ron");
        let save = save.to_str().unwrap();
        let output = certiscope(&["run", "-", "--save", save], "spawn 0 9\ntouch 1 write 0x50000000\n");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        check(&["show", save], 0, "step 2 of 2, after `touch 1 write 0x50000000`");
        check(&["diff", save, save], 0, "nothing changed");
        check(&["diff", "fresh-boot", save], 1, "process 1: born, quota 9");
    }
}

mod saves {
    use super::*;

    #[test]
    fn show_reports_and_check_judges() {
        check(&["show", "quota-tree"], 0, "      13 spell");
        check(&["check", "quota-tree"], 0, "Invariants, all 11 hold");
        check(&["check", "orphan-frame"], 1, "frame 0x40000 is paid for and mapped nowhere");
        check(&["check", "--memory-map", "laptop"], 0, "all 11 hold");
        check(&["show", "saves/stale-tlb.ron"], 0, "A stale TLB entry\n");
    }

    #[test]
    fn reports_are_json_too() {
        let read = |arguments: &[&str]| -> serde_json::Value {
            serde_json::from_slice(&certiscope(arguments, "").stdout).unwrap()
        };
        assert_eq!(read(&["show", "stale-tlb", "--json"])["title"], "A stale TLB entry");
        assert_eq!(read(&["check", "stale-tlb", "--json"])[10]["name"], "tlb-agrees");
        assert_eq!(read(&["diff", "fresh-boot", "fresh-boot", "--json"]), serde_json::json!([]));
    }

    #[test]
    fn one_that_is_not_there_exits_2() {
        check(&["show", "quota-tee"], 2, "did you mean `quota-tree`?");
        check(&["check", "tests"], 2, "tests");
        check(&["diff", "fresh-boot", "nowhere"], 2, "there is no file `nowhere`");
        check(&["--plain", "--resume"], 2, "there is no session to resume yet");
    }

    #[test]
    fn words_from_a_file_do_not_act_on_the_terminal() {
        let directory = tempfile::tempdir().unwrap();
        let save = directory.path().join("odd.ron");
        let save = save.to_str().unwrap();
        let typed = format!("title \x1b]0;x\x07\nnote \x1b[2J\nmark \x1b[31m\nsave {save}\nshow\nsteps\n");
        let talk = certiscope(&["--plain"], &typed);
        let shown = certiscope(&["show", save], "");
        let refused = certiscope(&["run", "-"], "pall\x1b[2Joc\n");
        assert!(stdout(&shown).starts_with("\\u{1b}]0;x\\u{7}\n"), "{}", stdout(&shown));
        for bytes in [talk.stdout, shown.stdout, refused.stderr] {
            assert!(!bytes.contains(&0x1b) && !bytes.contains(&7), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn one_that_is_broken_exits_2_with_its_place() {
        check(&["show", "Cargo.toml"], 2, "Cargo.toml:1:1");
    }

    #[test]
    fn the_screen_is_drawn_without_a_terminal() {
        let output = certiscope(&["render", "stale-tlb", "--size", "80x24"], "");
        assert_eq!(stdout(&output).lines().count(), 24);
        assert!(stdout(&output).contains("A stale TLB entry"), "{}", stdout(&output));
        check(&["render", "stale-tlb", "--format", "ansi"], 0, "\x1b[");
        check(&["render", "stale-tlb", "--format", "svg", "--theme", "light"], 0, "<svg");
        check(&["render", "stale-tlb", "--size", "1x1"], 0, "\n");
    }
}

mod usage {
    use super::*;

    #[test]
    fn bad_flags_exit_2() {
        check(&["--nonsense"], 2, "--nonsense");
        check(&["render", "fresh-boot", "--size", "wide"], 2, "expected columns and rows like 120x40");
        check(&["render", "fresh-boot", "--size", "0x5"], 2, "each from 1 to 1000");
        check(&["--theme", "beige"], 2, "[possible values: auto, dark, light, contrast, mono, terminal]");
        check(&["show"], 2, "Usage");
        check(&["quota-tree", "--resume"], 2, "cannot be used with");
    }

    #[test]
    fn help_and_version_exit_0() {
        check(&["--help"], 0, "Exit codes: 0 holds, 1 does not hold, 2 bad use or bad input.");
        check(&["--version"], 0, concat!("certiscope ", env!("CARGO_PKG_VERSION")));
        check(&["help", "run"], 0, "--memory-map <NAME>");
    }

    #[test]
    fn the_screen_needs_a_terminal() {
        check(&[], 2, "--plain");
    }

    #[test]
    fn the_program_describes_itself() {
        check(&["commands"], 0, "| `alloc_page proc_index vaddr perm` | ");
        check(&["keys"], 0, "`spawn`");
        check(&["man"], 0, ".TH certiscope 1");
        check(&["paths"], 0, "/.local/state/certiscope/autosave.ron");
        for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
            check(&["completions", shell], 0, "memory-map");
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_certiscope"))
            .arg("commands")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    }
}

mod plain {
    use super::*;

    /// Each file is a transcript: what follows `> ` is typed, the rest is answered.
    #[test]
    fn transcripts_hold() {
        let transcripts = files("tests/scripts");
        assert!(transcripts.len() >= 8);
        for transcript in transcripts {
            holds(&transcript);
        }
    }

    #[track_caller]
    fn holds(transcript: &Path) {
        let text = fs::read_to_string(transcript).unwrap();
        let lines = || text.lines().filter(|line| !line.starts_with('#'));
        let typed: Vec<&str> = lines().filter_map(|line| line.strip_prefix("> ")).collect();
        let output = certiscope(&["--plain", "fresh-boot"], &typed.join("\n"));
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_line_without_end_is_left_out_and_the_next_one_answered() {
        let output = certiscope(&["--plain"], &format!("{}\nmark here\n", "x".repeat(3 << 20)));
        let said = "expected a line of at most 64 KiB; this one is left out\n> mark here\n";
        assert!(stdout(&output).starts_with(said), "{:.200}", stdout(&output));
    }

    #[test]
    fn it_ends_at_quit() {
        assert_eq!(stdout(&certiscope(&["--plain"], "quit\ntree\n")), "> quit\n");
    }

    #[test]
    fn it_starts_with_a_living_world() {
        let output = certiscope(&["--plain"], "tree\n");
        assert!(stdout(&output).contains("13 viewer"), "{}", stdout(&output));
    }

    #[test]
    fn it_writes_no_escape_codes() {
        let output = certiscope(&["--plain"], "help\nshow\ntrace\ntable 0\nmachine\n");
        assert!(!output.stdout.contains(&0x1b));
    }

    #[test]
    fn what_it_saves_it_opens() {
        let directory = tempfile::tempdir().unwrap();
        let save = directory.path().join("lecture.ron");
        let save = save.to_str().unwrap();
        let typed = format!("title A lecture\nspawn 0 5\nsave {save}\nopen stale-tlb\nopen {save}\n");
        let output = certiscope(&["--plain"], &typed);
        assert!(
            stdout(&output).ends_with("A lecture\nstep 13 of 13, after `spawn 0 5`\n"),
            "{}",
            stdout(&output)
        );
    }
}
