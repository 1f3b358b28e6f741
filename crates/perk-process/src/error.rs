//! What goes wrong with other programs.

use std::io;
use std::time::Duration;

use perk_diag::{Class, Explain, Hint};

use crate::Said;

/// A program could not be run, or did not do what it was run for.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// There is no such program.
    #[error("cannot find the program `{program}`, which is needed to {purpose}")]
    NotFound {
        /// What it was asked for by.
        program: String,
        /// What it is needed for.
        purpose: String,
    },
    /// The system would not start it or let it be watched.
    #[error("cannot run `{program}` to {purpose}")]
    Run {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
        /// What the system said.
        source: io::Error,
    },
    /// It ended with a failure.
    #[error("`{program}` failed to {purpose} ({ending})")]
    Failed {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
        /// Its exit code or signal, in words.
        ending: String,
        /// What it said itself, if anything.
        #[source]
        said: Option<Said>,
    },
    /// It took too long and was stopped.
    #[error("`{program}` did not {purpose} within {} s", limit.as_secs_f64())]
    TimedOut {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
        /// How long it was given.
        limit: Duration,
    },
    /// It wrote too much and was stopped.
    #[error("`{program}` wrote more than {limit} bytes when it was to {purpose}")]
    TooMuchOutput {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
        /// The most bytes that were allowed.
        limit: usize,
    },
    /// Perk was told to end, and so was the program.
    #[error("`{program}` was interrupted when it was to {purpose}")]
    Interrupted {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
    },
    /// The guard of the invocation had it stopped.
    #[error("`{program}` was stopped when it was to {purpose}: {reason}")]
    Stopped {
        /// The program.
        program: String,
        /// What it was run for.
        purpose: String,
        /// What the guard said.
        reason: String,
    },
}

impl Explain for ProcessError {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NotFound { program, .. } => vec![Hint::new(format!(
                "install `{program}`, or add its folder to `PATH`"
            ))],
            _ => Vec::new(),
        }
    }
}
