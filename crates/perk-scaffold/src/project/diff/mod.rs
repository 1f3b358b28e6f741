//! What a project has changed of the files that its templates made, as a patch.

mod file;
#[cfg(test)]
mod tests;

use camino::Utf8Path;

pub use file::{Change, FileDiff};

use super::ProjectError;
use super::folder::Folder;
use crate::SafePath;

/// What a project has changed of the files that its templates made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectDiff {
    /// The files that have changed, sorted by path.
    pub files: Vec<FileDiff>,
    /// The files of which no copy is kept, since a secret is in them.
    pub secret: Vec<SafePath>,
}

/// Compares a project with what its templates made.
pub fn project_diff(project: &Utf8Path) -> Result<ProjectDiff, ProjectError> {
    let mut folder = Folder::open(project)?;
    let Some(record) = folder.record()? else {
        return Err(ProjectError::NoRecord {
            path: project.to_owned(),
        });
    };
    let mut diff = ProjectDiff::default();
    for template in record.templates() {
        let pristine = folder.pristine(template)?;
        for (path, made) in pristine.files() {
            let found = folder.find(path.as_str())?;
            diff.files.extend(file::diff(path, made, &found));
        }
        let files = template.files.iter();
        let secret = files.filter(|(_, file)| file.hash.is_none());
        diff.secret.extend(secret.map(|(path, _)| path.clone()));
    }
    diff.files
        .sort_unstable_by(|left, right| left.path.cmp(&right.path));
    diff.secret.sort_unstable();
    Ok(diff)
}

impl ProjectDiff {
    /// Returns the patch, in the form of git.
    ///
    /// Of a binary file it says that it differs, in a line that `git apply` passes over.
    pub fn to_patch(&self) -> Vec<u8> {
        let patches = self.files.iter().map(|file| file.patch.text.as_slice());
        patches.collect::<Vec<_>>().concat()
    }
}
