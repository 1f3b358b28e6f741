//! What there is to read: the files that were named, and those in the folders that were named.
//!
//! Nothing is opened here but folders.

use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, Error, WalkBuilder};

const STDIN_ARGUMENT: &str = "-";

/// Something to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Input {
    pub(super) place: Place,
    /// Whether it was named, so that it must hold a policy.
    pub(super) is_named: bool,
}

/// Where something to read is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Standard input.
    Stdin,
    /// A file, as far as its name tells.
    File(PathBuf),
    /// A regular file that a folder holds.
    Walked(PathBuf),
    /// A part of a folder that cannot be walked, and why.
    Unwalkable(PathBuf, String),
}

impl Input {
    /// Returns standard input, which counts as named.
    pub(super) fn stdin() -> Self {
        Self {
            place: Place::Stdin,
            is_named: true,
        }
    }
}

/// Returns everything to read, in the order of the arguments, folders sorted by name.
pub(super) fn inputs(arguments: &[PathBuf]) -> impl Iterator<Item = Input> {
    arguments.iter().flat_map(|argument| of_argument(argument))
}

fn of_argument(argument: &Path) -> Box<dyn Iterator<Item = Input>> {
    if argument.as_os_str() == STDIN_ARGUMENT {
        return Box::new(std::iter::once(Input::stdin()));
    }
    if argument.is_dir() {
        return Box::new(walk(argument).map(|place| Input {
            place,
            is_named: false,
        }));
    }
    Box::new(std::iter::once(Input {
        place: Place::File(without_dot(argument).to_owned()),
        is_named: true,
    }))
}

fn walk(folder: &Path) -> impl Iterator<Item = Place> + use<> {
    WalkBuilder::new(folder)
        .follow_links(true)
        // Siblings differ in their names only, and whole paths are compared without being taken apart.
        .sort_by_file_path(|one, other| one.as_os_str().cmp(other.as_os_str()))
        .build()
        .filter_map(|entry| match entry {
            Ok(entry) => may_hold_policy(&entry).then(|| place(entry)),
            Err(error) => unwalkable(&error),
        })
}

fn place(entry: DirEntry) -> Place {
    let is_regular = entry.file_type().is_some_and(|kind| kind.is_file());
    let path = match entry.path().strip_prefix(".") {
        Ok(path) => path.to_owned(),
        Err(_) => entry.into_path(),
    };
    if is_regular {
        Place::Walked(path)
    } else {
        Place::File(path)
    }
}

fn may_hold_policy(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    !is_folder && is_json(entry.path())
}

fn is_json(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Returns a path without `./` before it: walking `.` gives it, and shells complete to it.
fn without_dot(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// Returns what to say about a place that cannot be walked, unless it is a link that leads nowhere
/// and would not have been read anyway.
fn unwalkable(error: &Error) -> Option<Place> {
    let path = path_of(error)?;
    let message = match error.io_error().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) if !is_json(path) => return None,
        Some(io::ErrorKind::NotFound) => "the link leads nowhere".to_owned(),
        Some(io::ErrorKind::PermissionDenied) => "no permission to look into the folder".to_owned(),
        _ if is_loop(error) => "the link leads back to a folder that it is in".to_owned(),
        _ => format!("cannot look into the folder: {error}"),
    };
    Some(Place::Unwalkable(without_dot(path).to_owned(), message))
}

fn path_of(error: &Error) -> Option<&Path> {
    match error {
        Error::WithPath { path, .. } => Some(path),
        Error::Loop { child, .. } => Some(child),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => path_of(err),
        Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

fn is_loop(error: &Error) -> bool {
    match error {
        Error::Loop { .. } => true,
        Error::WithPath { err, .. }
        | Error::WithDepth { err, .. }
        | Error::WithLineNumber { err, .. } => is_loop(err),
        Error::Partial(errors) => errors.iter().any(is_loop),
        _ => false,
    }
}
