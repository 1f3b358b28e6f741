//! What goes wrong with templates, answers and writing.

use std::io;

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};

use crate::Place;
use crate::answers::AnswerProblem;
use crate::manifest::ManifestProblem;
use crate::path::PathFault;
use crate::render::{RenderFault, RenderProblem};

/// A template cannot be used, answers do not fit, or files cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The folder has no manifest.
    #[error("`{path}` is not a template: it has no `template.toml`")]
    NotATemplate {
        /// The folder, or what else the template came from.
        path: String,
    },
    /// A file or folder cannot be read or written.
    #[error("cannot {action} `{path}`")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The path.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is something in the template that is no file, folder or link.
    #[error("`{path}` is {kind}; a template has files, folders and links within `files` only")]
    SpecialFile {
        /// The path from the template's folder.
        path: String,
        /// What it is.
        kind: &'static str,
    },
    /// A name in the template is not UTF-8.
    #[error("`{path}` has a name that is not UTF-8")]
    Name {
        /// The path, as well as it can be shown.
        path: String,
    },
    /// A name in the template, or a target of a link, could trick a terminal or a reader.
    #[error("{path:?} has control or invisible characters")]
    Unprintable {
        /// The path or target.
        path: String,
    },
    /// A link that leads out of the template.
    #[error("the link `{path}` leads to `{target}`, which is not surely within `files`")]
    LinkOutside {
        /// The path of the link.
        path: String,
        /// Where it leads.
        target: String,
    },
    /// A rule for files that are not there.
    #[error("no file of the template matches the rule for `{pattern}`")]
    UnmatchedPattern {
        /// The pattern as written.
        pattern: String,
    },
    /// There is too much of something.
    #[error("{what} would be more than {limit}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The most that is allowed.
        limit: u64,
    },
    /// The manifest has a mistake.
    #[error("{place}: {problem}")]
    Manifest {
        /// Where it is.
        place: Place,
        /// What it is.
        problem: ManifestProblem,
    },
    /// A text with tags has a mistake.
    #[error("{place}: {problem}")]
    Render {
        /// Where it is.
        place: Place,
        /// What it is.
        problem: RenderProblem,
    },
    /// An expression of the manifest fails for these answers.
    #[error("the template's expression for `{key}` fails")]
    Expression {
        /// The key of the question or the computed value.
        key: String,
        /// What is wrong.
        source: RenderFault,
    },
    /// The default of a question does not fit the question.
    #[error("the default of `{key}`, which is `{value}`, does not fit")]
    Default {
        /// The key of the question.
        key: String,
        /// The default as it would be typed.
        value: String,
        /// What is wrong with it.
        #[source]
        problem: AnswerProblem,
    },
    /// A computed value is not a text that may be used.
    #[error("the computed value `{key}` cannot be used")]
    Computed {
        /// The key.
        key: String,
        /// What is wrong with it.
        #[source]
        problem: AnswerProblem,
    },
    /// An answer does not fit its question.
    #[error("the answer to `{key}` does not fit")]
    Answer {
        /// The key of the question.
        key: String,
        /// What is wrong with it.
        #[source]
        problem: AnswerProblem,
    },
    /// An answer to something that is not asked at all.
    #[error("the template has no question `{key}`")]
    UnknownAnswer {
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// The keys of all questions.
        known: Vec<String>,
    },
    /// Questions without an answer.
    #[error("there is no answer to {}", in_backticks(keys))]
    Missing {
        /// The keys of the questions.
        keys: Vec<String>,
    },
    /// A rendered path cannot be written.
    #[error("`{from}` would be written to {to:?}, but {fault}")]
    Path {
        /// The path in the template.
        from: String,
        /// What its name rendered to.
        to: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// The name of one file renders to a path of several.
    #[error("`{from}` would be written to {to:?}: a name must not render to a slash")]
    Slash {
        /// The path in the template.
        from: String,
        /// What the name rendered to.
        to: String,
    },
    /// A secret would be seen in the name of a file.
    #[error("the name of `{from}` uses `{key}`, which is a secret")]
    SecretInPath {
        /// The path in the template.
        from: String,
        /// The key of the secret.
        key: String,
    },
    /// The template would write where only a write itself may.
    #[error("`{path}` is a name that writing keeps for itself")]
    Reserved {
        /// The path.
        path: String,
    },
    /// The destination is not a folder.
    #[error("`{path}` is not a folder")]
    NotAFolder {
        /// The destination.
        path: Utf8PathBuf,
    },
    /// The destination cannot be made.
    #[error("`{path}` cannot be made: it has no name, or `..` after a folder that does not exist")]
    Destination {
        /// The destination.
        path: Utf8PathBuf,
    },
    /// Another process writes there.
    #[error("another perk is writing to `{path}`")]
    Busy {
        /// The destination.
        path: Utf8PathBuf,
    },
    /// Files are there already and differ.
    #[error("{} there already, with other content", are(paths))]
    WouldReplace {
        /// The paths from the destination.
        paths: Vec<String>,
    },
    /// Something is there that cannot be replaced.
    #[error(
        "{} blocked by a folder, a link or a file that is there already",
        are(paths)
    )]
    InTheWay {
        /// The paths from the destination.
        paths: Vec<String>,
    },
    /// A write was cut off, and a file has changed since.
    #[error("a write was cut off and can be neither completed nor taken back, because of `{path}`")]
    Changed {
        /// The file.
        path: Utf8PathBuf,
        /// The folder that holds what was written and what was replaced.
        pending: Utf8PathBuf,
        /// What the system said, unless somebody has changed the file.
        source: Option<io::Error>,
    },
    /// Two paths that meet.
    #[error("{}", collision(first, second, *is_folder))]
    Collision {
        /// One of them.
        first: String,
        /// The other.
        second: String,
        /// Whether one of them is a folder.
        is_folder: bool,
        /// The files of the template that they come from, where they come from one.
        from: Vec<String>,
    },
}

fn collision(first: &str, second: &str, is_folder: bool) -> String {
    match (first == second, is_folder) {
        (true, false) => format!("`{first}` would be written twice"),
        (true, true) => format!("`{first}` would be both a file and a folder"),
        (false, true) => format!(
            "`{first}` and `{second}` are one path where case or Unicode form does not count, and one of them is a folder"
        ),
        (false, false) => format!(
            "`{first}` and `{second}` are one file where case or Unicode form does not count"
        ),
    }
}

fn are(paths: &[String]) -> String {
    const MOST: usize = 5;
    let verb = if paths.len() == 1 { "is" } else { "are" };
    match paths.get(..MOST) {
        Some(first) if paths.len() > MOST => {
            let more = paths.len() - MOST;
            format!("{} and {more} more are", in_backticks(first))
        }
        _ => format!("{} {verb}", in_backticks(paths)),
    }
}

fn in_backticks(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(", ")
}

fn flags(keys: &[String]) -> String {
    let flags: Vec<String> = keys.iter().map(|key| format!("`--set {key}=…`")).collect();
    flags.join(", ")
}

impl ScaffoldError {
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<Utf8PathBuf>,
        source: impl Into<io::Error>,
    ) -> Self {
        Self::Io {
            action,
            path: path.into(),
            source: source.into(),
        }
    }

    pub(crate) fn render(file: &str, fault: RenderFault) -> Self {
        Self::Render {
            place: Place {
                file: file.to_owned(),
                position: fault.position,
            },
            problem: fault.problem,
        }
    }
}

impl Explain for ScaffoldError {
    fn class(&self) -> Class {
        match self {
            Self::Io { .. } | Self::Busy { .. } | Self::Changed { .. } => Class::Environment,
            _ => Class::User,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::Manifest { problem, .. } => manifest_hint(problem),
            Self::Render { problem, .. } => render_hint(problem),
            Self::Expression { source, .. } => render_hint(&source.problem),
            Self::UnknownAnswer {
                nearest: Some(nearest),
                ..
            } => Some(did_you_mean(nearest)),
            Self::UnknownAnswer { known, .. } => {
                Some(format!("the questions are {}", in_backticks(known)))
            }
            Self::Missing { keys } => Some(format!(
                "answer with {}, or take the defaults with `--defaults`",
                flags(keys)
            )),
            Self::WouldReplace { .. } => Some(
                "see the differences with `--dry-run --diff`, or replace them with `--overwrite`"
                    .to_owned(),
            ),
            Self::Default { key, .. } => Some(format!("answer it with `--set {key}=…`")),
            Self::Collision { from, .. } if !from.is_empty() => {
                Some(format!("they come from {}", in_backticks(from)))
            }
            Self::InTheWay { .. } => {
                Some("move what is there, or write to another folder".to_owned())
            }
            Self::Changed { pending, .. } => Some(format!(
                "`new` and `old` in `{pending}` have both states: take what you need, then remove that folder"
            )),
            _ => None,
        };
        hint.map(Hint::new).into_iter().collect()
    }
}

pub(crate) fn manifest_hint(problem: &ManifestProblem) -> Option<String> {
    match problem {
        ManifestProblem::UnknownKey {
            nearest: Some(nearest),
            ..
        } => Some(did_you_mean(nearest)),
        ManifestProblem::UnknownKey { known, .. } => {
            let known: Vec<String> = known.iter().map(|&key| key.to_owned()).collect();
            Some(format!("the keys here are {}", in_backticks(&known)))
        }
        ManifestProblem::Expression(problem) => render_hint(problem),
        _ => None,
    }
}

pub(crate) fn render_hint(problem: &RenderProblem) -> Option<String> {
    match problem {
        RenderProblem::Undefined { outer: Some(outer), .. } => {
            Some(format!("within `each` or `with`, write `{outer}`"))
        }
        RenderProblem::Undefined { nearest: Some(nearest), .. }
        | RenderProblem::UnknownHelper { nearest: Some(nearest), .. } => Some(did_you_mean(nearest)),
        RenderProblem::NotATag | RenderProblem::Unterminated(_) => Some(
            "for text that has such marks itself, write `\\{{`, or give the file other `delimiters` by a rule".to_owned(),
        ),
        RenderProblem::NotText { kind: "a list", name } => {
            Some(format!("write `join {name} \", \"`, or a block with `#each {name}`"))
        }
        RenderProblem::Unrepeatable(name) => Some(format!(
            "compute it once: `[[computed]]` with `value = \"{{{{{name}}}}}\"`"
        )),
        _ => None,
    }
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}
