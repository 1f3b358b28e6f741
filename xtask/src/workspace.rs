//! Where the workspace is, and what `cargo metadata` says about its crates.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The workspace as the chores see it.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) crates: Vec<Crate>,
}

/// A crate of the workspace.
#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) name: String,
    /// Its folder, relative to the root, with `/` between names.
    pub(crate) folder: String,
    pub(crate) dependencies: Vec<Dependency>,
}

/// A direct dependency as the manifest names it.
#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) is_dev: bool,
    pub(crate) is_local: bool,
}

impl Workspace {
    /// Asks cargo for the workspace this program was built from.
    pub(crate) fn load() -> Result<Self> {
        let mut command =
            process::command_of_line("cargo metadata --no-deps --offline --format-version 1");
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        let json = process::capture(&mut command)?;
        Self::from_metadata(&json)
    }

    fn from_metadata(json: &str) -> Result<Self> {
        let metadata: Metadata =
            serde_json::from_str(json).context("failed to read what `cargo metadata` says")?;
        let root = metadata.workspace_root;
        let crates = metadata
            .packages
            .into_iter()
            .map(|package| package.into_crate(&root));
        Ok(Self {
            crates: crates.collect(),
            target: metadata.target_directory,
            root,
        })
    }

    /// Returns the folder that chores keep their files in.
    pub(crate) fn xtask_folder(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

/// Reads a file of the workspace; the error names it.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("failed to read `{}`", path.display()))
}

/// Returns the files below a folder in sorted order, following links; a folder that is missing
/// has no files.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("failed to list `{}`", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let list = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            list.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Returns whether a path is a Markdown file.
pub(crate) fn is_markdown(path: impl AsRef<Path>) -> bool {
    path.as_ref()
        .extension()
        .is_some_and(|extension| extension == "md")
}

/// Returns a path relative to a folder, with `/` between names.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let names: Vec<_> = path
        .components()
        .map(|name| name.as_os_str().to_string_lossy())
        .collect();
    names.join("/")
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<PackageDependency>,
}

#[derive(Deserialize)]
struct PackageDependency {
    name: String,
    kind: Option<String>,
    path: Option<PathBuf>,
}

impl Package {
    fn into_crate(self, root: &Path) -> Crate {
        let folder = relative(self.manifest_path.parent().unwrap_or(root), root);
        let dependencies = self.dependencies.into_iter().map(|dependency| Dependency {
            is_dev: dependency.kind.as_deref() == Some("dev"),
            is_local: dependency.path.is_some(),
            name: dependency.name,
        });
        Crate {
            name: self.name,
            folder,
            dependencies: dependencies.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_crates_with_their_dependencies() {
        let workspace = Workspace::from_metadata(
            r#"{"workspace_root": "/w", "target_directory": "/w/target", "packages": [{
                "name": "perk-fs", "manifest_path": "/w/crates/perk-fs/Cargo.toml",
                "dependencies": [
                    {"name": "perk-diag", "kind": null, "path": "/w/crates/perk-diag"},
                    {"name": "insta", "kind": "dev"}
                ]}]}"#,
        )
        .unwrap();
        let member = &workspace.crates[0];
        assert_eq!(member.folder, "crates/perk-fs");
        assert!(member.dependencies[0].is_local && !member.dependencies[0].is_dev);
        assert!(!member.dependencies[1].is_local && member.dependencies[1].is_dev);
    }
}
