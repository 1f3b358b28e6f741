//! How a program is run: arguments, variables, folder, limits.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::captured::check;
use crate::collect::{Collection, Excess};
use crate::companion::{Companion, Lifeline};
use crate::signals::{self, Noting};
use crate::supervise::{Ending, Supervised};
use crate::{Captured, ProcessError, Program, Transcript};

/// The most bytes that are captured, unless said otherwise.
const DEFAULT_OUTPUT_LIMIT: usize = 16 * 1024 * 1024;
/// The most bytes of standard error that are kept.
const MESSAGES_LIMIT: usize = 64 * 1024;
/// How long output is waited for after the program has ended. What it left running may keep the
/// pipe open for ever.
const LAST_OUTPUT: Duration = Duration::from_secs(2);

/// What a program reads from its standard input.
#[derive(Debug)]
pub enum Input {
    /// Nothing.
    Empty,
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file that stays open as long as the program runs, and its lock with it.
    File(File),
}

/// A program with everything it is run with.
pub struct Invocation {
    program: Program,
    purpose: String,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, Option<OsString>)>,
    folder: Option<PathBuf>,
    input: Input,
    time_limit: Option<Duration>,
    output_limit: usize,
    shares_terminal: bool,
    lifeline: Option<Lifeline>,
    is_last_act: bool,
    guard: Box<dyn Fn() -> Option<String>>,
}

/// Arguments and values of variables may be secret, so that they are not shown.
impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("program", &self.program)
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}

impl Invocation {
    pub(crate) fn new(program: Program, purpose: String) -> Self {
        Self {
            program,
            purpose,
            arguments: Vec::new(),
            variables: Vec::new(),
            folder: None,
            input: Input::Empty,
            time_limit: None,
            output_limit: DEFAULT_OUTPUT_LIMIT,
            shares_terminal: false,
            lifeline: None,
            is_last_act: false,
            guard: Box::new(|| None),
        }
    }

    /// Adds arguments. Everybody on the machine can see them: none may be a secret.
    #[must_use]
    pub fn arguments<A: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), Some(value.into())));
        self
    }

    /// Takes variables away.
    #[must_use]
    pub fn without_variables<N: Into<OsString>>(
        mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let names = names.into_iter().map(|name| (name.into(), None));
        self.variables.extend(names);
        self
    }

    /// Takes away all variables of this process whose names begin like this.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "only names are looked at, to withhold the values from the program"
    )]
    pub fn without_variables_like(self, prefix: &str) -> Self {
        let prefix = prefix.as_bytes();
        let names: Vec<OsString> = std::env::vars_os()
            .map(|(name, _)| name)
            .filter(|name| name.as_encoded_bytes().starts_with(prefix))
            .collect();
        self.without_variables(names)
    }

    /// Runs it in a folder.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Gives it something to read.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.input = input;
        self
    }

    /// Stops it, and all that it started, when it takes longer.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// Stops it when it writes more.
    #[must_use]
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = bytes;
        self
    }

    /// Leaves it in perk's process group, so that it may ask something at the terminal.
    #[must_use]
    pub fn sharing_terminal(mut self, shares: bool) -> Self {
        self.shares_terminal = shares;
        self
    }

    /// Keeps a companion of perk alive as long as it runs; for a program that takes perk's place.
    #[must_use]
    pub fn keeping_alive(mut self, lifeline: Lifeline) -> Self {
        self.lifeline = Some(lifeline);
        self
    }

    /// Lets it finish although perk has been told to end, for what cleans up before that.
    #[must_use]
    pub fn as_last_act(mut self) -> Self {
        self.is_last_act = true;
        self
    }

    /// Stops it as soon as the guard returns a reason; it is asked about fifty times a second.
    #[must_use]
    pub fn guard(mut self, guard: impl Fn() -> Option<String> + 'static) -> Self {
        self.guard = Box::new(guard);
        self
    }

    /// Runs it and returns what it wrote, however it ended.
    pub fn capture(mut self) -> Result<Captured, ProcessError> {
        let mut started = self.spawn(Stdio::piped(), Stdio::piped())?;
        let (sender, output_ended) = mpsc::channel();
        let limit = self.output_limit;
        let stdout = started
            .child
            .stdout
            .take()
            .map(|stream| Collection::start(stream, limit, Excess::Fail, sender.clone()));
        let stderr = started.child.stderr.take().map(|stream| {
            Collection::start(stream, MESSAGES_LIMIT, Excess::DropOldest, sender.clone())
        });
        drop(sender);
        self.feed(&mut started.child);
        let overflowed = || stdout.as_ref().is_some_and(Collection::overflowed);
        let too_much = || overflowed().then_some(Stop::TooMuch);
        let status = self.supervise(started, Some(output_ended), too_much)?;
        // A stream that a grandchild holds open is not waited for any longer.
        let deadline = Instant::now() + LAST_OUTPUT;
        while [&stdout, &stderr]
            .into_iter()
            .flatten()
            .any(|stream| !stream.is_complete())
            && Instant::now() < deadline
        {
            thread::sleep(Duration::from_millis(1));
        }
        if overflowed() {
            return Err(self.too_much_output());
        }
        let take = |stream: Option<Collection>| stream.map(|stream| stream.take());
        Ok(Captured {
            stdout: take(stdout).unwrap_or_default(),
            stderr: take(stderr).unwrap_or_default(),
            status,
            program: self.program.name().to_owned(),
            purpose: self.purpose,
        })
    }

    /// Runs it with its output passed on to standard error, and fails if it does.
    pub fn run(mut self) -> Result<(), ProcessError> {
        let messages = || {
            let handle = io::stderr().as_fd().try_clone_to_owned();
            handle
                .map(Stdio::from)
                .map_err(|source| self.failed_to_run(source))
        };
        let (stdout, stderr) = (messages()?, messages()?);
        let mut started = self.spawn(stdout, stderr)?;
        self.feed(&mut started.child);
        let status = self.supervise(started, None, || None)?;
        check(status, self.program.name(), &self.purpose, &[])
    }

    /// Becomes the program: perk ends here, and the program has its process, with its streams, its
    /// terminal and the signals that it is sent. Returns only if it cannot be run.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one crate that starts a process"
    )]
    pub fn replace(self) -> ProcessError {
        let mut command = Command::new(self.program.path());
        self.prepare(&mut command);
        if let Some(Err(source)) = self.lifeline.as_ref().map(Lifeline::let_inherit) {
            return self.failed_to_run(source);
        }
        let source = command.exec();
        self.failed_to_run(source)
    }

    /// Starts it to run beside perk. What it says to standard error is lost.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one crate that starts a process"
    )]
    pub fn companion(self) -> Result<Companion, ProcessError> {
        let failed = |source| self.failed_to_run(source);
        let (reader, input) = io::pipe().map_err(failed)?;
        let mut command = Command::new(self.program.path());
        self.prepare(&mut command);
        command.stdin(reader).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().map_err(failed)?;
        let no_output = || failed(io::Error::from(io::ErrorKind::BrokenPipe));
        let output = BufReader::new(child.stdout.take().ok_or_else(no_output)?);
        Ok(Companion {
            child,
            input,
            output,
        })
    }

    /// Runs it and returns what it wrote to both streams, as it came: of more than the output limit
    /// the last bytes. A program that fails or takes too long has a transcript, too.
    pub fn transcript(mut self) -> Result<Transcript, ProcessError> {
        let pipe = || {
            let (reader, writer) = io::pipe()?;
            Ok((reader, writer.try_clone()?, writer))
        };
        let (reader, stdout, stderr) = pipe().map_err(|source| self.failed_to_run(source))?;
        let mut started = self.spawn(Stdio::from(stdout), Stdio::from(stderr))?;
        let (sender, output_ended) = mpsc::channel();
        let output = Collection::start(reader, self.output_limit, Excess::DropOldest, sender);
        self.feed(&mut started.child);
        let outcome = match self.supervise(started, Some(output_ended), || None) {
            Ok(status) => check(status, self.program.name(), &self.purpose, &[]),
            Err(error @ ProcessError::TimedOut { .. }) => Err(error),
            Err(error) => return Err(error),
        };
        let deadline = Instant::now() + LAST_OUTPUT;
        while !output.is_complete() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
        Ok(Transcript {
            output: output.take(),
            outcome,
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that starts a process"
    )]
    fn spawn(&mut self, stdout: Stdio, stderr: Stdio) -> Result<Started, ProcessError> {
        let stdin = match std::mem::replace(&mut self.input, Input::Empty) {
            Input::Empty => Stdio::null(),
            Input::File(file) => Stdio::from(file),
            bytes @ Input::Bytes(_) => {
                self.input = bytes;
                Stdio::piped()
            }
        };
        let mut command = Command::new(self.program.path());
        self.prepare(&mut command);
        if !self.shares_terminal {
            command.process_group(0);
        }
        command.stdin(stdin).stdout(stdout).stderr(stderr);
        // From before there is a program on, or a signal in between would leave it running alone.
        let noting = signals::note().map_err(|source| self.failed_to_run(source))?;
        match command.spawn() {
            Ok(child) => Ok(Started { child, noting }),
            Err(source) => {
                let acted = noting.received().map(|signal| noting.act(signal));
                let source = acted.and_then(Result::err).unwrap_or(source);
                Err(self.failed_to_run(source))
            }
        }
    }

    fn prepare(&self, command: &mut Command) {
        command.args(&self.arguments);
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
    }

    /// Writes the input from a thread of its own; a program need not read it all.
    fn feed(&mut self, child: &mut Child) {
        let input = std::mem::replace(&mut self.input, Input::Empty);
        if let (Some(mut stdin), Input::Bytes(bytes)) = (child.stdin.take(), input) {
            thread::spawn(move || drop(stdin.write_all(&bytes)));
        }
    }

    fn supervise(
        &self,
        started: Started,
        output_ended: Option<mpsc::Receiver<()>>,
        too_much: impl Fn() -> Option<Stop>,
    ) -> Result<ExitStatus, ProcessError> {
        let supervised = Supervised {
            child: started.child,
            noting: started.noting,
            has_own_group: !self.shares_terminal,
            is_last_act: self.is_last_act,
            deadline: self.time_limit.map(|limit| Instant::now() + limit),
            output_ended,
        };
        let guard = || too_much().or_else(|| (self.guard)().map(Stop::Guard));
        let ending = supervised
            .wait(guard)
            .map_err(|source| self.failed_to_run(source))?;
        let (program, purpose) = (self.program.name().to_owned(), self.purpose.clone());
        match ending {
            Ending::Exited(status) => Ok(status),
            Ending::TimedOut => Err(ProcessError::TimedOut {
                program,
                purpose,
                limit: self.time_limit.unwrap_or_default(),
            }),
            Ending::Interrupted => Err(ProcessError::Interrupted { program, purpose }),
            Ending::Stopped(Stop::TooMuch) => Err(self.too_much_output()),
            Ending::Stopped(Stop::Guard(reason)) => Err(ProcessError::Stopped {
                program,
                purpose,
                reason,
            }),
        }
    }

    fn too_much_output(&self) -> ProcessError {
        ProcessError::TooMuchOutput {
            program: self.program.name().to_owned(),
            purpose: self.purpose.clone(),
            limit: self.output_limit,
        }
    }

    fn failed_to_run(&self, source: io::Error) -> ProcessError {
        ProcessError::Run {
            program: self.program.name().to_owned(),
            purpose: self.purpose.clone(),
            source,
        }
    }
}

/// A program that has been started, with signals noted since before that.
struct Started {
    child: Child,
    noting: Noting,
}

/// Why a program had to be stopped.
enum Stop {
    TooMuch,
    Guard(String),
}
