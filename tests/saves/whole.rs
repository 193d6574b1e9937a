//! A file is replaced whole or not at all, whenever the process stops.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use certiscope::playground::Playground;

use crate::act;
use crate::after;

/// Says to a child process of this test which file to save to, again and again.
const TARGET: &str = "CERTISCOPE_TEST_SAVES_TO";
/// How often a saving process is killed.
const KILLS: u64 = 60;

/// Returns two playgrounds whose saves are long and of different lengths.
fn old_and_new() -> (Playground, Playground) {
    let old = after("qemu", &["spawn 0 20000"]);
    let mut new = after("qemu", &["spawn 0 20000"]);
    for page in 0..400 {
        act(&mut new, &format!("touch 1 write {:#x}", 0x4000_0000_u32 + page * 4096));
    }
    (old, new)
}

#[test]
fn a_process_killed_while_saving_leaves_the_old_file_or_the_new_one() {
    let (old, new) = old_and_new();
    if let Some(path) = std::env::var_os(TARGET) {
        loop {
            old.save(Path::new(&path)).unwrap();
            new.save(Path::new(&path)).unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.ron");
    let whole = [old.to_text(), new.to_text()];
    old.save(&path).unwrap();
    let mut seen = [false; 2];
    for kill in 0..KILLS {
        let name = "whole::a_process_killed_while_saving_leaves_the_old_file_or_the_new_one";
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture"])
            .env(TARGET, &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Some while after it began, at some moment of a save: early, in the middle, or just past it.
        wait_for_part(folder.path());
        thread::sleep(Duration::from_millis(kill * 37 % 200));
        wait_for_part(folder.path());
        thread::sleep(Duration::from_micros(kill * 53 % 1500));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let at = whole.iter().position(|whole| *whole == text);
        seen[at.expect("the file is neither the old one nor the new one")] = true;
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).for_each(|other| {
            if other != path {
                fs::remove_file(other).unwrap();
            }
        });
    }
    assert_eq!(seen, [true; 2], "the process was never killed between the two");
}

/// Waits until an unfinished file lies in a folder.
fn wait_for_part(folder: &Path) {
    let is_part = |path: &Path| path.extension().is_some_and(|extension| extension == "part");
    let has_part = || fs::read_dir(folder).unwrap().flatten().any(|entry| is_part(&entry.path()));
    while !has_part() {
        thread::yield_now();
    }
}

#[test]
fn saving_twice_gives_the_same_bytes_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.ron");
    let demo = Playground::demo();
    demo.save(&path).unwrap();
    let first = fs::read(&path).unwrap();
    demo.save(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), first);
    assert_eq!(
        Playground::open(&path).map_err(|error| error.to_string()).unwrap().playground.to_text().as_bytes(),
        first
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn permissions_and_links_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("state.ron"), folder.path().join("link.ron"));
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("state.ron", &link).unwrap();
    Playground::demo().save(&link).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("state.ron"));
    assert!(fs::read_to_string(&path).unwrap().contains("version: 1"));
}

#[track_caller]
fn unsaved(path: &Path) -> String {
    let error = Playground::demo().save(path).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: cannot be saved: ", path.display())), "{error}");
    assert!(!error.contains('\n'), "{error}");
    error
}

#[cfg(unix)]
#[test]
fn a_device_or_a_pipe_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    assert!(unsaved(&socket).ends_with("it is a device or a pipe, not a file"));
    assert!(fs::metadata(&socket).is_ok_and(|there| !there.is_file()));
}

#[test]
fn what_cannot_be_written_says_why_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    assert!(unsaved(&folder.path().join("no/such/folder.ron")).ends_with("no such file or directory"));
    assert!(unsaved(folder.path()).ends_with("it is a directory"));
    let path = folder.path().join("kept.ron");
    fs::write(&path, "kept").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(unsaved(&path).ends_with("it is read-only"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
