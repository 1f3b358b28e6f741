//! Comparing names without regard to ASCII case, and IAM globs over them.
//!
//! Everything here works on bytes and allocates nothing.

use std::cmp::Ordering;

/// Compares two texts as if both were in ASCII lower case.
pub(crate) fn compare(left: &[u8], right: &[u8]) -> Ordering {
    let (left_words, left_rest) = left.as_chunks::<WORD>();
    let (right_words, right_rest) = right.as_chunks::<WORD>();
    for (left_word, right_word) in left_words.iter().zip(right_words) {
        // The first byte of a text is the highest of a number, so numbers compare as texts do.
        let (left_word, right_word) = (
            lower(u64::from_be_bytes(*left_word)),
            lower(u64::from_be_bytes(*right_word)),
        );
        if left_word != right_word {
            return left_word.cmp(&right_word);
        }
    }
    match left_words.len().cmp(&right_words.len()) {
        Ordering::Equal => compare_bytes(left_rest, right_rest),
        Ordering::Less => compare_bytes(left_rest, &right[left.len() - left_rest.len()..]),
        Ordering::Greater => compare_bytes(&left[right.len() - right_rest.len()..], right_rest),
    }
}

/// The number of bytes that are compared at once.
const WORD: usize = 8;

/// Turns the ASCII capitals among eight bytes into small letters.
fn lower(word: u64) -> u64 {
    const EACH: u64 = u64::from_ne_bytes([1; WORD]);
    const HIGHEST: u64 = EACH << 7;
    let low_bits = word & !HIGHEST;
    let from_a = low_bits + EACH * u64::from(0x80 - b'A');
    let after_z = low_bits + EACH * u64::from(0x7f - b'Z');
    let is_capital = from_a & !after_z & !word & HIGHEST;
    word | (is_capital >> 2)
}

fn compare_bytes(left: &[u8], right: &[u8]) -> Ordering {
    for (left_byte, right_byte) in left.iter().zip(right) {
        match left_byte
            .to_ascii_lowercase()
            .cmp(&right_byte.to_ascii_lowercase())
        {
            Ordering::Equal => {}
            unequal => return unequal,
        }
    }
    left.len().cmp(&right.len())
}

/// Returns whether two texts are equal, ignoring ASCII case.
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    // Nearly all that is looked up is written as AWS writes it.
    left == right || (left.len() == right.len() && compare(left, right).is_eq())
}

/// Returns a hash that is equal for texts that differ in ASCII case only.
pub(crate) fn hash(text: &[u8]) -> u16 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    /// The bit by which letters differ in case; that others lose it as well does no harm.
    const CASE: u64 = u64::from_ne_bytes([0x20; WORD]);
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(29) ^ (word | CASE)).wrapping_mul(MULTIPLIER);
    let (words, _) = text.as_chunks::<WORD>();
    let hash = words.iter().fold(text.len() as u64, |hash, word| {
        mix(hash, u64::from_le_bytes(*word))
    });
    // All letters have a part in the highest bits of a product.
    let [highest, next, ..] = mix(hash, last_word(text)).to_be_bytes();
    u16::from_be_bytes([highest, next])
}

/// Returns the last eight bytes of a text as a number, or all there are.
fn last_word(text: &[u8]) -> u64 {
    match text.last_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => text
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// Returns whether a text begins with a prefix, ignoring ASCII case.
pub(crate) fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Splits a glob before its first `*` or `?`.
pub(crate) fn split_literal(pattern: &[u8]) -> (&[u8], &[u8]) {
    let end = pattern
        .iter()
        .position(|byte| is_wildcard(*byte))
        .unwrap_or(pattern.len());
    pattern.split_at(end)
}

fn is_wildcard(byte: u8) -> bool {
    matches!(byte, b'*' | b'?')
}

/// Returns whether a glob matches a whole text: `*` any bytes, `?` one, ignoring ASCII case.
pub(crate) fn glob_matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at_pattern, mut at_text) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at_text) {
        match pattern.get(at_pattern) {
            Some(b'*') => {
                at_pattern += 1;
                retry = Some((at_pattern, at_text));
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(byte) => {
                at_pattern += 1;
                at_text += 1;
            }
            _ => match &mut retry {
                Some((after_star, start)) => {
                    *start += 1;
                    (at_pattern, at_text) = (*after_star, *start);
                }
                None => return false,
            },
        }
    }
    pattern[at_pattern..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, with exponential cost.
    fn naive(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some((b'*', rest)), None) => naive(rest, text),
            (Some((b'*', rest)), Some((_, tail))) => naive(rest, text) || naive(pattern, tail),
            (Some((b'?', rest)), Some((_, tail))) => naive(rest, tail),
            (Some((wanted, rest)), Some((byte, tail))) => {
                wanted.eq_ignore_ascii_case(byte) && naive(rest, tail)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn globs_agree_with_the_definition(pattern in "[abA*?]{0,8}", text in "[abB]{0,10}") {
            let expected = naive(pattern.as_bytes(), text.as_bytes());
            prop_assert_eq!(glob_matches(pattern.as_bytes(), text.as_bytes()), expected);
        }

        #[test]
        fn lowers_as_one_byte_does(bytes in any::<[u8; WORD]>()) {
            let expected = bytes.map(|byte| byte.to_ascii_lowercase());
            prop_assert_eq!(lower(u64::from_be_bytes(bytes)), u64::from_be_bytes(expected));
        }

        #[test]
        fn is_equal_in_any_case(left in "[aAb]{0,3}[aAbZ@`]{0,20}", right in "[aAb]{0,3}") {
            let upper = left.to_ascii_uppercase();
            prop_assert!(equal(left.as_bytes(), upper.as_bytes()));
            prop_assert_eq!(hash(left.as_bytes()), hash(upper.as_bytes()));
            let expected = left.eq_ignore_ascii_case(&right);
            prop_assert_eq!(equal(left.as_bytes(), right.as_bytes()), expected);
        }

        #[test]
        fn compares_as_lower_case(left in "[aAbZ_]{0,20}", right in "[aAbZ_]{0,20}") {
            let expected = left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase());
            prop_assert_eq!(compare(left.as_bytes(), right.as_bytes()), expected);
        }
    }

    #[test]
    fn a_hostile_glob_stays_cheap() {
        let pattern = "*a".repeat(200) + "b";
        assert!(!glob_matches(
            pattern.as_bytes(),
            "a".repeat(2_000).as_bytes()
        ));
    }
}
