//! `cargo xtask test`: sets up, says what is skipped, and runs the tests.
//!
//! The test runner has the last word, so that its summary closes the output.

use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::setup;
use crate::workspace::Workspace;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let workspace = Workspace::load()?;
    let mut provisions = setup::provide(&workspace);
    if arguments.is_empty() {
        run_in(
            &workspace,
            "cargo test --locked --workspace --doc",
            &[],
            &[],
        )?;
    }
    let mut variables = Vec::new();
    variables.extend(
        provisions
            .managed_policies
            .map(|it| ("PERK_MANAGED_POLICIES", it)),
    );
    let engines = setup::engines(&workspace);
    variables.extend(engines.folder.map(|it| ("PERK_ENGINES", it)));
    provisions.skips.extend(engines.skips);
    match setup::strace() {
        Ok(path) => variables.push(("PERK_STRACE", path)),
        Err(skip) => provisions.skips.push(skip),
    }
    setup::report_skips(&provisions.skips);
    run_in(&workspace, runner(), arguments, &variables)
}

/// Returns the fastest test runner that is there.
fn runner() -> &'static str {
    if process::is_installed("cargo nextest") {
        "cargo nextest run --locked --workspace"
    } else {
        "cargo test --locked --workspace --lib --bins --tests"
    }
}

fn run_in(
    workspace: &Workspace,
    line: &str,
    arguments: &[String],
    variables: &[(&str, PathBuf)],
) -> Result<()> {
    let mut command = process::command_of_line(line);
    command.args(arguments).current_dir(&workspace.root);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    process::run(&mut command)
}
