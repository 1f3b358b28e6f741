//! How a command fails: any explained error, on its way to the user.

use std::error::Error;

use perk_diag::{Class, Explain, Hint};
use perk_term::OutputError;

/// An error of a command. Findings are results, not errors.
#[derive(Debug)]
pub(crate) struct CommandError {
    class: Class,
    hints: Vec<Hint>,
    error: Box<dyn Error + Send + Sync>,
}

impl CommandError {
    /// Returns whose problem it is.
    pub(crate) fn class(&self) -> Class {
        self.class
    }

    /// Returns what the user can do.
    pub(crate) fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// Returns the messages of the error and of its causes, the error first.
    pub(crate) fn chain(&self) -> impl Iterator<Item = String> {
        messages(&*self.error)
    }

    /// Returns whether the reader of the data has gone, which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.error
            .downcast_ref::<OutputError>()
            .is_some_and(OutputError::is_broken_pipe)
    }
}

impl<E: Explain + Send + Sync + 'static> From<E> for CommandError {
    fn from(error: E) -> Self {
        Self {
            class: error.class(),
            hints: error.hints(),
            error: Box::new(error),
        }
    }
}

/// Returns the messages of an error and of its causes, the error first.
pub(crate) fn messages(error: &(dyn Error + 'static)) -> impl Iterator<Item = String> {
    std::iter::successors(Some(error), |&error| error.source()).map(ToString::to_string)
}
