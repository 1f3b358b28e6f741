//! The project's own chores: `cargo xtask CHORE`.
//!
//! Each chore is a module with a `run` function and one line in [`CHORES`]. What a module decides
//! is a function over plain data; files and programs are touched only around it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "chores talk to a terminal, read files and start programs directly"
)]

mod bench;
mod catalog;
mod ci;
mod generate;
mod markdown;
mod matrix;
mod npm;
mod process;
mod python;
mod setup;
mod templates;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// A chore: what is typed, what it does, and its entry point.
struct Chore {
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const CHORES: &[Chore] = &[
    Chore {
        usage: "setup",
        about: "Fetch what the tests need into target/xtask",
        run: setup::run,
    },
    Chore {
        usage: "test [ARG...]",
        about: "Set up and run the tests",
        run: test::run,
    },
    Chore {
        usage: "templates [NAME...] [--all]",
        about: "Check the built-in templates and the projects they make",
        run: templates::run,
    },
    Chore {
        usage: "ci [--without STEP]",
        about: "Run every check CI runs",
        run: ci::run,
    },
    Chore {
        usage: "generate [--check]",
        about: "Write generated files",
        run: generate::run,
    },
    Chore {
        usage: "catalog [--from DIR]",
        about: "Pack the embedded IAM catalog",
        run: catalog::run,
    },
    Chore {
        usage: "bench [NAME]",
        about: "Measure perk beside other programs",
        run: bench::run,
    },
    Chore {
        usage: "matrix [PROGRAM...]",
        about: "Compare what programs do behind a proxy with the table",
        run: matrix::run,
    },
    Chore {
        usage: "tidy",
        about: "Check crate arrows, file lengths and documents",
        run: tidy::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", usage());
        return Ok(());
    };
    if matches!(name.as_str(), "-h" | "--help" | "help") {
        print!("{}", usage());
        return Ok(());
    }
    match CHORES.iter().find(|chore| chore.name() == name) {
        Some(chore) => (chore.run)(rest),
        None => bail!("there is no chore `{name}`\n\n{}", usage()),
    }
}

impl Chore {
    fn name(&self) -> &'static str {
        self.usage.split(' ').next().unwrap_or(self.usage)
    }
}

fn usage() -> String {
    let line = |chore: &Chore| format!("  {:<29}{}", chore.usage, chore.about);
    let lines: Vec<_> = CHORES.iter().map(line).collect();
    format!(
        "Usage: cargo xtask CHORE\n\nChores:\n{}\n",
        lines.join("\n")
    )
}

/// Fails when a chore that takes no arguments is given some.
fn expect_no_arguments(chore: &str, arguments: &[String]) -> Result<()> {
    match arguments.first() {
        None => Ok(()),
        Some(argument) => bail!("`cargo xtask {chore}` takes no argument `{argument}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_unknown_chore_and_lists_the_others() {
        let error = dispatch(&["brew".to_owned()]).unwrap_err().to_string();
        assert!(error.starts_with("there is no chore `brew`"), "{error}");
        assert!(error.contains("tidy"), "{error}");
    }

    #[test]
    fn every_chore_has_a_name_of_its_own() {
        let mut names: Vec<_> = CHORES.iter().map(Chore::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CHORES.len());
    }
}
