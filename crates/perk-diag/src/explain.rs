//! What an error adds to its message: whose it is and what to do next.

use std::fmt;

use crate::ExitCode;

/// Whose problem an error is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// What the user typed or gave as input.
    User,
    /// A configuration file, variable or flag.
    Config,
    /// Something outside perk is missing or refused.
    Environment,
    /// A bug of perk.
    Internal,
}

impl Class {
    /// Returns the exit code of a command that failed with an error of this class.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::User | Self::Config => ExitCode::Usage,
            Self::Environment => ExitCode::Environment,
            Self::Internal => ExitCode::Internal,
        }
    }
}

/// An action that helps, commands in backticks: ``pass `--kind trust` ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint(String);

impl Hint {
    /// Creates a hint from its sentence, without a final period.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error that knows its class and what to do about it.
///
/// `Display` says one thing and never repeats the source; the renderer walks the chain.
pub trait Explain: std::error::Error {
    /// Returns whose problem this is.
    fn class(&self) -> Class;

    /// Returns what the user can do, most useful first.
    fn hints(&self) -> Vec<Hint> {
        Vec::new()
    }
}
