//! Which letters stand in a name: a quick no before a pattern is held against it.

/// The letters of a text, whatever their case; other characters count as some letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterSet(u32);

impl LetterSet {
    /// Returns the letters of a name.
    pub fn of_name(name: &[u8]) -> Self {
        Self::of(name.iter().copied())
    }

    /// Returns the letters that every name has that a pattern matches.
    pub fn of_pattern(pattern: &[u8]) -> Self {
        let is_literal = |byte: &u8| !matches!(byte, b'*' | b'?');
        Self::of(pattern.iter().copied().filter(is_literal))
    }

    /// Tells whether all letters of another set are among these.
    pub fn has_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        // The five lowest bits of a letter are the same in both cases.
        Self(bytes.fold(0, |letters, byte| letters | 1 << (byte & 31)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::glob_matches;

    proptest! {
        #[test]
        fn what_matches_has_the_letters(pattern in "[abA*?:]{0,8}", name in "[abAB:]{0,8}") {
            let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
            let may_match = LetterSet::of_name(name).has_all(LetterSet::of_pattern(pattern));
            prop_assert!(may_match || !glob_matches(pattern, name));
        }
    }

    #[test]
    fn names_lack_letters() {
        let (name, pattern) = (LetterSet::of_name(b"GetObject"), LetterSet::of_pattern);
        assert!(name.has_all(pattern(b"*obj*T")) && !name.has_all(pattern(b"*s*")));
    }
}
