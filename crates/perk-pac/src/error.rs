//! What goes wrong with a script.

use std::io;
use std::time::Duration;

use perk_diag::{Class, Explain, Hint};

/// A script cannot be evaluated, or gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum PacFault {
    /// It is longer than any that was written by hand.
    #[error("the script has {length} bytes, more than {limit}")]
    TooLong {
        /// Its length.
        length: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// It fails.
    #[error("{}{message}", line.map_or_else(String::new, |line| format!("line {line}: ")))]
    Script {
        /// The number of the line, where it is known.
        line: Option<u32>,
        /// What the engine says.
        message: String,
    },
    /// It does not come to an end.
    #[error("the script did not end within {} s", limit.as_secs_f64())]
    TimedOut {
        /// How long it was given.
        limit: Duration,
    },
    /// It needs too much memory.
    #[error("the script needs more than {} MiB of memory", limit >> 20)]
    OutOfMemory {
        /// The most that is allowed, in bytes.
        limit: usize,
    },
    /// It has no function to ask.
    #[error("the script has no function `FindProxyForURL`")]
    NoFunction,
    /// Its answer is no text.
    #[error("the script answers with something that is no text")]
    NotText,
    /// Its answer names no way that is understood.
    #[error("the script answers `{}`, which names no proxy", answer.escape_debug())]
    NoRoute {
        /// The answer, or its beginning.
        answer: String,
    },
    /// There can be no thread or no engine for it.
    #[error("cannot start the engine for the script")]
    Engine {
        /// What the system said.
        source: io::Error,
    },
}

impl Explain for PacFault {
    fn class(&self) -> Class {
        match self {
            Self::Engine { .. } => Class::Environment,
            _ => Class::Config,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Engine { .. } => Vec::new(),
            _ => vec![Hint::new(
                "tell whoever keeps the script, and name the proxy itself until it is mended",
            )],
        }
    }
}
