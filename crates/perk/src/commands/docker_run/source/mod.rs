//! The places where settings of proxies are looked for.
//!
//! Reading a file takes microseconds and starting a program takes milliseconds, so that a program
//! is asked only where no place before it has settled the question.

mod docker;
mod fetch;
mod files;
mod given;
mod npm;
mod programs;
mod script;
mod within;

use perk_fs::FsError;
use perk_network::source::environment;
use perk_network::{Candidate, Choice, Found, NoProxy, SourceFault, SourceKind, choose};

pub(super) use docker::{DockerClient, docker_client};
pub(super) use fetch::FetchError;
pub(super) use given::Asked;

use self::script::Script;
use super::error::DockerRunError;
use super::machine::Machine;

/// What was found in all places.
#[derive(Debug)]
pub(crate) struct Looked {
    /// Which place counts.
    pub(crate) choice: Choice,
    /// The places that were passed over.
    pub(crate) not_asked: Vec<NotAsked>,
    /// The files that could not be read.
    pub(crate) unreadable: Vec<FsError>,
    /// Why the script that a desktop names could not be used.
    pub(crate) script_fault: Option<String>,
}

/// A place that was passed over, because a program would have had to be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAsked {
    /// The place.
    pub(crate) source: SourceKind,
    /// What had settled the question.
    pub(crate) settled_by: SourceKind,
}

/// Asks a place.
type Ask = fn(&Machine<'_>) -> Outcome;

/// What a place says.
type Outcome = Result<Option<Found>, SourceFault>;

impl Looked {
    /// Returns the exemptions that were given without a proxy, which are in addition to those of
    /// the place that counts.
    pub(super) fn exemptions_alone(&self) -> NoProxy {
        self.additions().fold(NoProxy::default(), |list, found| {
            list.extended(&found.settings.no_proxy)
        })
    }

    /// Returns what perk was told without a proxy.
    pub(super) fn additions(&self) -> impl Iterator<Item = &Found> {
        let given =
            self.choice.losers.iter().filter(|loser| {
                matches!(loser.source, SourceKind::Flags | SourceKind::Configuration)
            });
        given
            .filter_map(|loser| loser.found.as_ref())
            .filter(|found| !found.settings.is_decisive())
    }
}

/// Looks in all places.
pub(super) fn look(
    machine: &Machine<'_>,
    asked: &Asked,
    docker: &DockerClient,
) -> Result<Looked, DockerRunError> {
    let variables = machine.environment().iter();
    let variables = variables.map(|(name, value)| (name.as_str(), value.as_str()));
    let mut candidates = vec![
        candidate(SourceKind::Flags, asked.flags(machine)?),
        candidate(SourceKind::Configuration, asked.configuration(machine)?),
        candidate(SourceKind::Environment, environment::find(variables)),
        candidate(SourceKind::DockerConfig, docker.found.clone()),
        candidate(SourceKind::DaemonJson, files::daemon_json(machine)),
        candidate(SourceKind::SystemdDropIn, files::systemd(machine)),
        candidate(SourceKind::EtcEnvironment, files::etc_environment(machine)),
        candidate(SourceKind::Apt, files::apt(machine)),
    ];
    let mut not_asked = Vec::new();
    let programs: [(SourceKind, Ask); 4] = [
        (SourceKind::Git, programs::git),
        (SourceKind::Npm, npm::npm),
        (SourceKind::Gnome, programs::gnome),
        (SourceKind::Macos, programs::macos),
    ];
    let is_of_another_system = |source| source == SourceKind::Macos && !cfg!(target_os = "macos");
    for (source, ask) in programs {
        if is_of_another_system(source) {
            continue;
        }
        match settled_by(&candidates) {
            Some(settled_by) if source != SourceKind::Npm => {
                not_asked.push(NotAsked { source, settled_by });
            }
            _ => candidates.push(candidate(source, ask(machine))),
        }
    }
    let script = script_of_desktop(&candidates, asked, machine);
    let script_fault = script
        .as_ref()
        .and_then(|script| script.as_ref().err().cloned());
    if let Some(Ok(found)) = script {
        candidates.push(candidate(SourceKind::Pac, Ok(Some(found))));
    }
    Ok(Looked {
        choice: choose(candidates),
        script_fault,
        not_asked,
        unreadable: machine.unreadable(),
    })
}

/// Asks the script that a desktop names, if nothing before it has settled the question. Without it
/// programs of the desktop would go without a proxy too, so that it is no reason to fail.
fn script_of_desktop(
    candidates: &[Candidate],
    asked: &Asked,
    machine: &Machine<'_>,
) -> Option<Result<Found, String>> {
    if settled_by(candidates).is_some() {
        return None;
    }
    let (source, location) = candidates.iter().find_map(|candidate| {
        let found = candidate.outcome.as_ref().ok()?.as_ref()?;
        Some((candidate.source, found.pac.as_ref()?))
    })?;
    let found = asked.ask_script(&Script::of(location.reveal()), machine);
    Some(found.map_err(|error| {
        let causes =
            std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        let causes: Vec<_> = causes.map(|cause| format!(": {cause}")).collect();
        format!("{source}: {error}{}; no proxy is used", causes.concat())
    }))
}

fn candidate(source: SourceKind, outcome: Outcome) -> Candidate {
    Candidate { source, outcome }
}

fn settled_by(candidates: &[Candidate]) -> Option<SourceKind> {
    let is_decisive = |candidate: &&Candidate| {
        let found = candidate.outcome.as_ref().ok().and_then(Option::as_ref);
        found.is_some_and(|found| found.settings.is_decisive())
    };
    let decisive = candidates.iter().find(is_decisive)?;
    Some(decisive.source)
}
