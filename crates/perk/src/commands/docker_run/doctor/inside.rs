//! What perk does in the throw-away container: it tries the destinations with the variables that the
//! container was given, and writes the answers for the perk outside.

use std::ffi::OsString;
use std::time::Duration;

use perk_diag::ExitCode;
use perk_network::certificate::Certificate;
use perk_probe::diagnosis::{ContainerAnswers, GivenBundle};
use perk_probe::{Limits, Routes, Target, ask, questions};
use perk_term::{Terminal, TerminalOptions};

use super::super::certificates::certificates_in;
use super::networks;
use crate::settings::Surroundings;

/// What the process is started with. It is no command, so that no help speaks of it.
const NAME: &str = "docker-run-probe";
/// The variable that most programs read, and that perk always sets.
const BUNDLE_VARIABLE: &str = "SSL_CERT_FILE";

/// Returns the arguments with which perk tries destinations.
pub(super) fn arguments(targets: &[Target], step: Duration) -> Vec<String> {
    let fixed = [NAME.to_owned(), step.as_millis().to_string()];
    let targets = targets.iter().map(ToString::to_string);
    fixed.into_iter().chain(targets).collect()
}

/// Tells whether the arguments of a process make it one that tries destinations.
pub(crate) fn is_probe(arguments: &[OsString]) -> bool {
    matches!(arguments, [_, name, ..] if name == NAME)
}

/// Tries the destinations, and writes the answers.
pub(crate) fn probe(arguments: &[OsString]) -> ExitCode {
    let mut words = arguments.iter().skip(2).filter_map(|word| word.to_str());
    let step = words.next().and_then(|word| word.parse().ok());
    let targets: Vec<Target> = words.filter_map(|word| word.parse().ok()).collect();
    let answers = answers(&targets, Duration::from_millis(step.unwrap_or_default()));
    let mut terminal = Terminal::stdio(&TerminalOptions::default());
    let written = terminal.json(&answers).and_then(|()| terminal.finish());
    match written {
        Ok(()) => ExitCode::Success,
        Err(_) => ExitCode::Environment,
    }
}

fn answers(targets: &[Target], step: Duration) -> ContainerAnswers {
    let surroundings = Surroundings::of_process();
    let environment = surroundings.environment();
    let routes = Routes::of_variables(&|name| environment.get(name).cloned());
    let path = environment.get(BUNDLE_VARIABLE);
    let (bundle, trusted) = bundle(path.filter(|path| !path.is_empty()));
    ContainerAnswers {
        answers: ask(&questions(targets, &routes), &Limits { step, trusted }),
        bundle,
        networks: networks::of_process(),
    }
}

fn bundle(path: Option<&String>) -> (GivenBundle, Vec<Certificate>) {
    let Some(path) = path.cloned() else {
        return (GivenBundle::None, Vec::new());
    };
    let certificates = certificates_in(path.as_str().into());
    let bundle = if certificates.is_empty() {
        GivenBundle::Missing { path }
    } else {
        GivenBundle::Read { path }
    };
    (bundle, certificates)
}
