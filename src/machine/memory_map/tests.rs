//! The shipped maps, and what a broken one answers.

use super::*;

#[track_caller]
fn check(text: &str, expect: &str) {
    let answer = match MemoryMap::parse("my.txt", text) {
        Ok(map) => format!("{} with {} rows up to {:#x}", map.title, map.rows.len(), map.end()),
        Err(error) => error.to_string(),
    };
    assert_eq!(answer, expect);
}

#[test]
fn every_shipped_map_reads_and_has_a_title_and_rows() {
    for name in MemoryMap::names() {
        let map = MemoryMap::named(name).unwrap();
        assert!(map.title.ends_with('.') && !map.rows.is_empty(), "{name}: {}", map.title);
    }
}

#[test]
fn the_tiny_and_qemu_maps_are_those_of_the_recorded_runs() {
    for (name, trace) in [
        ("tiny", include_str!("../../../tests/conformance/tiny64-kernel.trace")),
        ("qemu", include_str!("../../../tests/conformance/qemu2g-kernel.trace")),
        ("pc3g", include_str!("../../../tests/conformance/pc3g-kernel.trace")),
    ] {
        let recorded: Vec<&str> = trace.lines().filter(|line| line.starts_with("mmap ")).collect();
        let rows = MemoryMap::named(name).unwrap().rows;
        let ours: Vec<String> = rows
            .iter()
            .map(|row| format!("mmap {:#x} {} {}", row.start, row.length, u8::from(row.is_usable)))
            .collect();
        assert_eq!(ours, recorded, "{name}");
    }
}

#[test]
fn the_laptop_has_holes_and_rows_that_cut_pages_inside_the_user_range() {
    let map = MemoryMap::named("laptop").unwrap();
    let user = 0x4000_0000..0xf000_0000_u64;
    let ends: Vec<u64> = map.rows.iter().flat_map(|row| [row.start, row.end()]).collect();
    assert!(ends.iter().any(|end| user.contains(end) && end % 4096 != 0));
    assert!(map.rows.iter().any(|row| user.contains(&row.start) && !row.is_usable));
    assert!(map.rows.windows(2).all(|pair| pair[0].end() <= pair[1].start), "rows are in order and apart");
}

#[test]
fn a_map_reads_comments_and_both_kinds_of_numbers() {
    check(
        "# mine\n\ntitle Mine.\n0 4096 usable # first\n0x2000 0x1000 reserved\n",
        "Mine. with 2 rows up to 0x3000",
    );
}

#[test]
fn a_broken_map_names_the_file_and_the_line() {
    check("", "my.txt:1: expected `title` and a sentence");
    check("\n0 4096 usable", "my.txt:2: expected `title` and a sentence");
    check("title T\n0 4096", "my.txt:2: expected `START LENGTH usable` or `START LENGTH reserved`");
    check("title T\n0 4096 1", "my.txt:2: expected `usable` or `reserved`");
    check("title T\n\n0xg 4096 usable", "my.txt:3: expected START as a number, decimal or 0x…");
    check("title T\n0 -1 usable", "my.txt:2: expected LENGTH as a number, decimal or 0x…");
    check("title T\n0xffffffff 2 usable", "my.txt:2: expected a row that ends within 4 GiB");
    check("title T\n1 0xffffffffffffffff usable", "my.txt:2: expected a row that ends within 4 GiB");
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones() {
    let error = MemoryMap::named("vax").unwrap_err().to_string();
    assert_eq!(error, "there is no memory map `vax`; there are tiny, qemu, laptop, pc3g");
}
