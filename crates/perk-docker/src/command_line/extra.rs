//! Options that the table does not have and the user vouches for.

use crate::command_line::Takes;
use crate::error::CommandFault;

/// An option that the installed engine has, although the table does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraOption {
    /// The name, without dashes.
    pub name: String,
    /// Whether it takes a value.
    pub takes: Takes,
}

impl ExtraOption {
    /// Reads `NAME` for an option without a value and `NAME=` for one with a value; dashes before
    /// the name and a word for the value change nothing.
    pub fn parse(text: &str) -> Result<Self, CommandFault> {
        let (name, takes) = match text.split_once('=') {
            Some((name, _)) => (name, Takes::Value),
            None => (text, Takes::Flag),
        };
        let name = name.trim_start_matches('-');
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(CommandFault::ExtraOption {
                text: text.to_owned(),
            });
        }
        Ok(Self {
            name: name.to_owned(),
            takes,
        })
    }
}
