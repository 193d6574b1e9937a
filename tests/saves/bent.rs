//! Saves bent by hand: they open, and nothing that is done with them panics, hangs or acts on the terminal.

use certiscope::playground::Playground;

use crate::act;
use crate::after;
use crate::read;

/// Returns a save of process 1 with two children, with numbers put in the place of others.
fn bent(changes: &[(&str, &str)]) -> String {
    let text = after("tiny", &["spawn 0 9", "spawn 1 2", "spawn 1 3"]).to_text();
    let (state, _) = text.split_once("    log: [").unwrap();
    changes.iter().fold(format!("{state})"), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in {text}");
        text.replace(from, to)
    })
}

#[test]
fn pages_without_number_come_back_from_a_killed_tree() {
    let text = bent(&[("usage: 0,", "usage: 4294967295,"), ("usage: 5,", "usage: 4294967295,")]);
    let mut playground = read(&text).playground;
    act(&mut playground, "kill_tree 1");
    assert_eq!(playground.snapshot(&playground.first_focus()).processes.len(), 1);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read() {
    let good = after("tiny", &["spawn 0 9", "touch 1 write 0x40000000"]).to_text();
    let opened = read(&format!("\u{feff}{}", good.replace('\n', "\r\n")));
    assert_eq!(opened.warnings, Vec::<String>::new());
    assert_eq!(opened.playground.to_text(), good);
}

/// Returns the warning of a save whose log is made of these lines.
#[track_caller]
fn warning(lines: &[String]) -> String {
    let quoted: String = lines.iter().map(|line| format!("{line:?},")).collect();
    let save = format!("(version: 1, state: (memory_map: Named(\"tiny\")), log: [{quoted}])");
    let warnings = read(&save).warnings;
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    warning.clone()
}

#[test]
fn a_log_that_reads_all_tables_again_at_every_step_is_dropped() {
    let toggles = ["set_cr4 0x90", "set_cr4 0x80"].repeat(5000);
    let warning = warning(&toggles.into_iter().map(String::from).collect::<Vec<_>>());
    assert!(warning.ends_with("it takes too long to do again"), "{warning}");
}

#[test]
fn a_log_that_points_a_whole_directory_at_itself_is_dropped() {
    let entries = (256..960).map(|index| format!("set_pde 1 {index} 0x01001007"));
    let lines: Vec<String> = std::iter::once("spawn 0 1".to_string()).chain(entries).collect();
    let warning = warning(&lines);
    assert!(warning.ends_with("it takes too long to do again"), "{warning}");
}

#[test]
fn a_frame_that_hundreds_of_pages_map_is_told_of_in_one_line() {
    let mut playground = Playground::boot("tiny").unwrap();
    act(&mut playground, "spawn 0 1");
    for index in 256..300 {
        act(&mut playground, &format!("set_pde 1 {index} 0x01001007"));
    }
    let rows = playground.invariant_rows();
    let longest = rows.iter().flat_map(|row| &row.broken).map(|breach| breach.text.len()).max().unwrap();
    assert!(longest < 250, "{longest}");
}
