//! strace, which ends a program at a system call: it is used where it is installed.

use std::path::PathBuf;
use std::{env, process::Stdio};

use anyhow::{Context, Result, ensure};

use super::Skip;
use crate::process;

/// Finds strace, and makes sure that it may trace here, which some containers forbid.
pub(crate) fn strace() -> Result<PathBuf, Skip> {
    find().map_err(|error| Skip::new("`perk scaffold new` killed at every system call", &error))
}

fn find() -> Result<PathBuf> {
    let folders = env::var_os("PATH").unwrap_or_default();
    let path = env::split_paths(&folders)
        .map(|folder| folder.join("strace"))
        .find(|path| path.is_file())
        .context("strace is not installed")?;
    let mut trial = process::command(&path.to_string_lossy(), &["-qq", "-o", "/dev/null", "true"]);
    let status = trial.stderr(Stdio::null()).status()?;
    ensure!(status.success(), "strace may not trace here");
    Ok(path)
}
