//! What goes wrong on the way to a template.

use std::io;

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};
use perk_process::ProcessError;

use super::SpecFault;
use crate::ScaffoldError;

/// A template cannot be had from where it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The spec is none.
    #[error("`{spec}` names no source of templates: {fault}")]
    Spec {
        /// The spec, without credentials.
        spec: String,
        /// What is wrong with it.
        fault: SpecFault,
    },
    /// A source of the configuration cannot be used.
    #[error("the source `{name}` in `[scaffold.sources]` cannot be used")]
    Named {
        /// Its name.
        name: String,
        /// Why.
        source: Box<SourceError>,
    },
    /// A source of the configuration is itself a name.
    #[error("`{spec}` is a name; a source is a folder or a git repository")]
    NameOfName {
        /// What the name stands for.
        spec: String,
    },
    /// There is no template or source of this name.
    #[error("there is no template `{name}`")]
    UnknownName {
        /// The name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// A folder of the machine is not there.
    #[error("there is no folder `{path}`")]
    NoFolder {
        /// The folder.
        path: Utf8PathBuf,
    },
    /// The source holds several templates.
    #[error("`{spec}` holds several templates: {}", names.join(", "))]
    Several {
        /// The source.
        spec: String,
        /// The names of its templates.
        names: Vec<String>,
    },
    /// The source has no such folder.
    #[error("`{spec}` has no folder `{folder}` at commit {}", short(commit))]
    NoFolderInCommit {
        /// The source.
        spec: String,
        /// The folder.
        folder: String,
        /// The commit.
        commit: String,
    },
    /// The repository has no such branch, tag or commit.
    #[error("`{url}` has no branch or tag `{reference}`")]
    NoReference {
        /// The repository.
        url: String,
        /// What was asked for.
        reference: String,
        /// The commit that the name stood for when it was last seen.
        seen: Option<String>,
    },
    /// The repository has nothing in it.
    #[error("`{url}` has no commits")]
    NoCommits {
        /// The repository.
        url: String,
    },
    /// A name means two commits.
    #[error("`{reference}` is both a tag and a branch of `{url}`, and they differ")]
    Ambiguous {
        /// The repository.
        url: String,
        /// The name.
        reference: String,
    },
    /// What was asked for is no commit.
    #[error("`{reference}` of `{url}` is no commit")]
    NoCommit {
        /// The repository.
        url: String,
        /// The name.
        reference: String,
    },
    /// It was never fetched, and it must not be now.
    #[error("`{spec}` has never been fetched on this machine, and the network is not to be used")]
    NeverSeen {
        /// The source.
        spec: String,
    },
    /// The repository did not answer as git does.
    #[error("`{url}` gave an answer that makes no sense")]
    Answer {
        /// The repository.
        url: String,
    },
    /// The template contains another repository.
    #[error("`{path}` of the template is a submodule; templates have files of their own only")]
    Submodule {
        /// The path.
        path: String,
    },
    /// A file was too large to be fetched, or is not there.
    #[error("`{path}` of the template is larger than {limit} MiB")]
    LargeFile {
        /// The path.
        path: String,
        /// The most mebibytes of a file.
        limit: u64,
    },
    /// Git failed.
    #[error("cannot get `{spec}`")]
    Git {
        /// The source.
        spec: String,
        /// The repository.
        url: String,
        /// What happened.
        source: Box<ProcessError>,
    },
    /// Another process has held the cache for too long.
    #[error("another perk is fetching `{url}` and does not come to an end")]
    Busy {
        /// The repository.
        url: String,
    },
    /// What was fetched earlier cannot be read.
    #[error("what was fetched from `{url}` cannot be read from `{path}`")]
    Damaged {
        /// The repository.
        url: String,
        /// The repository in the cache.
        path: Utf8PathBuf,
        /// What happened, unless something is simply not there.
        source: Option<Box<ProcessError>>,
    },
    /// The cache cannot be used.
    #[error("cannot {action} `{path}`")]
    Cache {
        /// What was tried.
        action: &'static str,
        /// The path.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What was found is no template that can be used.
    #[error("cannot use the template `{spec}`")]
    Template {
        /// The source.
        spec: String,
        /// Why.
        source: Box<ScaffoldError>,
    },
}

impl SourceError {
    pub(super) fn cache(
        action: &'static str,
        path: impl Into<Utf8PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Cache {
            action,
            path,
            source,
        }
    }
}

/// Returns as much of a commit's id as people compare.
pub(super) fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

impl Explain for SourceError {
    fn class(&self) -> Class {
        match self {
            Self::Named { .. } | Self::NameOfName { .. } => Class::Config,
            Self::NeverSeen { .. }
            | Self::Answer { .. }
            | Self::Git { .. }
            | Self::Busy { .. }
            | Self::Damaged { .. }
            | Self::Cache { .. } => Class::Environment,
            Self::Template { source, .. } => source.class(),
            _ => Class::User,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::Spec { fault, .. } => fault.hint(),
            Self::Named { source, .. } => return source.hints(),
            Self::Template { source, .. } => return source.hints(),
            Self::Git { url, source, .. } => match **source {
                ProcessError::NotFound { .. } => return source.hints(),
                _ => Some(format!("see what `git ls-remote {url}` says")),
            },
            Self::UnknownName {
                nearest: Some(nearest),
                ..
            } => Some(format!("did you mean `{nearest}`?")),
            Self::UnknownName { .. } => {
                Some("list the templates with `perk scaffold list`".to_owned())
            }
            Self::NoFolder { path } if path.as_str().contains('#') => Some(
                "a branch or tag is named for a repository only: write `git+file:///…#…`"
                    .to_owned(),
            ),
            Self::NoReference {
                seen: Some(commit), ..
            } => Some(format!(
                "when it was last seen it was `{commit}`; to use that commit, write `#{commit}`"
            )),
            Self::NoReference { url, .. } => {
                Some(format!("list the names with `git ls-remote {url}`"))
            }
            Self::Ambiguous { reference, .. } => Some(format!(
                "write `#refs/tags/{reference}` or `#refs/heads/{reference}`"
            )),
            Self::NeverSeen { .. } => Some("run it once without `--offline`".to_owned()),
            Self::Damaged { path, .. } => {
                Some(format!("remove `{path}`, and it will be fetched again"))
            }
            Self::Busy { .. } => Some("try again in a minute".to_owned()),
            _ => None,
        };
        hint.map(Hint::new).into_iter().collect()
    }
}
