//! The states that come with the program, so that the binary alone has them.

/// Their names and texts, in the order of a first tour.
pub static SAVES: [(&str, &str); 12] = [
    ("fresh-boot", include_str!("../../saves/fresh-boot.ron")),
    ("quota-tree", include_str!("../../saves/quota-tree.ron")),
    ("demand-paging", include_str!("../../saves/demand-paging.ron")),
    ("shared-frame", include_str!("../../saves/shared-frame.ron")),
    ("permission-fault", include_str!("../../saves/permission-fault.ron")),
    ("stale-tlb", include_str!("../../saves/stale-tlb.ron")),
    ("orphan-frame", include_str!("../../saves/orphan-frame.ron")),
    ("memory-exhausted", include_str!("../../saves/memory-exhausted.ron")),
    ("broken-entry", include_str!("../../saves/broken-entry.ron")),
    ("two-futures", include_str!("../../saves/two-futures.ron")),
    ("big-page", include_str!("../../saves/big-page.ron")),
    ("laptop", include_str!("../../saves/laptop.ron")),
];

/// Returns the text of the save with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static str> {
    SAVES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::playground::Playground;

    use super::*;

    #[test]
    fn the_table_lists_every_file_in_saves() {
        let file_name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut files: Vec<String> =
            fs::read_dir("saves").unwrap().map(|entry| file_name(entry.unwrap())).collect();
        let mut listed: Vec<String> = SAVES.iter().map(|(name, _)| format!("{name}.ron")).collect();
        files.sort();
        listed.sort();
        assert_eq!(files, listed);
    }

    #[test]
    fn every_save_opens_without_a_warning_and_says_what_it_shows() {
        for (name, text) in SAVES {
            let opened = Playground::read(name, text).map_err(|error| error.to_string()).unwrap();
            assert_eq!(opened.warnings, [""; 0], "{name}");
            assert!(opened.playground.title().len() > 10 && opened.playground.notes().len() > 100, "{name}");
        }
    }

    #[test]
    fn each_save_breaks_what_it_is_about() {
        let cases = [
            ("fresh-boot", ""),
            ("quota-tree", ""),
            ("demand-paging", "paid-is-mapped"),
            ("shared-frame", ""),
            ("permission-fault", ""),
            ("stale-tlb", "tlb-agrees"),
            ("orphan-frame", "paid-is-mapped"),
            ("memory-exhausted", ""),
            ("broken-entry", "tables-unreachable"),
            ("two-futures", ""),
            ("big-page", "mapped-is-normal free-is-unmapped tables-unreachable"),
            ("laptop", ""),
        ];
        assert_eq!(SAVES.map(|(name, _)| name), cases.map(|(name, _)| name));
        for (name, expected) in cases {
            let opened = Playground::read(name, find(name).unwrap_or_default());
            let rows = opened.map_err(|error| error.to_string()).unwrap().playground.invariant_rows();
            let broken: Vec<&str> =
                rows.iter().filter(|row| !row.broken.is_empty()).map(|row| row.name).collect();
            assert_eq!(broken.join(" "), expected, "{name}");
        }
    }
}
