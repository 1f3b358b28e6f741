//! Running a program for a short time.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process_group};

/// How long a program gets; most give up after five seconds by themselves.
const PATIENCE: Duration = Duration::from_secs(12);
const INTERVAL: Duration = Duration::from_millis(2);

/// Runs a program in an environment that has nothing else in it, until it ends or is ended.
pub(crate) fn run(
    words: &[String],
    set: &BTreeMap<String, String>,
    folder: &Path,
    input: &str,
) -> Result<()> {
    let mut command = prepared(words, set, folder)?;
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command
        .spawn()
        .with_context(|| format!("failed to start `{}`", words[0]))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program need not read what it is given.
        let _ = stdin.write_all(input.as_bytes());
    }
    wait(&mut child)
}

/// Returns what a program writes.
pub(crate) fn capture(
    words: &[String],
    set: &BTreeMap<String, String>,
    folder: &Path,
) -> Result<String> {
    let mut command = prepared(words, set, folder)?;
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("`{}` is not here", words[0]))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    anyhow::ensure!(
        output.status.success(),
        "{}",
        first_line(&text(&output.stderr))
    );
    Ok(text(&output.stdout))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("it fails")
}

fn prepared(words: &[String], set: &BTreeMap<String, String>, folder: &Path) -> Result<Command> {
    let (program, arguments) = words.split_first().context("no command")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("LANG", "C.UTF-8")
        .envs(set)
        .current_dir(folder)
        .process_group(0);
    Ok(command)
}

fn wait(child: &mut Child) -> Result<()> {
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > PATIENCE {
            let group = Pid::from_child(child);
            kill_process_group(group, Signal::KILL)?;
            child.wait()?;
            break;
        }
        thread::sleep(INTERVAL);
    }
    Ok(())
}
