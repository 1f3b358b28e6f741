//! What the process answers to its caller.

/// Exit codes of `perk`. They are part of its interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// All is well.
    Success = 0,
    /// The answer is no: findings, drift, conflicts, a failed task.
    No = 1,
    /// Wrong usage, configuration or input.
    Usage = 2,
    /// The environment lacks something: a program, credentials, a permission.
    Environment = 3,
    /// A bug of perk.
    Internal = 70,
    /// Interrupted by the user.
    Interrupted = 130,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
