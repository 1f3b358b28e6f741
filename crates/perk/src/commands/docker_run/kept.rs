//! The folder of files that containers are given, which outlive the command that wrote them.
//!
//! A command that is written once is run for months, so that a file is kept as long as some command
//! names it now and then.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

use super::error::DockerRunError;
use super::hex::hex;
use crate::settings::Surroundings;

const DAY: Duration = Duration::from_hours(24);
/// How long a file is kept that no command names.
const UNUSED: Duration = DAY.saturating_mul(90);
/// The files that are written here.
const EXTENSIONS: [&str; 4] = ["pem", "p12", "wgetrc", "env"];

/// Returns the folder, if the user has one for what perk could make again.
pub(super) fn folder(surroundings: &Surroundings) -> Option<Utf8PathBuf> {
    Some(surroundings.cache_folder()?.join("docker-run"))
}

/// Returns a name that is made of some contents.
pub(super) fn name_of<'c>(contents: impl IntoIterator<Item = &'c [u8]>) -> String {
    let mut hash = Sha256::new();
    contents.into_iter().for_each(|part| hash.update(part));
    hex(&hash.finalize()[..8])
}

/// Makes the folder, for its owner alone.
pub(super) fn make(folder: &Utf8Path) -> Result<(), DockerRunError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| DockerRunError::Folder {
        path: folder.to_owned(),
        source,
    })
}

/// Tells whether a file is there, and notes that it is in use. Once a day is enough for that.
pub(super) fn is_there(path: &Utf8Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    let age = metadata
        .modified()
        .ok()
        .and_then(|time| time.elapsed().ok());
    if metadata.is_file() && age.is_none_or(|age| age > DAY) {
        // What cannot be noted is written anew some day.
        let _ = touch(path);
    }
    metadata.is_file()
}

fn touch(path: &Utf8Path) -> io::Result<()> {
    let file = File::options().append(true).open(path)?;
    file.set_modified(SystemTime::now())
}

/// Removes the files of a folder that no command has named for long.
pub(super) fn remove_unused(folder: &Utf8Path) {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    for entry in entries {
        let is_ours = entry
            .path()
            .extension()
            .is_some_and(|extension| EXTENSIONS.contains(&extension));
        let modified = entry
            .metadata()
            .ok()
            .and_then(|metadata| metadata.modified().ok());
        let age = modified.and_then(|time| time.elapsed().ok());
        if is_ours && age.is_some_and(|age| age > UNUSED) {
            // Another perk may have been faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}
