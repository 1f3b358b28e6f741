//! `cargo xtask matrix [PROGRAM...]`: whether programs still do what the table behind
//! `perk docker-run --explain --program` says.
//!
//! This brings the libraries of Python and Node; the crate perk-matrix measures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{process, python, setup};

const REQUIREMENTS: &str = "xtask/src/matrix/python-requirements.txt";
const MODULES: &[&str] = &["package.json", "package-lock.json"];

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if cfg!(not(target_os = "linux")) {
        bail!("`cargo xtask matrix` needs the namespaces of Linux");
    }
    let workspace = Workspace::load()?;
    let folder = workspace.xtask_folder().join("matrix");
    fs::create_dir_all(&folder).context("failed to make a folder for libraries")?;
    let mut skips = Vec::new();
    let requirements = workspace.root.join(REQUIREMENTS);
    let python = python::provide(&folder.join("python"), &requirements);
    let tools = serde_json::json!({
        "python": or_skip("libraries for Python", python, &mut skips),
        "modules": or_skip("modules for Node", modules(&workspace.root, &folder), &mut skips),
        "rust": or_skip("clients for Rust", rust_clients(&workspace.root, &folder), &mut skips),
        "cargo": std::env::var_os("CARGO").map(PathBuf::from),
    });
    setup::report_lines(&skips);
    let mut command =
        process::command_of_line("cargo run --quiet --locked --package perk-matrix --");
    command.arg(tools.to_string()).args(arguments);
    let status = command.current_dir(&workspace.root).status()?;
    if !status.success() {
        bail!("the table and the programs do not agree");
    }
    Ok(())
}

fn or_skip(what: &str, brought: Result<PathBuf>, skips: &mut Vec<String>) -> Option<PathBuf> {
    let note = |error| skips.push(format!("{what}: {error:#}").replace('\n', " "));
    brought.map_err(note).ok()
}

/// Builds the clients of libraries for Rust; returns their folder, with their lock file in it.
fn rust_clients(root: &Path, folder: &Path) -> Result<PathBuf> {
    let source = root.join("crates/perk-matrix/rust-clients");
    let folder = folder.join("rust");
    let mut build = process::command_of_line("cargo build --quiet --locked");
    build.arg("--target-dir").arg(&folder);
    process::run(build.current_dir(&source))?;
    fs::copy(source.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(folder)
}

/// Makes sure that the modules of the lock file are there; returns their folder.
fn modules(root: &Path, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join("node");
    let modules = folder.join("node_modules");
    let stamp = folder.join("installed");
    let wanted = fs::read_to_string(root.join("xtask/src/matrix/package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(modules);
    }
    fs::create_dir_all(&folder)?;
    for name in MODULES {
        fs::copy(root.join("xtask/src/matrix").join(name), folder.join(name))?;
    }
    let mut install = process::command_of_line("npm ci --ignore-scripts --loglevel=error");
    process::capture(install.current_dir(&folder))?;
    fs::write(&stamp, wanted)?;
    Ok(modules)
}
