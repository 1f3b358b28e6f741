//! The folder of files that containers are given, which outlive the command that wrote them.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

use super::error::DockerRunError;
use crate::settings::Surroundings;

/// Returns the folder, if the user has one for what perk could make again.
pub(super) fn folder(surroundings: &Surroundings) -> Option<Utf8PathBuf> {
    Some(surroundings.cache_folder()?.join("docker-run"))
}

/// Returns a name that is made of some contents.
pub(super) fn name_of<'c>(contents: impl IntoIterator<Item = &'c [u8]>) -> String {
    let mut hash = Sha256::new();
    contents.into_iter().for_each(|part| hash.update(part));
    let digest = hash.finalize();
    let hex = digest[..8].iter().map(|byte| format!("{byte:02x}"));
    hex.collect::<Vec<_>>().concat()
}

/// Makes the folder, for its owner alone.
pub(super) fn make(folder: &Utf8Path) -> Result<(), DockerRunError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| DockerRunError::Folder {
        path: folder.to_owned(),
        source,
    })
}
