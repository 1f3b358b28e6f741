//! `cargo xtask ci`: every check that CI runs, cheap ones first, stopping at the first that fails.
//!
//! The tests come last, so that their summary closes the output.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::workspace::Workspace;

/// A check: its name, how to run it, and the program it cannot do without.
struct Step {
    name: &'static str,
    line: &'static str,
    variable: Option<(&'static str, &'static str)>,
    needs: &'static str,
}

const STEPS: &[Step] = &[
    step("format", "cargo fmt --all --check", "cargo fmt"),
    step("tidy", "cargo xtask tidy", "cargo"),
    step("typos", "typos", "typos"),
    step(
        "deny",
        "cargo deny --log-level error check bans licenses sources",
        "cargo deny",
    ),
    step("shear", "cargo shear", "cargo shear"),
    step(
        "clippy",
        "cargo clippy --locked --workspace --all-targets -- -D warnings",
        "cargo clippy",
    ),
    Step {
        name: "doc",
        line: "cargo doc --locked --workspace --no-deps",
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
        needs: "cargo",
    },
    step("generate", "cargo xtask generate --check", "cargo"),
    step("book", "mdbook build docs", "mdbook"),
    step("templates", "cargo xtask templates", "cargo"),
    step("test", "cargo xtask test", "cargo"),
];

const fn step(name: &'static str, line: &'static str, needs: &'static str) -> Step {
    Step {
        name,
        line,
        variable: None,
        needs,
    }
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let steps = selected(arguments)?;
    let workspace = Workspace::load()?;
    for step in steps {
        run_step(step, &workspace)?;
    }
    Ok(())
}

/// Returns the steps to run: all but those named after `--without`.
fn selected(arguments: &[String]) -> Result<Vec<&'static Step>> {
    let mut steps: Vec<_> = STEPS.iter().collect();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument != "--without" {
            bail!("`cargo xtask ci` takes no argument `{argument}`");
        }
        let name = arguments
            .next()
            .context("`--without` needs the name of a step")?;
        let before = steps.len();
        steps.retain(|step| step.name != name);
        if steps.len() == before {
            let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!(
                "there is no step `{name}`; the steps are {}",
                names.join(", ")
            );
        }
    }
    Ok(steps)
}

fn run_step(step: &Step, workspace: &Workspace) -> Result<()> {
    if !process::is_installed(step.needs) {
        println!("skipped: {}: `{}` is not installed", step.name, step.needs);
        return Ok(());
    }
    let mut command = process::command_of_line(step.line);
    command.current_dir(&workspace.root).envs(step.variable);
    let start = Instant::now();
    if let Err(error) = process::run(&mut command) {
        bail!(
            "{}: {error:#}\nrerun with: {}",
            step.name,
            process::line_of(&command)
        );
    }
    println!(
        "passed: {} ({:.1} s)",
        step.name,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<Vec<&'static str>> {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect();
        Ok(selected(&arguments)?
            .into_iter()
            .map(|step| step.name)
            .collect())
    }

    #[test]
    fn leaves_out_the_named_steps_only() {
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
        let without = names(&["--without", "test", "--without", "book"]).unwrap();
        assert_eq!(without.len(), STEPS.len() - 2);
        assert!(!without.contains(&"test"));
    }

    #[test]
    fn a_step_that_does_not_exist_cannot_be_left_out() {
        assert!(names(&["--without", "lunch"]).is_err());
        assert!(names(&["--without"]).is_err());
        assert!(names(&["test"]).is_err());
    }
}
