//! What goes wrong with trust and hooks.

use std::io;

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};
use perk_process::ProcessError;

/// A hook may not run, or has failed.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file of trusted hooks cannot be read or written.
    #[error("cannot {action} `{path}`")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The path.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody else could have written the file.
    #[error("`{path}` can be written by others than you, so that nothing in it is trusted")]
    Exposed {
        /// The path.
        path: Utf8PathBuf,
    },
    /// The file is not what perk writes.
    #[error("`{path}` is damaged: {message}")]
    Damaged {
        /// The path.
        path: Utf8PathBuf,
        /// What is wrong, on one line.
        message: String,
    },
    /// A newer perk has written the file.
    #[error("`{path}` was written by a newer perk")]
    Newer {
        /// The path.
        path: Utf8PathBuf,
    },
    /// Hooks are not trusted.
    #[error("the template runs programs that are not trusted here: `{}`", commands.join("`, `"))]
    NotTrusted {
        /// Their commands.
        commands: Vec<String>,
    },
    /// A hook runs before there are files, and names a program among them.
    #[error(
        "the hook `{command}` runs before anything is written, so `{program}` cannot be a file of the template"
    )]
    NotYetThere {
        /// The command.
        command: String,
        /// The program.
        program: String,
    },
    /// A hook has failed.
    #[error("the hook `{command}` has failed")]
    Hook {
        /// The command.
        command: String,
        /// How.
        source: ProcessError,
    },
}

impl TrustError {
    /// Returns whether a hook ended since perk was told to end.
    pub fn is_interruption(&self) -> bool {
        let Self::Hook { source, .. } = self else {
            return false;
        };
        matches!(source, ProcessError::Interrupted { .. })
    }

    pub(super) fn io(
        action: &'static str,
        path: impl Into<Utf8PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

impl Explain for TrustError {
    fn class(&self) -> Class {
        match self {
            Self::NotTrusted { .. } | Self::NotYetThere { .. } => Class::User,
            _ => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::Exposed { path } => format!("look through it, then run `chmod 600 {path}`"),
            Self::Damaged { path, .. } => {
                format!("mend `{path}`, or remove it and give trust anew")
            }
            Self::Newer { .. } => "use that perk, or a newer one".to_owned(),
            Self::NotTrusted { .. } => {
                "read the template, and if you trust it pass `--trust`".to_owned()
            }
            Self::Hook { source, .. } => return source.hints(),
            Self::Io { .. } | Self::NotYetThere { .. } => return Vec::new(),
        };
        vec![Hint::new(hint)]
    }
}
