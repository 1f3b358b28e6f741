//! What can be wrong with a JSON text.

use std::fmt;

use perk_diag::Span;

/// The first place at which a text stops being JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub syntax: Syntax,
    /// Where.
    pub span: Span,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// The text ends inside a value that began at the given offset.
    UnexpectedEnd {
        /// What was open, in words.
        inside: &'static str,
    },
    /// Something else was expected.
    Expected {
        /// What, in words.
        expected: &'static str,
    },
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comment.
    Comment,
    /// A raw control character in a string.
    ControlCharacter(u8),
    /// An escape sequence that JSON does not have, or half a surrogate pair.
    InvalidEscape,
    /// A string in single or typographic quotes.
    WrongQuote,
    /// A number that JSON does not allow: a leading zero, a bare dot.
    InvalidNumber,
    /// Brackets deeper than the parser's limit.
    TooDeep,
    /// More values in one document than the parser's limit.
    TooManyValues,
    /// A key that stands twice in one object.
    DuplicateKey(String),
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd { inside } => write!(f, "the text ends inside {inside}"),
            Self::Expected { expected } => write!(f, "expected {expected}"),
            Self::TrailingComma => f.write_str("JSON allows no comma before a closing bracket"),
            Self::Comment => f.write_str("JSON has no comments"),
            Self::ControlCharacter(byte) => {
                write!(f, "control character U+{byte:04X} in a string")
            }
            Self::InvalidEscape => f.write_str("invalid escape sequence"),
            Self::WrongQuote => f.write_str("strings are written in double quotes (\")"),
            Self::InvalidNumber => f.write_str("invalid number"),
            Self::TooDeep => {
                write!(
                    f,
                    "values are nested more than {} levels deep",
                    super::MAX_DEPTH
                )
            }
            Self::TooManyValues => {
                write!(f, "the document has more than {} values", super::MAX_VALUES)
            }
            Self::DuplicateKey(key) => write!(f, "the key `{key}` stands twice in one object"),
        }
    }
}
