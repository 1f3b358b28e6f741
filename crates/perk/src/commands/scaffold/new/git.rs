//! A git repository for a new project.

use std::error::Error as _;
use std::time::Duration;

use camino::Utf8Path;
use perk_process::{Captured, ProcessError, SearchPath};

use super::{NewArgs, Prepared};

/// How long git may take, which has little to do.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Variables by which git would work on another repository, set when git has started perk.
const OTHER_REPOSITORY: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// What became of the wish for a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Repository {
    /// None was wished.
    NotWished,
    /// The folder is in one already.
    ThereAlready,
    /// It is made.
    Made,
    /// git is not installed.
    NoGit {
        /// Whether somebody asked for it.
        is_asked: bool,
    },
    /// git says why not.
    Failed(String),
}

/// Makes a repository of a folder that has just been written, where that is wished.
pub(super) fn make(arguments: &NewArgs, prepared: &Prepared<'_>) -> Repository {
    let is_wished = arguments.git || (prepared.is_new && !arguments.no_git);
    let folder = &prepared.destination.path;
    if !is_wished {
        Repository::NotWished
    } else if is_in_repository(folder) {
        Repository::ThereAlready
    } else {
        init(folder, arguments.git)
    }
}

fn is_in_repository(folder: &Utf8Path) -> bool {
    let Ok(folder) = folder.canonicalize_utf8() else {
        return false;
    };
    let mut folders = folder.ancestors();
    folders.any(|folder| folder.join(".git").symlink_metadata().is_ok())
}

fn init(folder: &Utf8Path, is_asked: bool) -> Repository {
    let outcome = SearchPath::of_process()
        .find("git", "make a repository")
        .and_then(|git| {
            git.invocation("make a repository")
                .arguments(["init", "--quiet"])
                .without_variables(OTHER_REPOSITORY.iter().copied())
                .folder(folder)
                .time_limit(TIME_LIMIT)
                .capture()
        })
        .and_then(Captured::success);
    match outcome {
        Ok(_) => Repository::Made,
        Err(ProcessError::NotFound { .. }) => Repository::NoGit { is_asked },
        Err(error) => Repository::Failed(match error.source() {
            Some(cause) => cause.to_string(),
            None => error.to_string(),
        }),
    }
}
