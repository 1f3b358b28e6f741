//! Paths as the project sees them: relative to its folder, whatever folder perk runs in.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// The two folders that paths are relative to.
#[derive(Debug, Clone)]
pub(super) struct Project {
    /// The folder that perk runs in.
    pub(super) working_folder: Utf8PathBuf,
    /// The folder of the project's configuration.
    pub(super) folder: Utf8PathBuf,
}

impl Project {
    /// Returns a path relative to the project's folder; a path outside it stays as it is.
    pub(super) fn relative(&self, path: &str) -> Utf8PathBuf {
        let whole = normalized(&self.working_folder.join(path));
        match whole.strip_prefix(&self.folder) {
            Ok(relative) => relative.to_owned(),
            Err(_) => path.into(),
        }
    }

    /// Returns a path as it is shown: relative to the folder that perk runs in, if it is in it.
    pub(super) fn shown<'p>(&self, path: &'p Utf8Path) -> &'p Utf8Path {
        path.strip_prefix(&self.working_folder).unwrap_or(path)
    }
}

/// Resolves `.` and `..` by name alone.
fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut result = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                result.pop();
            }
            component => result.push(component),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_project() {
        let project = Project {
            working_folder: "/home/me/project/iam".into(),
            folder: "/home/me/project".into(),
        };
        assert_eq!(project.relative("a.json"), "iam/a.json");
        assert_eq!(project.relative("../legacy/./a.json"), "legacy/a.json");
        assert_eq!(project.relative("/home/me/project/a.json"), "a.json");
        assert_eq!(project.relative("../../b.json"), "../../b.json");
    }
}
