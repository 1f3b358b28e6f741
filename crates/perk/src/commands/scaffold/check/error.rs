//! Why a template cannot be checked, which is not the same as what is wrong with it.

use std::io;

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};

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
    #[error("the check `{check}` needs `{program}`, which is not installed")]
    Missing { check: String, program: String },
    #[error("cannot run `{program}` for the check `{check}`")]
    Start {
        check: String,
        program: String,
        #[source]
        source: io::Error,
    },
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
            Self::Missing { program, .. } => {
                format!("install `{program}` so that it is on your PATH, or leave `--run` out")
            }
            Self::Temporary(_) => "set `TMPDIR`, or name a folder with `--keep`".to_owned(),
            Self::NotAFolder { .. } | Self::Folder { .. } | Self::Start { .. } => {
                return Vec::new();
            }
        };
        vec![Hint::new(hint)]
    }
}
