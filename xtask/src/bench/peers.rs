//! The programs that perk is measured beside: installed once, pinned by content, into a virtual
//! environment of the bench's own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
use crate::workspace::{self, Workspace};

/// Where the bench keeps its files.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.xtask_folder().join("bench")
}

/// Returns the Python of the environment, in which everything that is required is installed.
///
/// What is there and was installed from the same requirements is used as it is, without a network.
pub(super) fn python(workspace: &Workspace) -> Result<PathBuf> {
    let requirements = workspace.root.join("xtask/src/bench/requirements.txt");
    let wanted = workspace::read(&requirements)?;
    let environment = folder(workspace).join("venv");
    let stamp = environment.join("requirements.installed");
    let python = environment.join("bin/python");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    create(&environment)?;
    let mut install = process::command(&text(&python)?, &["-m", "pip", "install", "--quiet"]);
    install.args(["--disable-pip-version-check", "--require-hashes", "-r"]);
    process::run(install.arg(&requirements))?;
    fs::write(&stamp, wanted).context("failed to mark the environment as complete")?;
    Ok(python)
}

fn create(environment: &Path) -> Result<()> {
    let mut create = process::command("python3", &["-m", "venv", "--clear"]);
    process::run(create.arg(environment))
}

/// Returns the pinned version of a required package.
pub(super) fn version(workspace: &Workspace, package: &str) -> Result<String> {
    let requirements = workspace::read(&workspace.root.join("xtask/src/bench/requirements.txt"))?;
    let pinned = requirements.lines().find_map(|line| {
        let rest = line.strip_prefix(package)?.strip_prefix("==")?;
        rest.split_whitespace().next()
    });
    let version = pinned.with_context(|| format!("`{package}` is not required"))?;
    Ok(version.to_owned())
}

/// Returns a path as a program's name or argument.
pub(super) fn text(path: &Path) -> Result<String> {
    let text = path.to_str();
    let text = text.with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    Ok(text.to_owned())
}
