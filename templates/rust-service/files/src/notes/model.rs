//! What a note is.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The number of a note.
pub type NoteId = i64;

const LONGEST_TEXT: usize = 10_000;
const LONGEST_PAGE: u16 = 100;

/// A stored note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its number.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// When it was written.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}

/// A text of 1 to 10,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NoteText(String);

/// The text is empty or too long.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a text has 1 to {LONGEST_TEXT} characters, none of them NUL")]
pub struct InvalidText;

impl TryFrom<String> for NoteText {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        let valid = (1..=LONGEST_TEXT).contains(&text.chars().count()) && !text.contains('\0');
        if valid {
            Ok(Self(text))
        } else {
            Err(InvalidText)
        }
    }
}

impl NoteText {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    after: NoteId,
    limit: u16,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            after: 0,
            limit: 20,
        }
    }
}

impl Page {
    /// Returns the number after which the page begins.
    pub fn after(self) -> NoteId {
        self.after
    }

    /// Returns how many notes the page holds at most.
    pub fn limit(self) -> u16 {
        self.limit.clamp(1, LONGEST_PAGE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_length() {
        for (text, valid) in [
            (String::new(), false),
            ("a".to_owned(), true),
            ("ä".repeat(10_000), true),
            ("a".repeat(10_001), false),
            ("a\0b".to_owned(), false),
        ] {
            assert_eq!(NoteText::try_from(text).is_ok(), valid);
        }
    }

    #[test]
    fn a_page_is_never_larger_than_a_hundred() {
        assert_eq!(
            Page {
                after: 0,
                limit: 5_000
            }
            .limit(),
            100
        );
        assert_eq!(Page { after: 0, limit: 0 }.limit(), 1);
    }
}
