//! The projects in some folders, each looked at by the thread that finds it.

use std::io;
use std::path::Path;
use std::sync::mpsc::{self, Sender};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder, WalkState};
use perk_diag::{Class, Explain};
use perk_scaffold::{ProjectError, ProjectStatus, RECORD_FILE};

use super::LookedAt;

/// Looks at a project.
pub(super) type Look<'l> = &'l (dyn Fn(&Utf8Path) -> Result<ProjectStatus, ProjectError> + Sync);

/// A part of a folder cannot be searched.
#[derive(Debug, thiserror::Error)]
enum SearchError {
    #[error("`{0}` does not exist")]
    Missing(Utf8PathBuf),
    #[error("cannot search for projects")]
    Walk(#[source] ignore::Error),
    #[error("the name of the project's folder is not UTF-8: `{0}`")]
    Name(String),
}

impl Explain for SearchError {
    fn class(&self) -> Class {
        match self {
            Self::Missing(_) => Class::User,
            Self::Walk(_) | Self::Name(_) => Class::Environment,
        }
    }
}

/// Looks at every project in the folders, which may be projects themselves; sorted by path.
pub(super) fn search(
    folders: &[Utf8PathBuf],
    look: Look<'_>,
    mut on_each: impl FnMut(),
) -> Vec<LookedAt> {
    let Some((first, others)) = folders.split_first() else {
        return Vec::new();
    };
    let mut walk = WalkBuilder::new(first);
    for folder in others {
        walk.add(folder);
    }
    // What somebody ignores above the folders says nothing about what is to be searched.
    let walk = walk.parents(false).build_parallel();
    let (sender, receiver) = mpsc::channel();
    let mut projects: Vec<LookedAt> = std::thread::scope(|scope| {
        scope.spawn(move || {
            walk.run(|| {
                let sender = sender.clone();
                Box::new(move |entry| visit(entry, look, &sender))
            });
        });
        receiver.iter().inspect(|_| on_each()).collect()
    });
    projects.sort_by(|left, right| left.path.cmp(&right.path));
    projects.dedup_by(|left, right| left.path == right.path);
    projects
}

/// Returns the folders in which no project was found.
pub(super) fn without_projects<'f>(
    folders: &'f [Utf8PathBuf],
    projects: &[LookedAt],
) -> Vec<&'f Utf8Path> {
    let is_in = |project: &LookedAt, folder: &Utf8Path| {
        folder.as_str().is_empty() || project.path == "." || project.path.starts_with(folder)
    };
    let folders = folders.iter().map(Utf8PathBuf::as_path);
    folders
        .filter(|folder| {
            let folder = without_dot(folder);
            !projects.iter().any(|project| is_in(project, folder))
        })
        .collect()
}

fn visit(
    entry: Result<DirEntry, ignore::Error>,
    look: Look<'_>,
    sender: &Sender<LookedAt>,
) -> WalkState {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            // The receiver lives until all senders are gone.
            let _ = unsearchable(error).map(|failed| sender.send(failed));
            return WalkState::Continue;
        }
    };
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let is_named = entry.depth() == 0;
    if !(is_folder || is_named) || !has_record(entry.path()) {
        return WalkState::Continue;
    }
    let _ = sender.send(looked_at(entry.path(), look));
    if is_named {
        WalkState::Skip
    } else {
        WalkState::Continue
    }
}

fn has_record(folder: &Path) -> bool {
    folder.join(RECORD_FILE).symlink_metadata().is_ok()
}

fn looked_at(path: &Path, look: Look<'_>) -> LookedAt {
    let Some(path) = Utf8Path::from_path(path) else {
        let path = path.to_string_lossy().into_owned();
        return LookedAt {
            path: path.clone().into(),
            outcome: Err(SearchError::Name(path).into()),
        };
    };
    let path = shown(path);
    LookedAt {
        outcome: look(&path).map_err(Into::into),
        path,
    }
}

/// Returns what to say about a folder that cannot be searched, unless it went away meanwhile.
fn unsearchable(error: ignore::Error) -> Option<LookedAt> {
    let path = path_of(&error).unwrap_or_default();
    let is_missing = error
        .io_error()
        .is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    let is_named = error.depth().is_none_or(|depth| depth == 0);
    let error = match (is_missing, is_named) {
        (true, true) => SearchError::Missing(path.clone()),
        (true, false) => return None,
        (false, _) => SearchError::Walk(error),
    };
    Some(LookedAt {
        path,
        outcome: Err(error.into()),
    })
}

fn path_of(error: &ignore::Error) -> Option<Utf8PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.to_string_lossy().into_owned().into()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

/// Returns a path without `./` before it; the working folder itself stays a dot.
fn shown(path: &Utf8Path) -> Utf8PathBuf {
    let path = without_dot(path);
    if path.as_str().is_empty() {
        ".".into()
    } else {
        path.to_owned()
    }
}

fn without_dot(path: &Utf8Path) -> &Utf8Path {
    path.strip_prefix(".").unwrap_or(path)
}
