//! Finding programs, only where the user means them to be found.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::{Invocation, ProcessError};

/// The folders that programs are looked for in.
///
/// INVARIANT: all of them are absolute. A relative folder in `PATH` would let a file in the working
/// folder take the place of a program.
#[derive(Debug, Clone)]
pub struct SearchPath(OsString);

impl SearchPath {
    /// Takes the absolute folders of a text that is written like `PATH`.
    pub fn new(path: &OsStr) -> Self {
        let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
        // Joining fails for a folder with a colon in its name only, and splitting leaves none.
        Self(std::env::join_paths(folders).unwrap_or_default())
    }

    /// Takes the absolute folders of the variable `PATH`.
    #[expect(
        clippy::disallowed_methods,
        reason = "programs are found here and nowhere else"
    )]
    pub fn of_process() -> Self {
        Self::new(&std::env::var_os("PATH").unwrap_or_default())
    }

    /// Finds a program by its name.
    ///
    /// `purpose` completes the sentence "the program is needed to …".
    pub fn find(&self, name: &str, purpose: &str) -> Result<Program, ProcessError> {
        self.find_from(Path::new("/"), name, purpose)
    }

    /// Finds a program by its name, or by a path that begins in a folder.
    pub fn find_from(
        &self,
        folder: &Path,
        name: &str,
        purpose: &str,
    ) -> Result<Program, ProcessError> {
        let not_found = || ProcessError::NotFound {
            program: name.to_owned(),
            purpose: purpose.to_owned(),
        };
        // Without this, an empty name would find the folder itself.
        if name.is_empty() {
            return Err(not_found());
        }
        let path = which::which_in(name, Some(&self.0), folder).map_err(|_| not_found())?;
        Ok(Program {
            name: name.to_owned(),
            path,
        })
    }
}

/// Tells whether this process may do everything, as root may.
pub fn is_superuser() -> bool {
    rustix::process::geteuid().is_root()
}

/// A program that is there and can be run.
#[derive(Debug, Clone)]
pub struct Program {
    name: String,
    path: PathBuf,
}

impl Program {
    /// Returns what it was asked for by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the file that is run.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Prepares to run it.
    ///
    /// `purpose` completes the sentence "the program was run to …".
    pub fn invocation(&self, purpose: impl Into<String>) -> Invocation {
        Invocation::new(self.clone(), purpose.into())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn folder_with(name: &str, mode: u32) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::File::create_new(&path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        folder
    }

    #[test]
    fn finds_what_can_be_run() {
        let folder = folder_with("tool", 0o755);
        let search = SearchPath::new(folder.path().as_os_str());
        let program = search.find("tool", "work").unwrap();
        assert_eq!(program.path(), folder.path().join("tool"));
        assert!(search.find("", "work").is_err());
    }

    #[test]
    fn passes_over_what_cannot() {
        let folder = folder_with("tool", 0o644);
        let search = SearchPath::new(folder.path().as_os_str());
        let error = search.find("tool", "fetch templates").unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot find the program `tool`, which is needed to fetch templates"
        );
    }

    #[test]
    fn relative_folders_of_the_path_do_not_count() {
        for path in ["", ".", "bin", ":", ".:bin"] {
            let search = SearchPath::new(OsStr::new(path));
            assert!(search.0.is_empty(), "{path}: {search:?}");
        }
        let mixed = SearchPath::new(OsStr::new("/usr/bin::.:/bin"));
        assert_eq!(mixed.0, OsStr::new("/usr/bin:/bin"));
    }

    #[test]
    fn a_path_begins_in_the_folder() {
        let folder = folder_with("tool", 0o755);
        let search = SearchPath::new(OsStr::new("/usr/bin"));
        let program = search.find_from(folder.path(), "./tool", "work").unwrap();
        assert!(program.path().is_absolute());
        assert!(search.find_from(folder.path(), "tool", "work").is_err());
    }
}
