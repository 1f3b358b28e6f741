//! Why something is not an answer to its question.

use crate::render::RenderProblem;

/// What is wrong with an answer. No problem shows the text of a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    /// It is not a whole number of 64 bits.
    #[error("`{0}` is not a whole number")]
    NotInt(String),
    /// It is not a finite number.
    #[error("`{0}` is not a number")]
    NotFloat(String),
    /// It is neither yes nor no.
    #[error("`{0}` is neither `yes` nor `no`")]
    NotBool(String),
    /// It is none of the choices.
    #[error("`{value}` is not one of {known}")]
    NotAChoice {
        /// What was answered.
        value: String,
        /// The choices, in backticks.
        known: String,
    },
    /// A list has an entry without text.
    #[error("an entry of the list is empty")]
    EmptyEntry,
    /// A list has an entry twice.
    #[error("`{0}` is in the list twice")]
    DuplicateEntry(String),
    /// A list has too many entries.
    #[error("the list has more than {0} entries")]
    LongList(usize),
    /// The text is too long.
    #[error("it has more than {0} bytes")]
    LongText(usize),
    /// The text has a control character other than a line break or a tab.
    #[error("it has a control character")]
    Control,
    /// The text has a character that cannot be seen or turns the direction of the text.
    #[error("it has an invisible character")]
    Invisible,
    /// Data of another type.
    #[error("it must be {expected}, not {found}")]
    WrongType {
        /// What the question takes.
        expected: &'static str,
        /// What was given.
        found: &'static str,
    },
    /// It does not match the pattern of the question.
    #[error("it does not match `{0}`")]
    Pattern(String),
    /// The condition of the question does not hold for it.
    #[error("it is not allowed here")]
    NotValid,
    /// It does not fit, and the template says how it should be.
    #[error("{0}")]
    Message(String),
    /// An expression of the question failed.
    #[error("the template's expression fails: {0}")]
    Expression(RenderProblem),
}

/// Returns a typed text as it can stand in an error.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let printable = text.chars().filter(|letter| !letter.is_control());
    let mut shown: String = printable.clone().take(MOST).collect();
    if printable.count() > MOST {
        shown.push('…');
    }
    shown
}
