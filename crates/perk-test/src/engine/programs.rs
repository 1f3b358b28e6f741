//! Where the programs are that make up an engine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where programs of the system are, on any Linux.
pub(super) const SYSTEM_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The folder that `cargo xtask test` names by `PERK_ENGINES`, with the programs of the system
/// behind it.
#[derive(Debug, Clone)]
pub struct EnginePrograms {
    folder: PathBuf,
}

impl EnginePrograms {
    /// Takes the programs of a folder.
    pub fn of_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Tells whether the folder has a program.
    pub fn has(&self, name: &str) -> bool {
        self.folder.join(name).is_file()
    }

    /// Returns a program, if it is there.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        find_in(&self.path(), name)
    }

    /// Returns the value of `PATH`.
    pub(super) fn path(&self) -> OsString {
        let mut path = self.folder.clone().into_os_string();
        path.push(":");
        path.push(SYSTEM_PATH);
        path
    }

    /// Returns the lines for podman's `[engine]`, where it was not installed by the system.
    pub(super) fn settings_of_podman(&self) -> Option<String> {
        std::fs::read_to_string(self.folder.join("podman.conf")).ok()
    }

    /// Returns the folders of libraries that podman needs, where it was not installed by the system.
    pub(super) fn libraries_of_podman(&self) -> Vec<OsString> {
        let list = std::fs::read_to_string(self.folder.join("podman.libraries"));
        let list = list.unwrap_or_default();
        list.lines().map(OsString::from).collect()
    }

    pub(super) fn expect(&self, name: &str) -> PathBuf {
        self.find(name)
            .unwrap_or_else(|| panic!("`{name}` is not installed"))
    }
}

/// Returns a program of the folders that a value of `PATH` names.
pub(super) fn find_in(path: &OsString, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .map(|folder| folder.join(name))
        .find(|path: &PathBuf| Path::is_file(path))
}
