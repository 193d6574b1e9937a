//! Fuzzy search: the letters of a query in order, anywhere in a name or its sentence.

use nucleo_matcher::Config;
use nucleo_matcher::Matcher;
use nucleo_matcher::Utf32Str;
use nucleo_matcher::pattern::CaseMatching;
use nucleo_matcher::pattern::Normalization;
use nucleo_matcher::pattern::Pattern;

/// A hit in the name is worth more than any hit in the sentence.
const NAME_BONUS: u32 = 100_000;

/// Returns the entries that fit a query, the best first; all of them if it is empty.
///
/// `text` gives an entry's name and its sentence.
pub(crate) fn best<T: Clone>(query: &str, entries: &[T], text: impl Fn(&T) -> (&str, &str)) -> Vec<T> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut Vec::new()), &mut matcher);
    let mut scored: Vec<(u32, &T)> = Vec::new();
    for entry in entries {
        let (name, sentence) = text(entry);
        let in_name = score(name).map(|score| score + NAME_BONUS);
        scored.extend(in_name.or_else(|| score(sentence)).map(|score| (score, entry)));
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_sentences() {
        let entries = [
            ("kill", "Ends a process."),
            ("spawn", "Makes a child; kill ends it."),
            ("palloc", "Gives a frame."),
        ];
        let found =
            |query| best(query, &entries, |entry| *entry).iter().map(|entry| entry.0).collect::<Vec<_>>();
        assert_eq!(found("kill"), ["kill", "spawn"]);
        assert_eq!(found("plc"), ["palloc"]);
        assert_eq!(found(""), ["kill", "spawn", "palloc"]);
        assert!(found("zzz").is_empty());
    }
}
