//! How much a script may use.

use std::time::Duration;

/// What a script may use before it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time for the script itself, and for each question to it.
    pub time: Duration,
    /// The memory, in bytes.
    pub memory: usize,
    /// The length of the script, in bytes.
    pub script: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(2),
            memory: 32 << 20,
            script: 1 << 20,
        }
    }
}
