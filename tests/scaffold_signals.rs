//! Runs of perk that are sent a signal.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use perk_test::TestContext;
use rustix::process::Pid;

use crate::scaffold_repositories::{PATH, text};

/// Starts perk in a process group of its own, as a shell at a terminal does.
pub(crate) fn perk_in_group(context: &TestContext, arguments: &[&str]) -> (Pid, Child) {
    perk_in_group_with(context, PATH, arguments)
}

/// Does so with folders to find programs in.
#[expect(
    clippy::disallowed_methods,
    reason = "the test has to send it a signal"
)]
pub(crate) fn perk_in_group_with(
    context: &TestContext,
    path: &str,
    arguments: &[&str],
) -> (Pid, Child) {
    let child = Command::new(env!("CARGO_BIN_EXE_perk"))
        .args(arguments)
        .env_clear()
        .env("PATH", path)
        .env("HOME", context.root().join("home"))
        .env("TMPDIR", context.root().join("tmp"))
        .current_dir(context.project())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap();
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    (group, child)
}

/// Waits until a program has written its number to a file.
pub(crate) fn wait_for_number(path: &Utf8Path) -> Pid {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        let number = path.exists().then(|| text(path).trim().parse().ok());
        if let Some(pid) = number.flatten().and_then(Pid::from_raw) {
            return pid;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("`{path}` is not written");
}
