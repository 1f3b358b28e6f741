//! What is wrong with a command line, or keeps a command from being written down.

use std::ffi::OsString;

use perk_diag::{Class, Explain, Hint};

use crate::engine::Engine;

/// A command line that the engine would refuse, or that cannot be understood for certain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandFault {
    /// The table has no such option.
    #[error("`{option}` is not an option of `{engine} run`")]
    UnknownOption {
        /// The engine.
        engine: Engine,
        /// The option, with dashes and without its value.
        option: String,
        /// The option that was perhaps meant.
        nearest: Option<String>,
    },
    /// No option has the letter.
    #[error("{} is not an option of `{engine} run`", letter_in(*letter, word))]
    UnknownLetter {
        /// The engine.
        engine: Engine,
        /// The letter.
        letter: char,
        /// The word that it is in.
        word: OsString,
        /// The option that was perhaps meant.
        nearest: Option<String>,
    },
    /// An option that needs a value is the last word.
    #[error("`{option}` needs a value, and nothing follows it")]
    NoValue {
        /// The option, with dashes.
        option: String,
    },
    /// A yes-or-no option is given something else.
    #[error("`{option}` is either true or false, not `{}`", value.to_string_lossy())]
    NotABoolean {
        /// The option, with dashes.
        option: String,
        /// What it was given.
        value: OsString,
    },
    /// A word begins like an option and has no name.
    #[error("`{}` is not an option", word.to_string_lossy())]
    NotAnOption {
        /// The word.
        word: OsString,
    },
    /// There are options only.
    #[error("the image to run is missing")]
    NoImage {
        /// The engine.
        engine: Engine,
    },
    /// The first word that is no option cannot be an image.
    #[error("`{}` stands where the image should be", word.to_string_lossy())]
    NotAnImage {
        /// The word.
        word: OsString,
    },
    /// An option that the user vouches for has no proper name.
    #[error("`{text}` is not the name of an option")]
    ExtraOption {
        /// What was written.
        text: String,
    },
}

impl Explain for CommandFault {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::UnknownOption {
                engine,
                option,
                nearest,
            } => {
                let name = option.trim_start_matches('-');
                let allow = format!(
                    "if your `{engine}` has it, pass `--allow-unknown {name}` before it, or \
                     `--allow-unknown {name}=` if it takes a value"
                );
                did_you_mean(nearest.as_deref())
                    .into_iter()
                    .chain([Hint::new(allow)])
                    .collect()
            }
            Self::UnknownLetter { nearest, .. } => {
                did_you_mean(nearest.as_deref()).into_iter().collect()
            }
            Self::NoImage { .. } | Self::NotAnImage { .. } => vec![Hint::new(
                "options come first, then the image: `perk docker-run -it alpine sh`",
            )],
            Self::NoValue { .. }
            | Self::NotABoolean { .. }
            | Self::NotAnOption { .. }
            | Self::ExtraOption { .. } => Vec::new(),
        }
    }
}

fn letter_in(letter: char, word: &OsString) -> String {
    let word = word.to_string_lossy();
    let alone = format!("`-{letter}`");
    if word == alone.trim_matches('`') {
        alone
    } else {
        format!("{alone} in `{word}`")
    }
}

fn did_you_mean(nearest: Option<&str>) -> Option<Hint> {
    Some(Hint::new(format!("did you mean `{}`?", nearest?)))
}

/// A command that cannot be written in a form, although it could be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderFault {
    /// A word is not text.
    #[error("`{}` is not UTF-8 and cannot be written as text", word.to_string_lossy())]
    NotText {
        /// The word.
        word: OsString,
    },
}

impl Explain for RenderFault {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(
            "pass `--exec`, which runs the command and needs no text",
        )]
    }
}
