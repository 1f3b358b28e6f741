//! `perk docker-run --doctor`: what a container would reach, and what to do if it does not.
//!
//! The same is tried on this machine and, at the same time, in a throw-away container with the
//! network that the user's own would have.

mod container;
mod image;
mod inside;
mod libraries;
mod networks;
mod options;
mod setup;
mod targets;

use std::panic::resume_unwind;
use std::thread;
use std::time::Duration;

use perk_config::DockerRunSettings;
use perk_diag::ExitCode;
use perk_network::certificate::Certificate;
use perk_network::program::Forecast;
use perk_network::{Extra, Variables, variables};
use perk_probe::diagnosis::{ContainerAnswers, Finding, Severity, diagnose};
use perk_probe::{Answer, Limits, Routes, Target, ask, questions};
use perk_process::{HeldSignals, Program, SearchPath, hold_signals};
use perk_term::Terminal;

pub(crate) use inside::{is_probe, probe};

use self::container::Circumstances;
use super::arguments::{DockerRunArgs, RunFormat};
use super::error::DockerRunError;
use super::forecast::{all_forecasts, forecasts_of};
use super::machine::Machine;
use super::source::Looked;
use super::{Shown, certificates};
use crate::command_error::CommandError;
use crate::render::docker_run as render;

/// How often it is looked whether there are answers.
const PAUSE: Duration = Duration::from_millis(10);

/// All that was found out.
#[derive(Debug)]
pub(crate) struct Examination {
    /// What was tried.
    pub(crate) targets: Vec<Target>,
    /// The places that name the proxy.
    pub(crate) proxy_places: Vec<String>,
    /// What came of it on this machine.
    pub(crate) host: Vec<Answer>,
    /// What came of it in a container, or why nothing was tried there.
    pub(crate) container: Result<ContainerAnswers, String>,
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
}

impl Examination {
    /// Tells whether anything keeps programs from reaching a destination.
    pub(crate) fn has_trouble(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.severity != Severity::Note)
    }
}

/// What the examination begins with.
pub(super) struct Case<'a> {
    pub(super) arguments: &'a DockerRunArgs,
    pub(super) settings: &'a DockerRunSettings,
    pub(super) shown: &'a Shown,
    pub(super) machine: &'a Machine<'a>,
}

/// Examines what a container of the command would reach.
pub(super) fn doctor(case: &Case<'_>, terminal: &mut Terminal) -> Result<ExitCode, CommandError> {
    let targets = targets::targets(case.arguments, case.settings)?;
    let forecasts = forecasts(case)?;
    let signals = hold_signals().map_err(DockerRunError::Signals)?;
    let (program, reason) = match engine(case) {
        Ok(program) => (Some(program), String::new()),
        Err(Skipped::Reason(reason)) => (None, reason),
        Err(Skipped::Error(error)) => return Err(error),
    };
    let progress = terminal.progress("trying to reach the destinations", None);
    let tried = both(case, &targets, program.as_ref(), &signals);
    drop(progress);
    let Some((host, container)) = tried else {
        return Ok(ExitCode::Interrupted);
    };
    let container = container.unwrap_or(Err(reason));
    let setup = setup::setup(case);
    let findings = diagnose(&setup, &host, container.as_ref().ok(), &forecasts);
    let examination = Examination {
        targets,
        proxy_places: setup.proxy_places,
        host,
        container,
        findings,
    };
    match case.arguments.format {
        RunFormat::Json => terminal.json(&render::DoctorDocument::new(&examination))?,
        _ => render::doctor_text(&examination, terminal)?,
    }
    for warning in &case.shown.warnings {
        terminal.warn(warning);
    }
    let is_wanted = program.is_some() && is_engine_named(case);
    if examination.container.is_err() && is_wanted {
        return Ok(ExitCode::Environment);
    }
    Ok(if examination.has_trouble() {
        ExitCode::No
    } else {
        ExitCode::Success
    })
}

/// Why there is no container.
enum Skipped {
    Reason(String),
    Error(CommandError),
}

fn is_engine_named(case: &Case<'_>) -> bool {
    case.arguments.engine.is_some() || case.settings.engine.is_some()
}

/// Returns the program that runs the container. One that was asked for by name has to be there.
fn engine(case: &Case<'_>) -> Result<Program, Skipped> {
    let skipped = |reason: &str| Err(Skipped::Reason(reason.to_owned()));
    if !cfg!(target_os = "linux") {
        return skipped("perk is no program for Linux here, which a container would need");
    }
    if setup::has_no_network(&case.shown.command) {
        return skipped("it is to have no network");
    }
    let name = case.shown.command.engine().name();
    let found = SearchPath::of_process().find(name, "try the destinations in a container");
    found.map_err(|error| {
        if is_engine_named(case) {
            Skipped::Error(error.into())
        } else {
            Skipped::Reason(format!("{name} is not installed"))
        }
    })
}

impl Case<'_> {
    fn step(&self) -> Duration {
        Duration::from_secs(self.arguments.time_limit.into())
    }
}

/// What came of both places; there may be none for a container.
type Tried = (Vec<Answer>, Option<Result<ContainerAnswers, String>>);

/// Tries both places at once. None if perk has been told to end.
fn both(
    case: &Case<'_>,
    targets: &[Target],
    program: Option<&Program>,
    signals: &HeldSignals,
) -> Option<Tried> {
    let asked = questions(targets, &routes(&case.shown.looked));
    let limits = Limits {
        step: case.step(),
        trusted: trusted(case),
    };
    let host = thread::spawn(move || ask(&asked, &limits));
    let container = program.map(|program| {
        let circumstances = Circumstances {
            program,
            command: &case.shown.command,
            plan: &case.shown.plan,
            host: &case.shown.host,
            certificates: case.shown.certificates.as_ref(),
            targets,
            step: case.step(),
        };
        container::answers(&circumstances).map_err(|error| error.in_words())
    });
    while !host.is_finished() && !signals.has_come() {
        thread::sleep(PAUSE);
    }
    if signals.has_come() {
        return None;
    }
    let host = host.join().unwrap_or_else(|panic| resume_unwind(panic));
    Some((host, container))
}

/// Returns the ways that programs on this machine would take with the settings that were found.
fn routes(looked: &Looked) -> Routes {
    let Some((_, found)) = &looked.choice.winner else {
        return Routes::default();
    };
    let extra = Extra {
        exempt: looked.exemptions_alone(),
        has_java: false,
    };
    let Variables { list, .. } = variables(&found.settings, &extra);
    Routes::of_variables(&|name| {
        let variable = list.iter().find(|variable| variable.name == name)?;
        Some(variable.value.reveal().to_owned())
    })
}

/// Returns all certificates that this machine has, in its own store or in a file that was named.
fn trusted(case: &Case<'_>) -> Vec<Certificate> {
    let mut trusted = certificates::all_of_machine(case.machine);
    if let Some(files) = &case.shown.certificates {
        trusted.extend_from_slice(files.certificates());
    }
    trusted
}

/// Returns what the programs that were named will do, or else all that are known.
fn forecasts(case: &Case<'_>) -> Result<Vec<Forecast>, DockerRunError> {
    if let Some(name) = &case.arguments.program {
        return forecasts_of(name, case.shown);
    }
    Ok(all_forecasts(case.shown))
}

/// Returns whether programs were named to be told about.
fn has_programs(case: &Case<'_>) -> bool {
    case.arguments.program.is_some()
}
