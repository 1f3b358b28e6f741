//! What a run of perk left behind, in a form for snapshots.

use std::fmt;
use std::process::Output;
use std::sync::LazyLock;

use camino::Utf8Path;
use regex::Regex;

static DURATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b\d+(\.\d+)?\s?(µs|ms|s)\b").expect("a valid pattern"));

/// Exit code and output of a finished run, with what differs from run to run replaced:
/// `[TEMP]`, `[VERSION]`, `[DURATION]`.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code; none when a signal ended the process.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Outcome {
    pub(crate) fn new(output: Output, root: &Utf8Path) -> Self {
        let text = |bytes: Vec<u8>| filtered(&String::from_utf8_lossy(&bytes), root);
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Returns standard output of a run that must have succeeded.
    #[track_caller]
    pub fn data(self) -> String {
        assert_eq!(self.code, Some(0), "{self}");
        self.stdout
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit code: {code}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        write!(f, "----- stdout -----\n{}", self.stdout)?;
        write!(f, "----- stderr -----\n{}", self.stderr)
    }
}

fn filtered(text: &str, root: &Utf8Path) -> String {
    let text = text
        .replace(root.as_str(), "[TEMP]")
        .replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
    DURATION.replace_all(&text, "[DURATION]").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_changes_and_nothing_else() {
        let text = filtered(
            "/tmp/x y/a took 1.25 s, 3ms; s3:Get 12 sets",
            "/tmp/x y".into(),
        );
        assert_eq!(text, "[TEMP]/a took [DURATION], [DURATION]; s3:Get 12 sets");
    }
}
