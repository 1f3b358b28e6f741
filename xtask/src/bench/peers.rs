//! The programs that perk is measured beside: installed once, pinned by content, into virtual
//! environments of the bench's own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
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

impl Requirements {
    fn file(self, workspace: &Workspace) -> PathBuf {
        let name = format!("xtask/src/bench/{}-requirements.txt", self.0);
        workspace.root.join(name)
    }

    /// Returns where the programs of the environment are, in which everything that is required is
    /// installed.
    ///
    /// What is there and was installed from the same requirements is used as it is, without a
    /// network.
    pub(super) fn programs(self, workspace: &Workspace) -> Result<PathBuf> {
        let requirements = self.file(workspace);
        let wanted = workspace::read(&requirements)?;
        let environment = folder(workspace).join(format!("{}-venv", self.0));
        let stamp = environment.join("requirements.installed");
        let programs = environment.join("bin");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(programs);
        }
        create(&environment)?;
        install(&programs.join("python"), &requirements)?;
        fs::write(&stamp, wanted).context("failed to mark the environment as complete")?;
        Ok(programs)
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

fn install(python: &Path, requirements: &Path) -> Result<()> {
    let mut install = process::command(&text(python)?, &["-m", "pip", "install", "--quiet"]);
    install.args(["--disable-pip-version-check", "--require-hashes", "-r"]);
    process::run(install.arg(requirements))
}

fn create(environment: &Path) -> Result<()> {
    let mut create = process::command("python3", &["-m", "venv", "--clear"]);
    process::run(create.arg(environment))
}

/// Returns a path as a program's name or argument.
pub(super) fn text(path: &Path) -> Result<String> {
    let text = path.to_str();
    let text = text.with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    Ok(text.to_owned())
}
