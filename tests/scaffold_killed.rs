//! `perk scaffold new`, killed at every system call that changes something.
//!
//! strace ends the process with SIGKILL as it enters the call. Without strace the test is skipped
//! and says so.

use camino::Utf8PathBuf;
use perk_scaffold::Recovery;
use perk_test::TestContext;

/// Whether strace is there; `cargo xtask test` says so.
const STRACE: &str = "PERK_STRACE";

/// The calls that change files, or let others see the change.
const CALLS: &str =
    "openat,mkdirat,write,symlinkat,renameat,renameat2,unlinkat,fsync,fdatasync,ftruncate,flock";

/// A call that it never comes to: the last that strace can count.
const NEVER: usize = 65_535;

const MANIFEST: &str = r#"
schema = 1

[template]
name = "worker"
version = "0.3.0"
description = "A worker"

[[question]]
key = "name"
ask = "Name"
type = "string"
default = "porter"
"#;

/// A world with the template `./worker`, in which strace runs what is run.
struct World {
    context: TestContext,
}

impl World {
    fn new(strace: &str) -> Self {
        let context = TestContext::new(strace);
        context.write("project/worker/template.toml", MANIFEST);
        context.write("project/worker/files/README.md.hbs", "# {{name}}\n");
        context.write("project/worker/files/src/run.sh", "#!/bin/sh\n");
        let files = context.project().join("worker/files");
        std::os::unix::fs::symlink("README.md", files.join("link")).unwrap();
        Self { context }
    }

    fn destination(&self) -> Utf8PathBuf {
        self.context.project().join("made")
    }

    /// Makes the project, and kills perk at a call; returns whether it came to that call.
    fn is_killed_at(&self, call: usize) -> bool {
        let inject = format!("inject={CALLS}:signal=KILL:when={call}");
        let trace = format!("trace={CALLS}");
        let perk = env!("CARGO_BIN_EXE_perk");
        let words = [
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
            perk,
            "scaffold",
            "new",
            "./worker",
            "made",
            "--defaults",
            "--no-git",
            "--overwrite",
        ];
        let outcome = self.context.run(words);
        let is_killed = outcome.code.is_none();
        assert!(is_killed || outcome.code == Some(0), "{outcome}");
        is_killed
    }

    /// Returns every path in the destination with its content.
    fn tree(&self) -> Vec<String> {
        let destination = self.destination();
        let mut lines = Vec::new();
        let mut folders = vec![destination.clone()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir_utf8().unwrap() {
                let path = entry.unwrap().into_path();
                let shown = path.strip_prefix(&destination).unwrap();
                if path.is_symlink() {
                    lines.push(format!("{shown} -> {}", path.read_link_utf8().unwrap()));
                } else if path.is_dir() {
                    lines.push(format!("{shown}/"));
                    folders.push(path);
                } else {
                    let bytes = perk_fs::read_bytes(path.as_std_path(), u64::MAX).unwrap();
                    lines.push(format!("{shown} {:?}", String::from_utf8_lossy(&bytes)));
                }
            }
        }
        lines.sort();
        let root = self.context.root().as_str();
        let lines = lines.into_iter().map(|line| line.replace(root, "[TEMP]"));
        lines.collect()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the variable is the switch of these tests"
)]
fn strace() -> Option<String> {
    std::env::var(STRACE).ok()
}

/// Returns what the template makes when nobody is killed.
fn complete(strace: &str, before: impl Fn(&World)) -> Vec<String> {
    let world = World::new(strace);
    before(&world);
    assert!(!world.is_killed_at(NEVER));
    world.tree()
}

/// Kills at the first call, at the second, and so on until perk ends by itself.
fn kill_everywhere(strace: &str, before: impl Fn(&World), check: impl Fn(&World, usize)) -> usize {
    for call in 1.. {
        let world = World::new(strace);
        before(&world);
        let is_killed = world.is_killed_at(call);
        check(&world, call);
        if !is_killed {
            return call;
        }
    }
    0
}

#[test]
fn a_new_project_is_there_or_not_wherever_perk_is_killed() {
    let Some(strace) = strace() else {
        println!("skipped: {STRACE} is not set; `cargo xtask test` sets it");
        return;
    };
    let complete = complete(&strace, |_| ());
    let check = |world: &World, call| {
        assert!(
            !world.destination().exists() || world.tree() == complete,
            "{call}: {:?}",
            world.tree()
        );
        // What is left over is in nobody's way.
        assert!(!world.is_killed_at(NEVER), "{call}");
        assert_eq!(world.tree(), complete, "{call}");
    };
    let calls = kill_everywhere(&strace, |_| (), check);
    assert!(calls > 30, "{calls}");
}

#[test]
fn a_folder_is_as_before_or_complete_wherever_perk_is_killed() {
    let Some(strace) = strace() else {
        println!("skipped: {STRACE} is not set; `cargo xtask test` sets it");
        return;
    };
    let before = |world: &World| {
        world.context.write("project/made/README.md", "mine\n");
        world.context.write("project/made/notes/mine", "mine\n");
    };
    let complete = complete(&strace, before);
    let untouched = ["README.md \"mine\\n\"", "notes/", "notes/mine \"mine\\n\""];
    let check = |world: &World, call| {
        let recovery = perk_scaffold::recover(&world.destination()).unwrap();
        let found = world.tree();
        match recovery {
            Recovery::Completed => assert_eq!(found, complete, "{call}"),
            Recovery::TakenBack => assert_eq!(found, untouched, "{call}"),
            Recovery::Discarded | Recovery::Nothing => {
                assert!(found == untouched || found == complete, "{call}: {found:?}");
            }
        }
    };
    let calls = kill_everywhere(&strace, before, check);
    assert!(calls > 60, "{calls}");
}
