//! The programs that perk is measured beside: installed once, pinned by content, into virtual
//! environments of the bench's own.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;
use crate::python::{self, text};
use crate::workspace::{self, Workspace};

/// Where the bench keeps its files.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.xtask_folder().join("bench")
}

/// A list of packages that go into an environment together: `xtask/src/bench/NAME-requirements.txt`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Requirements(&'static str);

/// What `perk iam validate` is measured beside.
pub(super) const IAM: Requirements = Requirements("iam");
/// What `perk scaffold` is measured beside.
pub(super) const SCAFFOLD: Requirements = Requirements("scaffold");

/// A program that cargo builds into a folder of the bench's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Built {
    name: &'static str,
    pub(super) version: &'static str,
}

/// What `perk scaffold` is measured beside as well: the newest that the pinned compiler takes.
pub(super) const CARGO_GENERATE: Built = Built {
    name: "cargo-generate",
    version: "0.23.14",
};

impl Built {
    /// Returns the program, built if it is not there.
    pub(super) fn provide(self, workspace: &Workspace) -> Result<String> {
        let root = folder(workspace).join(format!("{}-{}", self.name, self.version));
        let program = root.join("bin").join(self.name);
        if !program.is_file() {
            let mut install = process::command("cargo", &["install", "--locked", self.name]);
            install
                .args(["--version", self.version, "--root"])
                .arg(&root);
            process::run(&mut install)?;
        }
        text(&program)
    }
}

impl Requirements {
    fn file(self, workspace: &Workspace) -> PathBuf {
        let name = format!("xtask/src/bench/{}-requirements.txt", self.0);
        workspace.root.join(name)
    }

    /// Returns the Python of the environment, in which everything that is required is installed.
    ///
    /// What is there and was installed from the same requirements is used as it is, without a
    /// network.
    pub(super) fn python(self, workspace: &Workspace) -> Result<PathBuf> {
        let environment = folder(workspace).join(format!("{}-venv", self.0));
        python::provide(&environment, &self.file(workspace))
    }

    /// Returns the pinned version of a required package.
    pub(super) fn version(self, workspace: &Workspace, package: &str) -> Result<String> {
        let requirements = workspace::read(&self.file(workspace))?;
        let pinned = requirements.lines().find_map(|line| {
            let rest = line.strip_prefix(package)?.strip_prefix("==")?;
            rest.split_whitespace().next()
        });
        let version = pinned.with_context(|| format!("`{package}` is not required"))?;
        Ok(version.to_owned())
    }
}
