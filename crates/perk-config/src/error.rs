//! Mistakes in the configuration.

use perk_diag::{Class, Explain, Hint};

use crate::Place;

/// The configuration says something that perk does not understand.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not TOML.
    #[error("{place} is not valid TOML: {message}")]
    Syntax {
        /// Where reading stopped.
        place: Place,
        /// What the TOML parser said, on one line.
        message: String,
    },
    /// A key that perk does not have.
    #[error("unknown key `{key}` at {place}")]
    UnknownKey {
        /// The key with all tables before it.
        key: String,
        /// Where it stands.
        place: Place,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
        /// The keys that may stand there.
        known: &'static [&'static str],
    },
    /// A key that must be there is not.
    #[error("`{key}` is missing in the entry at {place}")]
    MissingKey {
        /// The key with all tables before it.
        key: &'static str,
        /// Where the entry begins.
        place: Place,
    },
    /// A value of the wrong type.
    #[error("`{key}` at {place} must be {expected}, not {found}")]
    WrongType {
        /// The key with all tables before it.
        key: String,
        /// Where the value stands.
        place: Place,
        /// The type that is needed.
        expected: &'static str,
        /// The type that is there.
        found: &'static str,
    },
    /// A word that is none of the words allowed.
    #[error("`{value}` is not a value of `{key}` ({place})")]
    UnknownWord {
        /// The key, variable or flag.
        key: String,
        /// What was written.
        value: String,
        /// Where: a place in a file, or the word `environment`.
        place: String,
        /// The words allowed.
        known: Vec<&'static str>,
    },
    /// A text that says nothing where it must say something.
    #[error("`{key}` at {place} must not be blank")]
    Blank {
        /// The key with all tables before it.
        key: &'static str,
        /// Where the value stands.
        place: Place,
    },
    /// A path pattern that is not one.
    #[error("`{pattern}` at {place} is not a path pattern")]
    InvalidPattern {
        /// What was written.
        pattern: String,
        /// Where the value stands.
        place: Place,
        /// What is wrong with it.
        source: globset::Error,
    },
    /// A source of templates with a name that cannot be typed.
    #[error("{name:?} at {place} is not the name of a source")]
    SourceName {
        /// What was written.
        name: String,
        /// Where it stands.
        place: Place,
    },
    /// A check that does not exist.
    #[error("unknown check `{code}` at {place}")]
    UnknownCheck {
        /// What was written.
        code: String,
        /// Where it stands.
        place: Place,
        /// The check that was probably meant.
        nearest: Option<String>,
    },
}

impl Explain for ConfigError {
    fn class(&self) -> Class {
        Class::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::UnknownKey {
                nearest: Some(nearest),
                ..
            } => vec![did_you_mean(nearest)],
            Self::UnknownKey { known, .. } => {
                vec![Hint::new(format!("the keys here are {}", list(known)))]
            }
            Self::MissingKey { key, .. } | Self::Blank { key, .. } => {
                vec![Hint::new(format!("say it with `{} = \"...\"`", last(key)))]
            }
            Self::UnknownWord { known, .. } => {
                vec![Hint::new(format!("use one of {}", list(known)))]
            }
            Self::UnknownCheck {
                nearest: Some(nearest),
                ..
            } => vec![did_you_mean(nearest)],
            Self::UnknownCheck { nearest: None, .. } => vec![Hint::new(
                "list the checks with `perk iam validate --list-checks`",
            )],
            Self::SourceName { .. } => vec![Hint::new(
                "a name begins with a letter, has lower-case letters, digits and hyphens only, \
                 and is not `built-in`",
            )],
            Self::Syntax { .. } | Self::WrongType { .. } | Self::InvalidPattern { .. } => {
                Vec::new()
            }
        }
    }
}

fn did_you_mean(name: &str) -> Hint {
    Hint::new(format!("did you mean `{name}`?"))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}
