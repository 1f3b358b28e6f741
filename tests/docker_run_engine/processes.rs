//! The process that perk becomes: its arguments, its end, its terminal and its signals.
#![expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use perk_test::ThrowAwayEngine;
use rustix::process::{Pid, Signal, kill_process};

use super::world::{Machine, World};

const CONTROL_C: &str = "\x03";
/// Longer than anything takes, also on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(10);

/// A run of perk that goes on while the test looks at it.
pub(super) struct Started {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Started {
    /// Starts `perk docker-run --exec` and waits for its container's first line.
    #[track_caller]
    pub(super) fn new(machine: &Machine<'_>, words: &[String]) -> Self {
        let mut child = machine
            .perk(&["--exec"], words)
            .start(Stdio::piped(), Stdio::piped());
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "up\n");
        Self { child, output }
    }

    pub(super) fn signal(&self, it: Signal) {
        signal(self.child.id(), it);
    }

    /// Returns the exit code and what the container wrote last.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        while self.output.read_line(&mut rest).unwrap_or(0) > 0 {}
        (self.child.wait().unwrap().code(), rest)
    }
}

/// Sends a signal to what perk has become.
fn signal(run: u32, signal: Signal) {
    let client = ThrowAwayEngine::process_inside(run).unwrap();
    let client = Pid::from_raw(i32::try_from(client).unwrap()).unwrap();
    kill_process(client, signal).unwrap();
}

/// Returns the arguments of a process of this machine that have a text in them.
pub(super) fn arguments_with(text: &str) -> Option<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let arguments = processes.filter_map(|it| fs::read(it.path().join("cmdline")).ok());
    let mut arguments = arguments.map(|words| String::from_utf8_lossy(&words).replace('\0', " "));
    arguments.find(|words| words.contains(text))
}

pub(super) fn password(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let wait = ["sh", "-c", "echo up; read line; echo $http_proxy"];
    let words = world.words_with(&["--interactive"], &wait);
    let mut started = Started::new(&machine, &words);
    assert!(arguments_with("echo $http_proxy").is_some());
    assert_eq!(arguments_with("p%40ss").or(arguments_with("p@ss")), None);
    drop(started.child.stdin.take());
    let (code, said) = started.end();
    assert_eq!((code, said.trim()), (Some(0), world.strict_url().as_str()));
}

pub(super) fn exit_codes(world: &World) {
    let machine = world.machine().proxy(&world.open.url());
    for (command, code) in [
        (&["sh", "-c", "exit 37"][..], 37),
        (&["/no/such/program"], 127),
        (&["/etc/passwd"], 126),
    ] {
        let outcome = machine.exec(&[], &world.words(command));
        assert_eq!(outcome.code, Some(code), "{command:?}: {outcome}");
    }
    let missing = "--mount=type=bind,source=/no/such/folder,target=/x";
    let words = world.words_with(&[missing], &["true"]);
    assert_eq!(machine.exec(&[], &words).code, Some(125));
}

pub(super) fn terminal(world: &World) {
    let machine = world.machine().proxy(&world.open.url());
    // The client gives the terminal its size when the container has begun already. A change of
    // the size ends `read`.
    let script = "trap 'echo interrupted; exit 42' INT; trap 'stty size' WINCH; \
                  until stty size 2> /dev/null; do sleep 0.1; done; \
                  until read word; do :; done; echo got $word; while :; do sleep 0.1; done";
    let words = world.words_with(&["-it"], &["sh", "-c", script]);
    let mut session = machine.perk(&["--exec"], &words).at_terminal();
    session.wait_for("40 100");
    session.type_keys("this\n").wait_for("got this");
    session.resize(50, 120);
    signal(session.process(), Signal::WINCH);
    session.wait_for("50 120");
    session.type_keys(CONTROL_C).wait_for("interrupted");
    assert_eq!(session.end().0, Some(42));
}

pub(super) fn signals(world: &World) {
    let machine = world.machine().proxy(&world.open.url());
    let script = "trap 'echo terminated; exit 43' TERM; trap 'echo interrupted; exit 42' INT; \
                  echo up; while :; do sleep 0.1; done";
    let words = world.words(&["sh", "-c", script]);
    for (signal, said, code) in [
        (Signal::TERM, "terminated\n", 43),
        (Signal::INT, "interrupted\n", 42),
    ] {
        let started = Started::new(&machine, &words);
        // podman passes no signals on before the container has begun.
        std::thread::sleep(Duration::from_millis(500));
        started.signal(signal);
        assert_eq!(started.end(), (Some(code), said.to_owned()));
    }
}

pub(super) fn killed(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let name = format!("killed-{}", std::process::id());
    let wait = ["sh", "-c", "echo up; while :; do sleep 0.1; done"];
    let words = world.words_with(&["--name", &name], &wait);
    let started = Started::new(&machine, &words);
    started.signal(Signal::KILL);
    let _ = started.end();
    // The container is the engine's, and is not stopped by the end of a client.
    world.engine.client(&["kill", &name]);
    let start = Instant::now();
    while arguments_with(&name).is_some() && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(arguments_with(&name), None);
    let secret = files_below(machine.context.root()).find(|path| {
        let bytes = fs::read(path).unwrap();
        String::from_utf8_lossy(&bytes).contains("p%40ss")
    });
    assert_eq!(secret, None);
}

fn files_below(folder: &Utf8Path) -> Box<dyn Iterator<Item = Utf8PathBuf>> {
    let entries = folder.read_dir_utf8().unwrap().flatten();
    Box::new(entries.flat_map(|entry| {
        let path = entry.into_path();
        if path.is_dir() {
            return files_below(&path);
        }
        Box::new(std::iter::once(path))
    }))
}
