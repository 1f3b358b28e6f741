//! The one way in which writing data fails.

use std::io;

use perk_diag::{Class, Explain};

/// Standard output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
pub struct OutputError(#[from] io::Error);

impl OutputError {
    /// Returns whether the reader closed the pipe, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        self.0.kind() == io::ErrorKind::BrokenPipe
    }
}

impl From<serde_json::Error> for OutputError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.into())
    }
}

impl Explain for OutputError {
    fn class(&self) -> Class {
        Class::Environment
    }
}

impl Explain for crate::PromptError {
    fn class(&self) -> Class {
        Class::Environment
    }
}
