//! Running a program and reading what it took from the operating system.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

use crate::process;

/// What one run of a program took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usage {
    /// User and system time.
    pub(super) cpu: Duration,
    /// From start to end.
    pub(super) wall: Duration,
    /// The most memory that was resident, in bytes.
    pub(super) resident: u64,
}

/// What a program took over several runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub(super) runs: usize,
    /// The median of each.
    pub(super) usage: Usage,
}

/// Runs a program several times, its output thrown away.
///
/// Exit code 1 is an answer: findings.
pub(super) fn measure(runs: usize, prepare: impl Fn() -> Command) -> Result<Measured> {
    let mut usages = Vec::new();
    for _ in 0..runs {
        usages.push(usage(&mut prepare())?);
    }
    Ok(Measured {
        runs,
        usage: Usage {
            cpu: median(usages.iter().map(|usage| usage.cpu))?,
            wall: median(usages.iter().map(|usage| usage.wall))?,
            resident: median(usages.iter().map(|usage| usage.resident))?,
        },
    })
}

fn usage(command: &mut Command) -> Result<Usage> {
    let line = process::line_of(command);
    let start = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("failed to start `{line}`"))?;
    let ended = child
        .wait4()
        .with_context(|| format!("failed to wait for `{line}`"))?;
    let wall = start.elapsed();
    if !matches!(ended.status.code(), Some(0 | 1)) {
        bail!("`{line}` failed ({})", ended.status);
    }
    Ok(Usage {
        cpu: ended.rusage.utime + ended.rusage.stime,
        wall,
        resident: ended.rusage.maxrss,
    })
}

fn median<T: Ord>(values: impl Iterator<Item = T>) -> Result<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    let middle = values.len() / 2;
    values.into_iter().nth(middle).context("nothing was run")
}

/// Prepares a program that keeps to one core, where the system can hold it there.
pub(super) fn on_one_core(program: &str) -> Command {
    if process::is_installed("taskset") {
        process::command("taskset", &["-c", "0", program])
    } else {
        Command::new(program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(median([9, 1, 5].into_iter()).unwrap(), 5);
        assert!(median(std::iter::empty::<u8>()).is_err());
    }
}
