//! What a program left behind.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use crate::{ProcessError, Said};

/// What a program wrote, and how it ended.
#[derive(Debug)]
pub struct Captured {
    /// Its standard output.
    pub stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) status: ExitStatus,
    pub(crate) program: String,
    pub(crate) purpose: String,
}

/// All that a program wrote, and how it ended.
#[derive(Debug)]
pub struct Transcript {
    /// What it wrote to both of its streams, as it came.
    pub output: Vec<u8>,
    /// Whether it succeeded; what it said is in the output only.
    pub outcome: Result<(), ProcessError>,
}

impl Captured {
    /// Returns its exit code, unless a signal ended it.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// Returns its standard output if it succeeded.
    pub fn success(self) -> Result<Vec<u8>, ProcessError> {
        check(self.status, &self.program, &self.purpose, &self.stderr)?;
        Ok(self.stdout)
    }
}

/// Fails if a program did.
pub(crate) fn check(
    status: ExitStatus,
    program: &str,
    purpose: &str,
    stderr: &[u8],
) -> Result<(), ProcessError> {
    if status.success() {
        return Ok(());
    }
    let ending = match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "no exit code".to_owned(),
    };
    Err(ProcessError::Failed {
        program: program.to_owned(),
        purpose: purpose.to_owned(),
        ending,
        said: Said::parse(stderr),
    })
}
