//! A git repository for a new project.

use std::process::{Command, Stdio};

use camino::Utf8Path;

use super::{NewArgs, Prepared};

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

#[expect(
    clippy::disallowed_methods,
    reason = "there is no crate for running programs yet"
)]
fn init(folder: &Utf8Path, is_asked: bool) -> Repository {
    let output = Command::new("git")
        .args(["init", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Repository::Made,
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            let last = text.lines().rfind(|line| !line.trim().is_empty());
            Repository::Failed(last.unwrap_or("it failed without a word").to_owned())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Repository::NoGit { is_asked }
        }
        Err(error) => Repository::Failed(error.to_string()),
    }
}
