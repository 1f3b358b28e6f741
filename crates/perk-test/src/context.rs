//! The closed world: folders and variables of one test.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::{fs, thread};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::Outcome;

/// A temporary folder with a home, a project and nothing else; gone when dropped.
#[derive(Debug)]
pub struct TestContext {
    binary: Utf8PathBuf,
    root: Utf8PathBuf,
    _guard: TempDir,
}

impl TestContext {
    /// Creates the world for a binary.
    ///
    /// The folder's name has a space and a letter outside ASCII in it, as users' folders do.
    pub fn new(binary: &str) -> Self {
        let guard = tempfile::Builder::new()
            .prefix("perk tést ")
            .tempdir()
            .expect("a temporary folder");
        let root = guard.path().canonicalize().expect("a folder that exists");
        let root = Utf8PathBuf::from_path_buf(root).expect("a UTF-8 path");
        for folder in ["home", "config", "tmp", "bin", "project"] {
            fs::create_dir(root.join(folder)).expect("a new folder");
        }
        Self {
            binary: binary.into(),
            root,
            _guard: guard,
        }
    }

    /// Returns the folder that holds everything; `[TEMP]` in what is shown.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Returns the folder in which perk runs unless told otherwise.
    pub fn project(&self) -> Utf8PathBuf {
        self.root.join("project")
    }

    /// Writes a file below the root, with the folders above it.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests do not test with what they test"
    )]
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        let folder = path.parent().expect("a file in a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(path, bytes).expect("a written file");
    }

    /// Runs perk in the project.
    pub fn run<const N: usize>(&self, arguments: [&str; N]) -> Outcome {
        self.invocation(arguments).run()
    }

    /// Prepares a run of perk that differs from the usual.
    pub fn invocation<const N: usize>(&self, arguments: [&str; N]) -> Invocation<'_> {
        Invocation {
            context: self,
            program: self.binary.clone(),
            entrance: Vec::new(),
            arguments: arguments.into_iter().map(OsString::from).collect(),
            variables: self.variables(),
            folder: self.project(),
            input: None,
        }
    }

    fn variables(&self) -> BTreeMap<OsString, OsString> {
        let folder = |name: &str| OsString::from(self.root.join(name));
        [
            ("HOME", folder("home")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("TMPDIR", folder("tmp")),
            ("PATH", folder("bin")),
            ("PERK_SYSTEM_CONFIG", folder("system.toml")),
            ("PERK_ROOT", folder("root")),
            ("COLUMNS", "100".into()),
        ]
        .into_iter()
        .map(|(name, value)| (name.into(), value))
        .collect()
    }
}

/// One run of perk, still to be made.
#[derive(Debug, Clone)]
pub struct Invocation<'c> {
    context: &'c TestContext,
    program: Utf8PathBuf,
    /// Words that, with a folder and a command behind them, run the command elsewhere.
    entrance: Vec<OsString>,
    arguments: Vec<OsString>,
    variables: BTreeMap<OsString, OsString>,
    folder: Utf8PathBuf,
    input: Option<Vec<u8>>,
}

impl Invocation<'_> {
    /// Adds an argument, which need not be UTF-8.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Runs another program in the place of perk.
    #[must_use]
    pub fn program(mut self, program: &str) -> Self {
        self.program = program.into();
        self
    }

    #[cfg(target_os = "linux")]
    #[must_use]
    pub(crate) fn through(mut self, entrance: Vec<OsString>) -> Self {
        self.entrance = entrance;
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Takes a variable away.
    #[must_use]
    pub fn without_variable(mut self, name: &str) -> Self {
        self.variables.remove(&OsString::from(name));
        self
    }

    /// Runs in this folder below the root.
    #[must_use]
    pub fn folder(mut self, folder: &str) -> Self {
        self.folder = self.context.root.join(folder);
        self
    }

    /// Pipes bytes into standard input, which is otherwise empty.
    #[must_use]
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Runs perk to its end.
    pub fn run(self) -> Outcome {
        self.run_with(Stdio::piped())
    }

    /// Runs perk to its end with another standard output, such as a pipe that nobody reads.
    pub fn run_with(self, stdout: impl Into<Stdio>) -> Outcome {
        let mut command = self.command();
        command.stdin(match self.input {
            Some(_) => Stdio::piped(),
            None => Stdio::null(),
        });
        let mut child = command
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .expect("a binary that starts");
        let writer = child
            .stdin
            .take()
            .zip(self.input)
            .map(|(mut stdin, input)| {
                // perk may end without reading it all, so that a broken pipe is no failure.
                thread::spawn(move || drop(stdin.write_all(&input)))
            });
        let output = child.wait_with_output().expect("a binary that ends");
        if let Some(writer) = writer {
            writer.join().expect("a writer that does not panic");
        }
        Outcome::new(output, &self.context.root)
    }

    /// Starts perk with an input that can be written to.
    pub fn start(self, stdout: impl Into<Stdio>, stderr: impl Into<Stdio>) -> Child {
        self.command()
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .expect("a binary that starts")
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is how tests run the binary"
    )]
    pub(crate) fn command(&self) -> Command {
        let mut words = self.entrance.clone();
        if !words.is_empty() {
            words.push(self.folder.clone().into());
        }
        words.push(self.program.clone().into());
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .args(&self.arguments)
            .env_clear()
            .envs(&self.variables)
            .current_dir(&self.folder);
        command
    }
}
