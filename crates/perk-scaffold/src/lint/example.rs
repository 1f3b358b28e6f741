//! Texts that a pattern matches, read off the pattern.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// How odd a text is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddness {
    /// Short and plain.
    Plain,
    /// Longer, of the strangest characters and the last alternatives.
    Odd,
}

/// Characters that are likely to break something, the worst first.
const ODD: &[char] = &[
    '"', '\'', '\\', '#', '$', '{', '&', ':', '-', '.', '_', '9', 'z', 'Z',
];
/// Characters that break nothing.
const PLAIN: &[char] = &['a', 'A', '1', '-', '.', ' '];

/// The most characters of a text.
const MOST: usize = 2_000;

/// Returns a text that a pattern probably matches; what is around words and lines is not looked
/// at, so it has to be tried.
pub(super) fn example(pattern: &str, oddness: Oddness) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    push(&hir, oddness, &mut text)?;
    Some(text)
}

fn push(hir: &Hir, oddness: Oddness, text: &mut String) -> Option<()> {
    if text.len() > MOST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            text.push(letter(class, oddness)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            (0..times(repetition, oddness)).try_for_each(|_| push(&repetition.sub, oddness, text))
        }
        HirKind::Capture(capture) => push(&capture.sub, oddness, text),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| push(part, oddness, text)),
        HirKind::Alternation(branches) => {
            let branch = match oddness {
                Oddness::Plain => branches.first(),
                Oddness::Odd => branches.last(),
            };
            push(branch?, oddness, text)
        }
    }
}

fn times(repetition: &Repetition, oddness: Oddness) -> u32 {
    let most = repetition.max.unwrap_or(u32::MAX);
    match oddness {
        Oddness::Plain => repetition.min,
        Oddness::Odd => repetition.min.saturating_add(2).min(most),
    }
}

fn letter(class: &Class, oddness: Oddness) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let has = |letter: &char| {
        let mut ranges = ranges.iter();
        ranges.any(|(start, end)| (start..=end).contains(&letter))
    };
    let wanted = match oddness {
        Oddness::Plain => PLAIN,
        Oddness::Odd => ODD,
    };
    let wanted = wanted.iter().copied().find(|letter| has(letter));
    wanted.or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    #[test]
    fn makes_texts_of_patterns() {
        for (pattern, plain, odd) in [
            ("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a", "z99-999-999"),
            ("^[^\\p{Cc}]{1,200}$", "a", "\"\"\""),
            ("^v?\\d+\\.\\d+$", "1.1", "v999.999"),
            ("^(dev|prod)$", "dev", "prod"),
            ("^[A-Z]{3}$", "AAA", "ZZZ"),
        ] {
            assert_eq!(
                example(pattern, Oddness::Plain).as_deref(),
                Some(plain),
                "{pattern}"
            );
            assert_eq!(
                example(pattern, Oddness::Odd).as_deref(),
                Some(odd),
                "{pattern}"
            );
        }
        assert_eq!(example("(a{1000}){1000}", Oddness::Plain), None);
        assert_eq!(example("[", Oddness::Plain), None);
    }

    proptest! {
        #[test]
        fn the_pattern_matches_what_is_made_of_it(
            pattern in "\\^(\\[a-f\\]|x|\\(y\\|z\\)|[.]|\\\\w)([*+?]|\\{2\\}|\\{1,3\\})?(-|_)\\[\\^b\\]\\$"
        ) {
            let regex = Regex::new(&pattern).unwrap();
            for oddness in [Oddness::Plain, Oddness::Odd] {
                let text = example(&pattern, oddness).unwrap();
                prop_assert!(regex.is_match(&text), "{} does not match {}", pattern, text);
            }
        }
    }
}
