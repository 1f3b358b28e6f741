//! Starts a process for each program, some at a time, and reports.

use std::collections::VecDeque;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use perk_network::program::{Program, known};

use crate::adapter::adapters;
use crate::measurement::Measured;
use crate::report::Totals;
use crate::tools::Tools;

/// The argument of a process that measures one program.
pub(crate) const MEASURE: &str = "--measure";

/// Measures all programs, or those that are named; returns whether the table is right.
pub(crate) fn run(tools: &Tools, names: &[String]) -> Result<bool> {
    for name in names {
        let is_known = known().iter().any(|program| program.name == *name);
        ensure!(is_known, "`{name}` is not in the table of programs");
    }
    let programs = known()
        .iter()
        .filter(|program| names.is_empty() || names.contains(&program.name));
    let with_adapter: Vec<String> = adapters()?.into_iter().map(|known| known.program).collect();
    let queue = Mutex::new(programs.collect::<VecDeque<_>>());
    let totals = Mutex::new(Totals::default());
    let count = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(|| {
                while let Some(program) = pop(&queue) {
                    let measured = if with_adapter.contains(&program.name) {
                        measure_apart(program, tools)
                            .unwrap_or_else(|error| Measured::Failed(format!("{error:#}")))
                    } else {
                        Measured::Skipped("it has no adapter".to_owned())
                    };
                    let mut totals = totals.lock().unwrap_or_else(PoisonError::into_inner);
                    totals.report(program, measured);
                }
            });
        }
    });
    let totals = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(totals.finish())
}

fn pop(queue: &Mutex<VecDeque<&'static Program>>) -> Option<&'static Program> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front()
}

/// Measures a program by a process in namespaces of its own.
fn measure_apart(program: &Program, tools: &Tools) -> Result<Measured> {
    let mut command = Command::new("unshare");
    command.args(["--net", "--mount"]);
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command
        .arg(std::env::current_exe()?)
        .args([MEASURE, &program.name])
        .arg(serde_json::to_string(tools)?);
    let output = command.output().context("failed to start `unshare`")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}", said.trim());
    serde_json::from_slice(&output.stdout).context("failed to read what was measured")
}
