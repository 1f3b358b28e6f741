//! What goes wrong before a template is rendered, and the ways to stop.

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};
use perk_fs::FsError;
use perk_scaffold::{Manifest, ProjectError, ScaffoldError};
use perk_term::{OutputError, PromptError};

use super::NewArgs;
use super::destination;
use crate::command_error::CommandError;
use crate::settings::FolderError;

/// Why nothing is written.
#[derive(Debug)]
pub(super) enum Stop {
    /// Somebody wanted it so.
    Interrupted,
    /// Something is wrong.
    Failed(CommandError),
}

/// The command cannot be carried out as it was typed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NewError {
    #[error("it is not said which folder to write to")]
    NoDestination {
        template: String,
        /// The question whose answer would be the folder, if there is one.
        key: Option<&'static str>,
    },
    #[error("`{0}` cannot be the name of a folder")]
    FolderName(String),
    #[error("`--set {0}` is no answer")]
    Set(String),
    #[error("cannot read the answers")]
    AnswersFile(#[source] FsError),
    #[error("`{path}` has no answers that can be read")]
    AnswersSyntax {
        path: Utf8PathBuf,
        source: AnswersProblem,
    },
    #[error("no random number can be had from the system")]
    Random(#[source] std::io::Error),
}

/// What is wrong with a file of answers.
#[derive(Debug, thiserror::Error)]
pub(super) enum AnswersProblem {
    #[error(transparent)]
    Json(serde_json::Error),
    #[error("{message}{}", at(*line))]
    Toml {
        message: String,
        line: Option<usize>,
    },
}

fn at(line: Option<usize>) -> String {
    line.map(|line| format!(" at line {line}"))
        .unwrap_or_default()
}

impl NewError {
    pub(super) fn no_destination(arguments: &NewArgs, manifest: &Manifest) -> Self {
        Self::NoDestination {
            template: arguments.template.clone(),
            key: destination::is_asked(manifest).then_some(destination::KEY),
        }
    }
}

impl Explain for NewError {
    fn class(&self) -> Class {
        match self {
            Self::AnswersFile(error) => error.class(),
            Self::Random(_) => Class::Environment,
            _ => Class::User,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NoDestination { template, key } => {
                let folder =
                    format!("type it after the template: `perk scaffold new {template} FOLDER`");
                let answer = key
                    .map(|key| Hint::new(format!("or answer `--set {key}=…`, which is its name")));
                [Some(Hint::new(folder)), answer]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::FolderName(_) => vec![Hint::new("name another folder, after the template")],
            Self::Set(_) => vec![Hint::new("write it as `--set KEY=ANSWER`")],
            Self::AnswersFile(error) => error.hints(),
            Self::AnswersSyntax { .. } | Self::Random(_) => Vec::new(),
        }
    }
}

impl From<PromptError> for Stop {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => Self::Interrupted,
            error @ PromptError::Io(_) => Self::Failed(error.into()),
        }
    }
}

impl From<NewError> for Stop {
    fn from(error: NewError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<ScaffoldError> for Stop {
    fn from(error: ScaffoldError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<ProjectError> for Stop {
    fn from(error: ProjectError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<FolderError> for Stop {
    fn from(error: FolderError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<OutputError> for Stop {
    fn from(error: OutputError) -> Self {
        Self::Failed(error.into())
    }
}
