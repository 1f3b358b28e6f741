//! Virtual environments of Python, pinned by content.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{process, workspace};

/// Makes sure that everything required is installed in an environment; returns its Python.
///
/// What is there and was installed from the same requirements is used as it is, without a network.
pub(crate) fn provide(environment: &Path, requirements: &Path) -> Result<PathBuf> {
    let wanted = workspace::read(requirements)?;
    let stamp = environment.join("requirements.installed");
    let python = environment.join("bin/python");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let mut create = process::command("python3", &["-m", "venv", "--clear"]);
    process::run(create.arg(environment))?;
    let mut install = process::command(&text(&python)?, &["-m", "pip", "install", "--quiet"]);
    install.args(["--disable-pip-version-check", "--require-hashes", "-r"]);
    process::run(install.arg(requirements))?;
    fs::write(&stamp, wanted).context("failed to mark the environment as complete")?;
    Ok(python)
}

/// Returns a path as a program's name or argument.
pub(crate) fn text(path: &Path) -> Result<String> {
    let text = path.to_str();
    let text = text.with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    Ok(text.to_owned())
}
