//! Real engines for tests: started, used and gone.
//!
//! An engine runs in a sandbox of its own, with its containers and its images in memory. Nothing of
//! it is seen by the machine's own engines. It needs root and Linux.
#![expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]

mod closure;
mod docker;
mod left_over;
mod podman;
mod programs;
mod sandbox;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{Invocation, TestContext};

pub use closure::ClosureImage;
pub use programs::EnginePrograms;

use self::sandbox::Sandbox;

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// dockerd and its client.
    Docker,
    /// podman, as root.
    Podman,
}

impl EngineKind {
    /// Returns the name of the client.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }

    /// Tells whether all that it needs is there.
    pub fn is_in(self, programs: &EnginePrograms) -> bool {
        match self {
            Self::Docker => programs.has("docker") && programs.has("dockerd"),
            Self::Podman => programs.has("podman"),
        }
    }
}

/// A running engine, which is gone when it is dropped.
#[derive(Debug)]
pub struct ThrowAwayEngine {
    kind: EngineKind,
    sandbox: Option<Sandbox>,
    programs: EnginePrograms,
    folder: TempDir,
}

impl ThrowAwayEngine {
    /// Starts an engine and waits until it answers.
    pub fn start(kind: EngineKind, programs: &EnginePrograms) -> Self {
        left_over::remove_of_dead();
        let folder = tempfile::Builder::new()
            .prefix(&left_over::prefix())
            .tempdir()
            .expect("a temporary folder");
        for name in ["bin", "home", "memory"] {
            fs::create_dir(folder.path().join(name)).expect("a new folder");
        }
        let mut engine = Self {
            kind,
            sandbox: None,
            programs: programs.clone(),
            folder,
        };
        match kind {
            EngineKind::Docker => engine.start_docker(),
            EngineKind::Podman => engine.start_podman(),
        }
        engine
    }

    /// Returns which engine it is.
    pub fn kind(&self) -> EngineKind {
        self.kind
    }

    /// Returns the file of the network namespace that containers reach by their gateway.
    pub fn network(&self) -> PathBuf {
        self.sandbox().network()
    }

    /// Prepares a program that runs where the engine does.
    pub fn command<S: AsRef<OsStr>>(&self, words: &[S]) -> Command {
        let entrance = self.sandbox().entrance();
        let (nsenter, entrance) = entrance.split_first().expect("a program");
        let mut command = Command::new(nsenter);
        command
            .args(entrance)
            .arg("/")
            .args(words)
            .env_clear()
            .envs(self.variables())
            .env("PATH", self.path_with_system())
            .env("HOME", self.file("home"))
            .stdin(Stdio::null());
        command
    }

    /// Runs a program where the engine does, and returns what it wrote.
    #[track_caller]
    pub fn output<S: AsRef<OsStr>>(&self, words: &[S]) -> String {
        let output = self.command(words).output().expect("a program that starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let line: Vec<_> = words.iter().map(AsRef::as_ref).collect();
        assert!(output.status.success(), "{line:?}: {stderr}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs the client of the engine, and returns what it wrote.
    #[track_caller]
    pub fn client(&self, arguments: &[&str]) -> String {
        let client = [self.kind.name()];
        let words: Vec<_> = client.iter().chain(arguments).collect();
        self.output(&words)
    }

    /// Gives an address to the loopback of the network, which containers reach by their gateway.
    pub fn add_address(&self, address: &str) {
        self.output(&["ip", "address", "add", address, "dev", "lo"]);
    }

    /// Prepares a run of perk where the engine is, as the only one that perk finds.
    pub fn invocation<'c, const N: usize>(
        &self,
        context: &'c TestContext,
        arguments: [&str; N],
    ) -> Invocation<'c> {
        let mut invocation = context
            .invocation(arguments)
            .through(self.sandbox().entrance())
            .variable("PATH", self.file("bin"));
        for (name, value) in self.variables() {
            invocation = invocation.variable(name, value);
        }
        invocation
    }

    /// Returns the process of perk, of a run that was prepared by [`Self::invocation`].
    pub fn process_inside(run: u32) -> Option<u32> {
        sandbox::child_of(run)
    }

    /// Makes an image.
    pub fn import(&self, name: &str, image: &ClosureImage) {
        let change = ClosureImage::change();
        let mut words = vec![self.kind.name(), "import", "--change", &change, "-", name];
        if self.kind == EngineKind::Podman {
            words.insert(2, "--quiet");
        }
        image.pipe_into(self.command(&words));
    }

    fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().expect("a running engine")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the sandbox with what the engine needs in it.
    fn start_sandbox(&mut self, script: &str, arguments: &[OsString]) {
        let sandbox = Sandbox::start(&self.programs, self.folder.path(), script, arguments);
        self.sandbox = Some(sandbox);
    }

    /// Puts the client of the engine where perk looks for it.
    fn add_client(&self, script: &str) {
        let path = self.file("bin").join(self.kind.name());
        write(&path, &format!("#!/bin/sh\n{script}\n"));
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(path, mode).expect("a file of ours");
    }

    fn path_with_system(&self) -> OsString {
        let mut path = self.file("bin").into_os_string();
        path.push(":");
        path.push(self.programs.path());
        path
    }

    /// What the client of the engine has to find in its environment.
    fn variables(&self) -> Vec<(&'static str, OsString)> {
        match self.kind {
            EngineKind::Docker => vec![("DOCKER_HOST", self.docker_host().into())],
            EngineKind::Podman => Vec::new(),
        }
    }
}

impl Drop for ThrowAwayEngine {
    fn drop(&mut self) {
        drop(self.sandbox.take());
        left_over::remove_groups_named(&self.group());
    }
}

impl ThrowAwayEngine {
    /// The control group that all containers are in.
    fn group(&self) -> String {
        let name = self.folder.path().file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a written file");
}
