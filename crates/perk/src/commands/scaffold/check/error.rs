//! Why a template cannot be checked, which is not the same as what is wrong with it.

use std::io;

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};
use perk_process::ProcessError;

use crate::command_error::CommandError;

/// A check that cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckError {
    #[error("`{0}` is not an answer to a question, which has an `=`")]
    NoAnswer(String),
    #[error("`{path}` is not a folder")]
    NotAFolder { path: Utf8PathBuf },
    #[error("`{path}` is not empty")]
    NotEmpty { path: Utf8PathBuf },
    #[error("cannot {action} the folder `{path}`")]
    Folder {
        action: &'static str,
        path: Utf8PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot make a temporary folder")]
    Temporary(#[source] io::Error),
    #[error("cannot take note of signals")]
    Signals(#[source] io::Error),
    #[error("cannot run the check `{check}`")]
    Run {
        check: String,
        #[source]
        source: ProcessError,
    },
}

/// Why the checks did not come to their end.
#[derive(Debug)]
pub(super) enum Stop {
    /// Somebody wanted it so.
    Interrupted,
    /// Something is wrong.
    Failed(CommandError),
}

impl<E: Into<CommandError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Explain for CheckError {
    fn class(&self) -> Class {
        match self {
            Self::NoAnswer(_) | Self::NotAFolder { .. } | Self::NotEmpty { .. } => Class::User,
            _ => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::NoAnswer(_) => "write it as `--set KEY=ANSWER`".to_owned(),
            Self::NotEmpty { .. } => "name a folder that does not exist yet".to_owned(),
            Self::Temporary(_) => "set `TMPDIR`, or name a folder with `--keep`".to_owned(),
            Self::NotAFolder { .. } | Self::Folder { .. } | Self::Signals(_) | Self::Run { .. } => {
                return Vec::new();
            }
        };
        vec![Hint::new(hint)]
    }
}
