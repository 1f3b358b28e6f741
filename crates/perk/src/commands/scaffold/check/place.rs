//! Where combinations are written, and whether they are left there.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use super::error::CheckError;

/// Where the combinations are written.
pub(super) enum Place {
    Kept(Utf8PathBuf),
    Temporary { path: Utf8PathBuf, _guard: TempDir },
}

impl Place {
    pub(super) fn new(keep: Option<&Utf8Path>) -> Result<Self, CheckError> {
        match keep {
            Some(path) => kept(path),
            None => temporary(),
        }
    }

    pub(super) fn folder(&self, number: usize) -> Utf8PathBuf {
        let (Self::Kept(path) | Self::Temporary { path, .. }) = self;
        path.join(format!("combination-{}", number + 1))
    }

    /// Removes the folder of a combination, unless it is to be kept.
    pub(super) fn leave(&self, folder: Utf8PathBuf) -> Result<Option<Utf8PathBuf>, CheckError> {
        match self {
            Self::Kept(_) => Ok(Some(folder)),
            Self::Temporary { .. } => match std::fs::remove_dir_all(&folder) {
                Ok(()) => Ok(None),
                Err(source) => Err(CheckError::Folder {
                    action: "remove",
                    path: folder,
                    source,
                }),
            },
        }
    }
}

fn kept(path: &Utf8Path) -> Result<Place, CheckError> {
    let failed = |action| {
        move |source| CheckError::Folder {
            action,
            path: path.to_owned(),
            source,
        }
    };
    std::fs::create_dir_all(path).map_err(failed("make"))?;
    let mut entries = path.read_dir_utf8().map_err(failed("read"))?;
    if entries.next().is_some() {
        return Err(CheckError::NotEmpty {
            path: path.to_owned(),
        });
    }
    // The programs begin elsewhere, so the path must not depend on the working folder.
    let path = path.canonicalize_utf8().map_err(failed("find"))?;
    Ok(Place::Kept(path))
}

fn temporary() -> Result<Place, CheckError> {
    let guard = tempfile::Builder::new()
        .prefix("perk-check-")
        .tempdir()
        .map_err(CheckError::Temporary)?;
    let path = Utf8PathBuf::from_path_buf(guard.path().to_owned());
    let path = path.map_err(|path| {
        let message = format!("`{}` is not UTF-8", path.display());
        CheckError::Temporary(io::Error::other(message))
    })?;
    Ok(Place::Temporary {
        path,
        _guard: guard,
    })
}
