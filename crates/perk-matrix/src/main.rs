//! Measures what programs do with the variables of proxies and certificates, and compares it with
//! the table of perk-network. Started by `cargo xtask matrix`, which brings the libraries.
//!
//! Each program is measured by a process of its own, in a network and among files that only it
//! sees: there is no other network, names are in a file, and the store of certificates is made for
//! it. Proxies and servers there record what reaches them, and that alone is what counts.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a chore talks to a terminal, writes files and starts programs directly"
)]

mod adapter;
mod cases;
mod chore;
mod measure;
mod measurement;
mod outcome;
mod report;
mod run;
mod tools;
mod world;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use tools::Tools;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether the table is right.
fn dispatch(arguments: &[String]) -> Result<bool> {
    match arguments {
        [flag, program, tools] if flag == chore::MEASURE => {
            let measured = measure::measure(program, &parse(tools)?)?;
            println!("{}", serde_json::to_string(&measured)?);
            Ok(true)
        }
        [tools, programs @ ..] => chore::run(&parse(tools)?, programs),
        [] => bail!("start this by `cargo xtask matrix`"),
    }
}

fn parse(tools: &str) -> Result<Tools> {
    serde_json::from_str(tools).context("failed to read what there is to measure with")
}
