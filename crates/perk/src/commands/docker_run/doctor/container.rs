//! The throw-away container: an image that perk makes of itself, run once and removed.

use std::time::Duration;

use perk_docker::command_line::RunCommand;
use perk_docker::compile::{Compiled, Secrets, compile};
use perk_docker::{CommandFault, Host, NetworkPlan};
use perk_probe::Target;
use perk_probe::diagnosis::ContainerAnswers;
use perk_process::{Input, Invocation, ProcessError, Program};

use super::super::certificates::CertificateFiles;
use super::super::error::DockerRunError;
use super::super::exec::invocation;
use super::super::hex::hex;
use super::{image, inside, options};
use crate::command_error::messages;

/// How long the engine may take over what takes a second.
const LOAD_LIMIT: Duration = Duration::from_mins(2);
/// How long it may take to begin and to end, besides what the container does.
const RUN_LIMIT: Duration = Duration::from_mins(1);
const REMOVE_LIMIT: Duration = Duration::from_secs(30);
/// More steps than any answer has, one after the other.
const MOST_STEPS: u32 = 8;
const PURPOSE: &str = "try the destinations in a container";

/// What the container is like.
pub(super) struct Circumstances<'a> {
    pub(super) program: &'a Program,
    pub(super) command: &'a RunCommand,
    pub(super) plan: &'a NetworkPlan,
    pub(super) host: &'a Host,
    pub(super) certificates: Option<&'a CertificateFiles>,
    pub(super) targets: &'a [Target],
    pub(super) step: Duration,
}

/// Why the container says nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error(transparent)]
    Process(ProcessError),
    #[error("perk cannot make an image of itself")]
    Image(#[source] std::io::Error),
    #[error("the certificates for it cannot be written")]
    Certificates(#[source] DockerRunError),
    #[error("its command is not understood")]
    Command(#[source] CommandFault),
    #[error("what it says is not understood")]
    Words,
}

impl From<ProcessError> for NoAnswer {
    fn from(error: ProcessError) -> Self {
        Self::Process(error)
    }
}

impl NoAnswer {
    /// Returns the error with its causes, in one line.
    pub(super) fn in_words(&self) -> String {
        let messages: Vec<_> = messages(self).collect();
        messages.join(": ").replace('\n', " ")
    }
}

/// Runs the container, and removes it and its image whatever comes.
pub(super) fn answers(circumstances: &Circumstances<'_>) -> Result<ContainerAnswers, NoAnswer> {
    let Circumstances {
        program,
        command,
        targets,
        step,
        ..
    } = *circumstances;
    let name = format!("perk-doctor-{}", random());
    let image = format!("localhost/{name}:latest");
    let arguments = inside::arguments(targets, step);
    let probe = options::alike(command, &name, &image, &arguments).map_err(NoAnswer::Command)?;
    let compiled = compile(
        &probe,
        circumstances.plan,
        circumstances.host,
        &Secrets::ByName,
    );
    let written = circumstances.certificates.map(CertificateFiles::write);
    written.transpose().map_err(NoAnswer::Certificates)?;
    let leftovers = Leftovers {
        program,
        container: &name,
        image: &image,
    };
    let archive = image::image(&image).map_err(NoAnswer::Image)?;
    let loading = program.invocation(PURPOSE).arguments(["load"]);
    let loading = loading.input(Input::Bytes(archive)).time_limit(LOAD_LIMIT);
    loading.capture()?.success()?;
    let output = run(program, &compiled, step)?;
    drop(leftovers);
    serde_json::from_slice(&output).map_err(|_| NoAnswer::Words)
}

fn run(program: &Program, compiled: &Compiled, step: Duration) -> Result<Vec<u8>, ProcessError> {
    let invocation = invocation(program, PURPOSE, compiled);
    let invocation = invocation.time_limit(RUN_LIMIT + step * MOST_STEPS);
    invocation.capture()?.success()
}

fn random() -> String {
    let mut bytes = [0; 6];
    // Without a source of chance, the number of the process has to be enough.
    if getrandom::fill(&mut bytes).is_err() {
        return std::process::id().to_string();
    }
    hex(&bytes)
}

/// What has to be removed in the end, also after Ctrl-C.
struct Leftovers<'a> {
    program: &'a Program,
    container: &'a str,
    image: &'a str,
}

impl Leftovers<'_> {
    fn remove(&self, words: &[&str]) {
        let invocation: Invocation = self
            .program
            .invocation("remove the container")
            .arguments(words.iter().copied())
            .time_limit(REMOVE_LIMIT)
            .as_last_act();
        // What is not there need not be removed.
        let _ = invocation.capture();
    }
}

impl Drop for Leftovers<'_> {
    fn drop(&mut self) {
        self.remove(&["rm", "--force", self.container]);
        self.remove(&["rmi", "--force", self.image]);
    }
}
