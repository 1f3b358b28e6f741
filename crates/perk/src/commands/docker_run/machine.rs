//! The files of the machine that settings are read from.

use std::cell::RefCell;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::{Origin, Setting};
use perk_fs::FsError;

use crate::settings::Surroundings;

/// A file of settings that is larger than this is some other file.
const LIMIT: u64 = 4 * 1024 * 1024;

/// The machine, and what of it could not be read.
#[derive(Debug)]
pub(super) struct Machine<'s> {
    surroundings: &'s Surroundings,
    unreadable: RefCell<Vec<FsError>>,
}

/// The text of a file, with its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextFile {
    pub(super) path: Utf8PathBuf,
    pub(super) text: String,
}

impl<'s> Machine<'s> {
    pub(super) fn new(surroundings: &'s Surroundings) -> Self {
        Self {
            surroundings,
            unreadable: RefCell::default(),
        }
    }

    pub(super) fn surroundings(&self) -> &'s Surroundings {
        self.surroundings
    }

    pub(super) fn environment(&self) -> &'s BTreeMap<String, String> {
        self.surroundings.environment()
    }

    /// Returns a variable that is set to something.
    pub(super) fn variable(&self, name: &str) -> Option<&'s str> {
        let value = self.environment().get(name)?;
        (!value.is_empty()).then_some(value)
    }

    /// Returns a path below the user's home.
    pub(super) fn home(&self, path: &str) -> Option<Utf8PathBuf> {
        Some(Utf8Path::new(self.variable("HOME")?).join(path))
    }

    /// Returns a path below the user's folder of settings.
    pub(super) fn config(&self, path: &str) -> Option<Utf8PathBuf> {
        Some(self.surroundings.config_folder()?.join(path))
    }

    /// Returns a path of the system.
    pub(super) fn system(&self, path: &str) -> Utf8PathBuf {
        self.surroundings.system_path(path)
    }

    /// Tells whether `SELinux` may keep containers from files that are not labeled for them.
    pub(super) fn has_selinux(&self) -> bool {
        self.system("/sys/fs/selinux/enforce").exists()
    }

    /// Reads a file, if it is there.
    pub(super) fn read(&self, path: Utf8PathBuf) -> Option<TextFile> {
        match perk_fs::read_text(&path, LIMIT) {
            Ok(text) => Some(TextFile { path, text }),
            Err(FsError::NotFound { .. }) => None,
            Err(error) => {
                self.unreadable.borrow_mut().push(error);
                None
            }
        }
    }

    /// Reads the files of a folder whose names are wanted, in the order of the names.
    pub(super) fn read_folder(
        &self,
        folder: &Utf8Path,
        is_wanted: &dyn Fn(&Utf8Path) -> bool,
    ) -> Vec<TextFile> {
        let Ok(entries) = folder.read_dir_utf8() else {
            return Vec::new();
        };
        let entries = entries.filter_map(|entry| Some(entry.ok()?.into_path()));
        let mut paths: Vec<_> = entries.filter(|path| is_wanted(path)).collect();
        paths.sort();
        paths
            .into_iter()
            .filter_map(|path| self.read(path))
            .collect()
    }

    /// Returns what is there and could not be read.
    pub(super) fn unreadable(&self) -> Vec<FsError> {
        self.unreadable.take()
    }
}

/// Returns files as the readers of settings take them.
pub(super) fn pairs(files: &[TextFile]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect()
}

/// Returns the path that a setting names. A relative one begins in the folder of its file.
pub(super) fn configured_path(setting: &Setting<String>) -> Utf8PathBuf {
    let folder = match &setting.origin {
        Origin::File { place, .. } => place.path.parent(),
        _ => None,
    };
    folder.unwrap_or(Utf8Path::new("")).join(&setting.value)
}
