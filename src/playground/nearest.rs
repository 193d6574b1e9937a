//! The nearest known name to a misspelt one.

/// The longest name that may be a misspelt one, in bytes.
const NAME_MAX: usize = 100;

/// Returns the known name that needs the fewest letters inserted, deleted or replaced.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Nothing known is nearly as long, and measuring a megabyte of garbage would take seconds.
    if name.len() > NAME_MAX {
        return None;
    }
    let nearest = known.min_by_key(|known| edit_distance(known, name))?;
    // One letter in three may be wrong; a name further away is no help.
    (edit_distance(nearest, name) <= name.len().div_ceil(3)).then_some(nearest)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_its_neighbour() {
        let known = ["spawn", "kill", "alloc_page"];
        assert_eq!(nearest("spwan", known.into_iter()), Some("spawn"));
        assert_eq!(nearest("aloc_page", known.into_iter()), Some("alloc_page"));
        assert_eq!(nearest("xyzzy", known.into_iter()), None);
        assert_eq!(nearest(&"spawn".repeat(1 << 20), known.into_iter()), None);
    }
}
