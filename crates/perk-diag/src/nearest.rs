//! Did you mean: the nearest of many names.

use std::mem;

/// Names are compared by their first characters only, for which no name that exists is too long.
const LONGEST_NAME: usize = 128;

/// Returns the candidate most like a mistyped name, if one is near enough to be what was meant.
///
/// Near is at most a third of the name's letters, or one of two, by Damerau-Levenshtein distance (a
/// swap of neighbors counts once), without regard to ASCII case and to whether words are joined by
/// `-` or `_`.
pub fn nearest<C: AsRef<[u8]>>(name: &str, candidates: impl IntoIterator<Item = C>) -> Option<C> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let mut limit = (name.len() / 3).clamp(usize::from(name.len() > 1), 5);
    let mut best = None;
    let letters = Letters::of(name.as_bytes());
    for candidate in candidates {
        let bytes = candidate.as_ref();
        if name.len().abs_diff(bytes.len()) > limit
            || !letters.may_be_near(&Letters::of(bytes), limit)
        {
            continue;
        }
        if let Some(distance) = distance_within(limit, name.as_bytes(), bytes) {
            best = Some(candidate);
            if distance == 0 {
                break;
            }
            // The first of several that are as near is the answer.
            limit = distance - 1;
        }
    }
    best
}

fn are_alike(one: u8, other: u8) -> bool {
    folded(one) == folded(other)
}

fn folded(byte: u8) -> u8 {
    match byte {
        b'_' => b'-',
        byte => byte.to_ascii_lowercase(),
    }
}

/// How often each letter is in a text.
struct Letters([u8; 32]);

impl Letters {
    fn of(text: &[u8]) -> Self {
        let mut counts = [0_u8; 32];
        for &byte in text {
            let count = &mut counts[usize::from(folded(byte) & 31)];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// Tells whether each text has no more letters than the limit that the other one lacks: a
    /// quick no.
    fn may_be_near(&self, other: &Self, limit: usize) -> bool {
        let lacking = |one: &Self, other: &Self| -> usize {
            let pairs = one.0.iter().zip(&other.0);
            pairs
                .map(|(one, other)| usize::from(one.saturating_sub(*other)))
                .sum()
        };
        lacking(self, other) <= limit && lacking(other, self) <= limit
    }
}

/// Takes off what two texts begin and end with alike, which adds nothing to their distance.
fn without_common_ends<'t>(one: &'t [u8], other: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    let are_equal = |(one, other): &(&u8, &u8)| are_alike(**one, **other);
    let start = one.iter().zip(other).take_while(are_equal).count();
    let (one, other) = (&one[start..], &other[start..]);
    let ends = one.iter().rev().zip(other.iter().rev());
    let end = ends.take_while(are_equal).count();
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// Returns how many letters have to be added, dropped, changed or swapped with their neighbour to
/// make one text of the other, unless they are more than the limit.
///
/// Rows of the usual table, of which only the cells that can stay within the limit are filled.
fn distance_within(limit: usize, one: &[u8], other: &[u8]) -> Option<usize> {
    const WIDTH: usize = LONGEST_NAME + 8;
    let (one, other) = without_common_ends(one, other);
    if one.len().abs_diff(other.len()) > limit || other.len() >= WIDTH {
        return None;
    }
    let too_far = u8::try_from(limit + 1).ok()?;
    let mut before = [too_far; WIDTH];
    let mut above = [too_far; WIDTH];
    let mut row = [too_far; WIDTH];
    for (cell, column) in above.iter_mut().zip(0..too_far) {
        *cell = column;
    }
    for at in 1..=one.len() {
        let first = at.saturating_sub(limit);
        let last = (at + limit).min(other.len());
        // What lies beside the filled cells belongs to an older row.
        if let Some(left) = first.checked_sub(1) {
            row[left] = too_far;
        }
        if let Some(right) = row.get_mut(last + 1) {
            *right = too_far;
        }
        if first == 0 {
            row[0] = above[0] + 1;
        }
        for to in first.max(1)..=last {
            let equals = |at: usize, to: usize| are_alike(one[at - 1], other[to - 1]);
            let mut cell = (above[to - 1] + u8::from(!equals(at, to)))
                .min(above[to] + 1)
                .min(row[to - 1] + 1);
            if at > 1 && to > 1 && equals(at, to - 1) && equals(at - 1, to) {
                cell = cell.min(before[to - 2] + 1);
            }
            row[to] = cell;
        }
        if row[first..=last].iter().all(|&cell| cell >= too_far) {
            return None;
        }
        mem::swap(&mut before, &mut above);
        mem::swap(&mut above, &mut row);
    }
    Some(usize::from(above[other.len()])).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finds_typing_errors_and_nothing_far() {
        let actions = ["GetObject", "GetObjectAcl", "PutObject", "ListBucket"];
        assert_eq!(nearest("GetObjet", actions), Some("GetObject"));
        assert_eq!(nearest("putobjetc", actions), Some("PutObject"));
        assert_eq!(nearest("DescribeInstances", actions), None);
        let keys = ["fail-on", "checks", "service_name"];
        assert_eq!(nearest("fial-on", keys), Some("fail-on"));
        assert_eq!(nearest("FAIL_ON", keys), Some("fail-on"));
        assert_eq!(nearest("service-name", keys), Some("service_name"));
        assert_eq!(nearest("color", keys), None);
        assert_eq!(nearest(&"x".repeat(100_000), actions), None);
    }

    proptest! {
        #[test]
        fn is_the_distance_where_it_is_small(
            one in "[abcA\u{e9}]{0,9}",
            other in "[abcA]{0,9}",
            limit in 0..6_usize,
        ) {
            let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
            let letters = |text: &str| text.bytes().map(char::from).collect::<String>();
            let distance = strsim::osa_distance(&letters(&one), &letters(&other));
            let wanted = Some(distance).filter(|&distance| distance <= limit);
            prop_assert_eq!(distance_within(limit, one.as_bytes(), other.as_bytes()), wanted);
        }
    }
}
