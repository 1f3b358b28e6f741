//! What goes wrong with what a project keeps.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, Explain, Hint};

use super::FOLDER;
use super::folder::in_project;
use crate::path::PathFault;
use crate::{Place, ScaffoldError};

/// What a project keeps of its templates cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The folder was not made from a template.
    #[error("`{path}` has no record of a template")]
    NoRecord {
        /// The folder.
        path: Utf8PathBuf,
    },
    /// A file or folder cannot be read.
    #[error("cannot read `{path}`")]
    Io {
        /// The path.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something else stands where a file of perk should be.
    #[error("`{path}` is {kind}, not a file")]
    NotAFile {
        /// The path.
        path: Utf8PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// A file is larger than anything perk keeps.
    #[error("`{path}` is larger than {limit} bytes")]
    TooLarge {
        /// The path.
        path: Utf8PathBuf,
        /// The most that is allowed.
        limit: u64,
    },
    /// The record has a mistake.
    #[error("{place}: {problem}")]
    Record {
        /// Where it is.
        place: Place,
        /// What it is.
        problem: RecordProblem,
    },
    /// The files of a template as it made them are not there.
    #[error("`{path}` is not there, which has the files as the template made them")]
    NoPristine {
        /// The path of the archive.
        path: Utf8PathBuf,
    },
    /// The files of a template as it made them cannot be read.
    #[error("`{path}` cannot be used")]
    Pristine {
        /// The path of the archive.
        path: Utf8PathBuf,
        /// What is wrong with it.
        #[source]
        fault: PristineFault,
    },
    /// Two templates make one file.
    #[error("`{path}` belongs to the template `{template}` already")]
    TakenPath {
        /// The path.
        path: String,
        /// The template that made it.
        template: String,
    },
    /// The project has another template of the same name.
    #[error("the project has a template `{name}` already, from `{source_spec}`")]
    TakenName {
        /// The name.
        name: String,
        /// Where the one that is there came from.
        source_spec: String,
    },
    /// The files cannot be packed.
    #[error("the files cannot be packed to be kept")]
    Pack {
        /// What the packer said.
        source: io::Error,
    },
    /// The files that are kept cannot join the plan.
    #[error(transparent)]
    Plan(#[from] ScaffoldError),
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordProblem {
    /// It is not text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// It is not TOML, or a value has the wrong type, or a key is unknown.
    #[error("{0}")]
    Toml(String),
    /// It was written by a later perk.
    #[error("schema {0} is newer than this version of perk, which reads schema 1")]
    NewerSchema(i64),
    /// It has a schema that never was.
    #[error("schema {0} is not one")]
    UnknownSchema(i64),
    /// There is no template in it.
    #[error("it has no `[[template]]`")]
    Empty,
    /// The name of a template is not one.
    #[error("`{0}` is not the name of a template")]
    Name(String),
    /// Two templates have one name.
    #[error("the template `{0}` is there twice")]
    Twice(String),
    /// A path is not one that perk writes.
    #[error("{path:?} is not a path of a file: {fault}")]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// A sum is not one.
    #[error("`{0}` is not a SHA-256 sum")]
    Sum(String),
    /// A mode is not one that perk writes.
    #[error("`{0}` is not one of the modes `100644`, `100755` and `120000`")]
    Mode(String),
    /// A file has neither a sum nor a secret, or both.
    #[error("`{0}` needs either `sha256` or `secret = true`")]
    SumOrSecret(String),
    /// An answer has a type that no question has.
    #[error("the answer `{0}` is neither a text, a number, a boolean nor a list of texts")]
    Answer(String),
    /// There is too much in it.
    #[error("it has more than {0} files")]
    TooMany(usize),
}

/// What is wrong with an archive of files as a template made them.
#[derive(Debug, thiserror::Error)]
pub enum PristineFault {
    /// It is not an archive, or cut off, or damaged.
    #[error("it is damaged")]
    Damaged(#[source] io::Error),
    /// It holds too much.
    #[error("it holds more than {limit} {what}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The most that is allowed.
        limit: u64,
    },
    /// A path is not one that perk writes.
    #[error("it has a path {path:?} that is not safe: {fault}")]
    Path {
        /// The path, as well as it can be shown.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// A name or target is not UTF-8.
    #[error("it has a name that is not UTF-8")]
    Name,
    /// An entry is neither a file nor a link.
    #[error("`{0}` in it is neither a file nor a link")]
    Kind(String),
    /// A link leads out of the project.
    #[error("the link `{0}` in it leads out of the project")]
    LinkOutside(String),
    /// A path is there twice.
    #[error("`{0}` is in it twice")]
    Twice(String),
    /// A file of the record is not in it.
    #[error("`{0}` is in the record and not in it")]
    Missing(String),
    /// A file is in it that the record does not know.
    #[error("`{0}` is in it and not in the record")]
    Unknown(String),
    /// A file in it is not what the record says.
    #[error("`{0}` in it is not what the record says")]
    Different(String),
}

impl ProjectError {
    pub(super) fn io(path: impl Into<Utf8PathBuf>, source: impl Into<io::Error>) -> Self {
        Self::Io {
            path: path.into(),
            source: source.into(),
        }
    }

    /// Names the project in which a record has a mistake.
    pub(super) fn in_project(mut self, project: &Utf8Path) -> Self {
        if let Self::Record { place, .. } = &mut self {
            place.file = in_project(project, &place.file).into_string();
        }
        self
    }
}

impl Explain for ProjectError {
    fn class(&self) -> Class {
        match self {
            Self::Io { .. } => Class::Environment,
            Self::Pack { .. } => Class::Internal,
            Self::Plan(error) => error.class(),
            _ => Class::User,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::NoRecord { .. } => {
                "name a folder that `perk scaffold new` has made, or one above such folders"
                    .to_owned()
            }
            Self::Record {
                problem: RecordProblem::NewerSchema(_),
                ..
            } => "update perk".to_owned(),
            Self::Record { place, .. } => restore_hint(Utf8Path::new(&place.file)),
            Self::NoPristine { path } | Self::Pristine { path, .. } => restore_hint(path),
            Self::TakenName { .. } => {
                "if the template has moved, change its `source` in `.perk/scaffold.toml`".to_owned()
            }
            Self::Plan(error) => return error.hints(),
            _ => return Vec::new(),
        };
        vec![Hint::new(hint)]
    }
}

/// Returns how what perk wrote comes back from version control.
fn restore_hint(path: &Utf8Path) -> String {
    let own = path.ancestors().find(|folder| folder.ends_with(FOLDER));
    let git = match own.and_then(Utf8Path::parent) {
        Some(project) if project != "" => format!("git -C {project}"),
        _ => "git".to_owned(),
    };
    format!(
        "bring back what perk wrote: find the commit with `{git} log --oneline {FOLDER}`, then `{git} restore --source COMMIT {FOLDER}`"
    )
}
