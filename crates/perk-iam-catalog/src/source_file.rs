//! Reading the files of a source, with errors that name the file.

use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::ReadError;

/// Reads a JSON file.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ReadError> {
    parse_json(path, &read(path)?)
}

/// Reads a JSON file that may hold a list where an object is wanted; a list gives nothing.
pub(crate) fn read_json_object<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, ReadError> {
    let bytes = read(path)?;
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Ok(None);
    }
    parse_json(path, &bytes).map(Some)
}

/// Returns the JSON files of a folder, sorted by name.
pub(crate) fn json_files(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let entries = std::fs::read_dir(folder).map_err(unreadable(folder))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable(folder))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge where sources are read"
    )]
    std::fs::read(path).map_err(unreadable(path))
}

fn parse_json<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, ReadError> {
    serde_json::from_slice(bytes).map_err(|source| ReadError::Json {
        path: path.to_owned(),
        source,
    })
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ReadError {
    let path = path.to_owned();
    move |source| ReadError::Unreadable { path, source }
}
