//! IAM patterns: `*` is any text, `?` any one character.
//!
//! A pattern *covers* another when it matches every text that the other matches. *Overlap* means
//! that some text matches both. In ARNs a wildcard of the first five fields stays in its field, as
//! IAM Access Analyzer compares them.

use super::Arn;

/// Tells whether a pattern has wildcards.
pub fn has_wildcard(pattern: &str) -> bool {
    memchr::memchr2(b'*', b'?', pattern.as_bytes()).is_some()
}

/// Tells whether a pattern matches a text, ASCII case ignored.
#[inline]
pub fn matches_ignoring_case(pattern: &str, text: &str) -> bool {
    covers_ignoring_case(pattern, text)
}

/// Tells whether a pattern covers another, ASCII case ignored: actions.
#[inline]
pub fn covers_ignoring_case(pattern: &str, other: &str) -> bool {
    let (pattern, other) = (pattern.as_bytes(), other.as_bytes());
    // Nearly always the first letters tell.
    !differ_at_once(pattern, other) && covers_bytes_ignoring_case(pattern, other)
}

/// Tells whether the first characters show that a pattern does not cover another.
fn differ_at_once(pattern: &[u8], other: &[u8]) -> bool {
    match (pattern, other) {
        ([first, ..], [other, ..]) => !is_wildcard(*first) && !first.eq_ignore_ascii_case(other),
        _ => false,
    }
}

fn covers_bytes_ignoring_case(pattern: &[u8], other: &[u8]) -> bool {
    covers_with(pattern, other, |a, b| a.eq_ignore_ascii_case(&b))
}

/// Tells whether a pattern covers another, case respected: resources and condition values.
pub fn covers(pattern: &str, other: &str) -> bool {
    covers_with(pattern.as_bytes(), other.as_bytes(), |a, b| a == b)
}

/// Tells whether an ARN pattern covers another.
pub fn arn_covers(pattern: &str, other: &str) -> bool {
    arn_covers_parsed(&(pattern, Arn::parse(pattern)), &(other, Arn::parse(other)))
}

/// Tells whether an ARN pattern covers another, both with their fields, if they have all.
pub fn arn_covers_parsed(
    (pattern, arn): &(&str, Option<Arn<'_>>),
    (other, other_arn): &(&str, Option<Arn<'_>>),
) -> bool {
    match (arn, other_arn) {
        (Some(arn), Some(other)) => {
            // Most differ in the resource.
            covers(arn.resource, other.resource)
                && covers(arn.account, other.account)
                && covers(arn.region, other.region)
                && covers(arn.service, other.service)
                && covers(arn.partition, other.partition)
        }
        _ => covers(pattern, other),
    }
}

/// Tells whether some ARN matches both patterns.
pub fn arns_overlap(one: &str, other: &str) -> bool {
    match (Arn::parse(one), Arn::parse(other)) {
        (Some(one), Some(other)) => {
            let fields = one.fields().into_iter().zip(other.fields());
            fields.into_iter().all(|(one, other)| overlap(one, other))
        }
        _ => overlap(one, other),
    }
}

/// Tells whether some text matches both patterns, case respected.
pub fn overlap(one: &str, other: &str) -> bool {
    overlap_with(one.as_bytes(), other.as_bytes(), |a, b| a == b)
}

/// The classic two-pointer match with one point of return, in which the other pattern's wildcards
/// count as characters: its `*` is covered by a `*` only, its `?` by `*` or `?`.
fn covers_with(pattern: &[u8], other: &[u8], equal: impl Fn(u8, u8) -> bool) -> bool {
    if pattern == other {
        return true;
    }
    if let ([first, ..], [other_first, ..]) = (pattern, other)
        && !is_wildcard(*first)
        && (is_wildcard(*other_first) || !equal(*first, *other_first))
    {
        return false;
    }
    let Some((pattern, other)) = without_end(pattern, other, &equal) else {
        return false;
    };
    let (mut p, mut o) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while o < other.len() {
        let step = match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, o));
                p += 1;
                if p == pattern.len() {
                    return true;
                }
                continue;
            }
            Some(b'?') => other[o] != b'*',
            Some(&byte) => !is_wildcard(other[o]) && equal(byte, other[o]),
            None => false,
        };
        if step {
            p += 1;
            o += char_width(other, o, pattern.get(p - 1) == Some(&b'?'));
        } else if let Some((after_star, from)) = retry {
            retry = Some((after_star, from + 1));
            p = after_star;
            o = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

fn is_wildcard(byte: u8) -> bool {
    matches!(byte, b'*' | b'?')
}

/// Takes off what stands after the pattern's last wildcard, which matches at the end or not at all;
/// so a pattern with one `*` is never tried more than once.
fn without_end<'t>(
    pattern: &'t [u8],
    other: &'t [u8],
    equal: impl Fn(u8, u8) -> bool,
) -> Option<(&'t [u8], &'t [u8])> {
    let Some(last) = memchr::memrchr2(b'*', b'?', pattern).filter(|&at| pattern[at] == b'*') else {
        return Some((pattern, other));
    };
    let (pattern, end) = pattern.split_at(last + 1);
    let (other, other_end) = other.split_at(other.len().checked_sub(end.len())?);
    let matches = |(&one, &other): (&u8, &u8)| !is_wildcard(other) && equal(one, other);
    end.iter()
        .zip(other_end)
        .all(matches)
        .then_some((pattern, other))
}

/// A `?` stands for one character, which in UTF-8 may be several bytes.
fn char_width(text: &[u8], at: usize, whole_character: bool) -> usize {
    if !whole_character {
        return 1;
    }
    1 + text[at + 1..]
        .iter()
        .take_while(|&&byte| byte & 0xC0 == 0x80)
        .count()
}

/// Compares the literal ends, which decides nearly always, and searches what is left.
fn overlap_with(one: &[u8], other: &[u8], equal: impl Fn(u8, u8) -> bool) -> bool {
    let (mut one, mut other) = (one, other);
    while let ([a, one_rest @ ..], [b, other_rest @ ..]) = (one, other) {
        if is_wildcard(*a) || is_wildcard(*b) {
            break;
        }
        if !equal(*a, *b) {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    while let ([one_rest @ .., a], [other_rest @ .., b]) = (one, other) {
        if is_wildcard(*a) || is_wildcard(*b) {
            break;
        }
        if !equal(*a, *b) {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    match (one, other) {
        // What the one begins with and the other ends with, or the other way round, is a text of
        // both.
        ([b'*', ..], [.., b'*']) | ([.., b'*'], [b'*', ..]) | (b"*", _) | (_, b"*") => true,
        ([], rest) | (rest, []) => rest.iter().all(|&byte| byte == b'*'),
        _ => search_overlap(one, other, equal),
    }
}

/// Breadth-first over the pairs of positions that one text can lead to: states of the product of
/// the two pattern automata, a row at a time.
fn search_overlap(one: &[u8], other: &[u8], equal: impl Fn(u8, u8) -> bool) -> bool {
    let width = other.len() + 1;
    let mut row = vec![false; width];
    let mut next = vec![false; width];
    row[0] = true;
    for i in 0..=one.len() {
        next.fill(false);
        for j in 0..width {
            if !row[j] {
                continue;
            }
            match (one.get(i).copied(), other.get(j).copied()) {
                (Some(b'*'), b) => {
                    next[j] = true;
                    if b.is_some() {
                        row[j + 1] = true;
                    }
                }
                (a, Some(b'*')) => {
                    row[j + 1] = true;
                    if a.is_some() {
                        next[j] = true;
                    }
                }
                (Some(a), Some(b)) if a == b'?' || b == b'?' || equal(a, b) => {
                    next[j + 1] = true;
                }
                _ => {}
            }
        }
        if i == one.len() {
            return row[other.len()];
        }
        std::mem::swap(&mut row, &mut next);
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn covers_patterns_and_texts() {
        assert!(covers("a*", "a*/b*"));
        assert!(covers("*redshift*", "redshift-downloads/*"));
        assert!(!covers("a?", "a*"));
        assert!(covers("a*", "a?"));
        assert!(!covers("ab*", "a*"));
        assert!(covers("a?c", "a\u{e9}c"));
        assert!(covers_ignoring_case("s3:get*", "S3:GetObject"));
    }

    #[test]
    fn keeps_wildcards_of_arns_in_their_fields() {
        assert!(arn_covers("arn:aws:s3:::logs*", "arn:aws:s3:::logs*/*"));
        assert!(!arn_covers("arn:aws:s3:*:1:x", "arn:aws:s3:a:b:1:x"));
        assert!(!arn_covers("arn:aws:*:::x", "arn:aws:s3:eu:1:x"));
        assert!(arn_covers("*", "anything"));
        assert!(arns_overlap("arn:aws:s3:::a*", "arn:aws:s3:::*b"));
        assert!(!arns_overlap("arn:aws:s3:::a*", "arn:aws:iam::*:b"));
    }

    fn pattern() -> impl Strategy<Value = String> {
        "[ab*?]{0,6}"
    }

    fn matches(pattern: &str, text: &str) -> bool {
        let mut characters = pattern.chars();
        match characters.next() {
            None => text.is_empty(),
            Some('*') => (0..=text.len()).any(|skip| matches(characters.as_str(), &text[skip..])),
            Some(wanted) => {
                let found = text.chars().next();
                found.is_some_and(|found| wanted == '?' || wanted == found)
                    && matches(characters.as_str(), &text[1..])
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_covered_is_matched(one in pattern(), other in pattern(), text in "[ab]{0,7}") {
            if covers(&one, &other) && matches(&other, &text) {
                prop_assert!(matches(&one, &text));
            }
            prop_assert_eq!(covers(&one, &text), matches(&one, &text));
        }

        #[test]
        fn overlap_is_a_common_text(one in pattern(), other in pattern(), text in "[ab]{0,7}") {
            if matches(&one, &text) && matches(&other, &text) {
                prop_assert!(overlap(&one, &other));
            }
            prop_assert_eq!(overlap(&one, &other), overlap(&other, &one));
        }

        #[test]
        fn overlap_with_a_text_is_a_match(one in pattern(), text in "[ab]{0,7}") {
            prop_assert_eq!(overlap(&one, &text), matches(&one, &text));
        }
    }
}
