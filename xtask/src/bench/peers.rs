//! The programs that perk is measured beside: installed once, pinned by content, into virtual
//! environments of the bench's own.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

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

/// What `perk docker-run` is measured beside.
pub(super) const DOCKER_RUN: Requirements = Requirements("docker-run");

/// A program of npm with all that it depends on, pinned by `xtask/src/bench/NAME/package-lock.json`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Locked(&'static str);

/// What `perk docker-run` is measured beside as well.
pub(super) const COMPOSERIZE: Locked = Locked("composerize");

impl Locked {
    /// Returns the program, installed if it is not there.
    pub(super) fn provide(self, workspace: &Workspace) -> Result<PathBuf> {
        let source = workspace.root.join("xtask/src/bench").join(self.0);
        let target = folder(workspace).join(self.0);
        let program = target.join("node_modules/.bin").join(self.0);
        let lock = workspace::read(&source.join(LOCK))?;
        let installed = fs::read_to_string(target.join(LOCK));
        if installed.is_ok_and(|installed| installed == lock) && program.is_file() {
            return Ok(program);
        }
        fs::create_dir_all(&target).context("failed to create the folder of a peer")?;
        for name in ["package.json", LOCK] {
            fs::copy(source.join(name), target.join(name)).context("failed to copy a lock")?;
        }
        let words = "ci --ignore-scripts --no-audit --no-fund --loglevel=error";
        let mut install = process::command_of_line(&format!("npm {words}"));
        process::run(install.current_dir(&target))?;
        Ok(program)
    }

    /// Returns the pinned version.
    pub(super) fn version(self, workspace: &Workspace) -> Result<String> {
        let source = workspace.root.join("xtask/src/bench").join(self.0);
        let manifest = workspace::read(&source.join("package.json"))?;
        let manifest: Value =
            serde_json::from_str(&manifest).context("failed to read a manifest")?;
        let version = manifest["dependencies"][self.0].as_str();
        Ok(version.context("the version is not pinned")?.to_owned())
    }
}

const LOCK: &str = "package-lock.json";

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
