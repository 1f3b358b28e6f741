//! `cargo xtask test`: sets up, says what is skipped, and runs the tests.
//!
//! The test runner has the last word, so that its summary closes the output.

use anyhow::Result;

use crate::process;
use crate::setup;
use crate::workspace::Workspace;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let workspace = Workspace::load()?;
    let provisions = setup::provide(&workspace);
    if arguments.is_empty() {
        run_in(
            &workspace,
            "cargo test --locked --workspace --doc",
            &[],
            &provisions,
        )?;
    }
    setup::report_skips(&provisions.skips);
    run_in(&workspace, runner(), arguments, &provisions)
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
    provisions: &setup::Provisions,
) -> Result<()> {
    let mut command = process::command_of_line(line);
    command.args(arguments).current_dir(&workspace.root);
    if let Some(folder) = &provisions.managed_policies {
        command.env("PERK_MANAGED_POLICIES", folder);
    }
    process::run(&mut command)
}
