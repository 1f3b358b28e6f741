//! What can be wrong with a manifest.

use crate::render::RenderProblem;

/// What is wrong at a place of `template.toml`.
#[derive(Debug, thiserror::Error)]
pub enum ManifestProblem {
    /// The file is not TOML, or a value has the wrong type.
    #[error("{0}")]
    Toml(String),
    /// A key that the table does not have.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The key with the tables before it.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// The keys that may stand there.
        known: &'static [&'static str],
    },
    /// The file is for another version of perk.
    #[error("schema {0} is not known to this version, which reads schema 1")]
    Schema(i64),
    /// A name or key that is not one.
    #[error("`{name}` is not a {what}, which is {form}")]
    Name {
        /// What was written.
        name: String,
        /// What it should be.
        what: &'static str,
        /// How that is written.
        form: &'static str,
    },
    /// A key that has a meaning already.
    #[error("`{0}` cannot be a key: it has a meaning in templates already")]
    TakenKey(String),
    /// Two things of one name.
    #[error("`{0}` is there twice")]
    Duplicate(String),
    /// A word that is none of the words allowed.
    #[error("`{word}` is not one of {known}")]
    UnknownWord {
        /// What was written.
        word: String,
        /// The words allowed, in backticks.
        known: String,
    },
    /// A text that says nothing where it must say something.
    #[error("`{0}` must not be empty")]
    Empty(&'static str),
    /// A text with characters that could trick a terminal or a reader.
    #[error("`{0}` has control or invisible characters")]
    Unprintable(&'static str),
    /// A setting that the type of the question does not have.
    #[error("a question of type `{kind}` has no `{key}`")]
    NotForType {
        /// The type of the question.
        kind: &'static str,
        /// The setting.
        key: &'static str,
    },
    /// A choice question without choices.
    #[error("a question of type `{0}` needs `choices`")]
    NoChoices(&'static str),
    /// The default is not an answer to its own question.
    #[error("the default {0}")]
    Default(String),
    /// A default that would show or keep a secret.
    #[error("it uses `{0}`, which is a secret")]
    UsesSecret(String),
    /// A regular expression that is not one.
    #[error("the pattern is not a regular expression: {0}")]
    Pattern(String),
    /// A path pattern that is not one.
    #[error("`{pattern}` is not a path pattern: {problem}")]
    Glob {
        /// What was written.
        pattern: String,
        /// What is wrong with it.
        problem: String,
    },
    /// An expression or a condition that cannot work.
    #[error("the expression cannot work: {0}")]
    Expression(RenderProblem),
    /// `message` without anything that can fail.
    #[error("`message` is said when `pattern` or `valid` fails, and there is neither")]
    UselessMessage,
    /// A rule that does nothing.
    #[error("a rule needs `when`, `delimiters` or `each`")]
    IdleRule,
    /// Delimiters that cannot be told apart or are too long.
    #[error(
        "delimiters are two different marks of two punctuation characters, as in [\"[[\", \"]]\"]"
    )]
    Delimiters,
    /// `each` with something that is no list.
    #[error("`{0}` is not the key of a question of type `list` or `choices`")]
    NotAList(String),
    /// There is too much of something.
    #[error("there are more than {limit} {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The most that is allowed.
        limit: usize,
    },
}
