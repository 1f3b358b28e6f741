//! Namespaces of their own for an engine: of the network, of mounts and of processes.
//!
//! INVARIANT: the first process of the sandbox ends when its input is closed, and the system ends
//! all others with it and takes the mounts and the network away. So nothing of an engine outlives
//! the test, whatever ends the test.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{fs, thread};

use super::programs::EnginePrograms;

/// What the first process does before the engine's part. Its first argument is a folder, which has
/// a folder in memory from now on.
const BEGIN: &str = r#"
set -eu
folder=$1
shift
ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
mount -t tmpfs -o mode=755 tmpfs "$folder/memory"
"#;

/// What it does then.
const STAY: &str = r"
echo ready
exec 3<&0
cat <&3 > /dev/null &
wait $!
";

/// Goes to a folder, which is the first argument, and becomes the command of the others.
const GO_AND_BECOME: &str = r#"cd "$1" && shift && exec "$@""#;

/// A running sandbox, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct Sandbox {
    outside: Child,
    /// The first process, by its number outside.
    first: u32,
    nsenter: PathBuf,
}

impl Sandbox {
    /// Starts a sandbox, in which a script with arguments sets up what the engine needs. The script
    /// knows the `$folder` as well.
    pub(super) fn start(
        programs: &EnginePrograms,
        folder: &Path,
        script: &str,
        arguments: &[OsString],
    ) -> Self {
        let script = format!("{BEGIN}{script}{STAY}");
        let mut outside = Command::new(programs.expect("unshare"))
            .args(["--net", "--mount", "--pid", "--fork", "--mount-proc"])
            .args(["/bin/sh", "-c", &script, "sh"])
            .arg(folder)
            .args(arguments)
            .env_clear()
            .env("PATH", programs.path())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("`unshare` starts");
        let stdout = outside.stdout.take().expect("a pipe");
        let mut line = String::new();
        let _ = BufReader::new(stdout).read_line(&mut line);
        if line != "ready\n" {
            let mut reason = String::new();
            let stderr = outside
                .stderr
                .take()
                .map(|mut it| it.read_to_string(&mut reason));
            panic!("no sandbox can be made: {reason} {stderr:?}");
        }
        let first = child_of(outside.id()).expect("a first process");
        Self {
            outside,
            first,
            nsenter: programs.expect("nsenter"),
        }
    }

    /// Returns the file of the network namespace.
    pub(super) fn network(&self) -> PathBuf {
        format!("/proc/{}/ns/net", self.first).into()
    }

    /// Returns the words that, with a folder and a command behind them, run the command inside.
    pub(super) fn entrance(&self) -> Vec<OsString> {
        let target = self.first.to_string();
        let nsenter = self.nsenter.as_os_str();
        let words = [
            "--target", &target, "--net", "--mount", "--pid", "--root", "--",
        ];
        let shell = ["/bin/sh", "-c", GO_AND_BECOME, "sh"];
        std::iter::once(nsenter.to_owned())
            .chain(words.into_iter().chain(shell).map(OsString::from))
            .collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.outside.stdin.take());
        let ended = self.outside.wait();
        if !thread::panicking() {
            ended.expect("a sandbox that ends");
        }
    }
}

/// Returns the only child of a process.
pub(super) fn child_of(process: u32) -> Option<u32> {
    let path = format!("/proc/{process}/task/{process}/children");
    let children = fs::read_to_string(path).ok()?;
    children.split_whitespace().next()?.parse().ok()
}
