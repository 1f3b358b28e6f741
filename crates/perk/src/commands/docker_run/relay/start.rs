//! Deciding about relays, and starting them.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use perk_config::RelayWhen;
use perk_docker::Host;
use perk_docker::command_line::{NetworkMode, RunCommand};
use perk_docker::engine::{HostRoute, host_route};
use perk_network::{Host as ProxyHost, ProxyUrl, Scheme, Settings};
use perk_process::{Lifeline, SearchPath};

use super::super::engine::Known;
use super::super::error::DockerRunError;
use super::super::listeners::{Listens, listens};
use super::super::machine::Machine;
use super::super::source::DockerClient;
use super::order::{Failure, OneRelay, Order, Reply};
use super::place::{Place, place};
use super::process::NAME;

/// How long the process may take to begin.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// What a container is marked by that goes on in the background.
pub(super) const LABEL: &str = "perk.relay";
const PURPOSE: &str = "bring the container to the proxy";

/// All that decides about relays.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Circumstances<'a> {
    pub(in super::super) when: RelayWhen,
    /// Whether the command is run at once: whoever reads it later finds no relay.
    pub(in super::super) is_run: bool,
    pub(in super::super) command: &'a RunCommand,
    pub(in super::super) host: &'a Host,
    pub(in super::super) known: &'a Known,
    pub(in super::super) docker: &'a DockerClient,
    pub(in super::super) machine: &'a Machine<'a>,
}

/// The relays of a command.
#[derive(Debug, Default)]
pub(in super::super) struct Relays {
    /// Those that run.
    pub(in super::super) running: Vec<Relayed>,
    /// What keeps them running.
    pub(in super::super) lifeline: Option<Lifeline>,
    /// What the container has to be marked by, so that they go on as long as it does.
    pub(in super::super) label: Option<String>,
    /// Whether there would be some if the command were run.
    pub(in super::super) are_possible: bool,
    /// Why there are none although they are needed.
    pub(in super::super) obstacle: Option<String>,
}

impl Relays {
    /// Returns the relay to a proxy, if it runs.
    pub(in super::super) fn of(&self, proxy: &ProxyUrl) -> Option<&Relayed> {
        self.running.iter().find(|relay| relay.proxy == *proxy)
    }
}

/// A proxy under the address of its relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relayed {
    pub(crate) proxy: ProxyUrl,
    pub(crate) address: SocketAddr,
}

impl Relayed {
    /// Returns what the container has to be told.
    pub(crate) fn for_container(&self) -> ProxyUrl {
        let (host, port) = (self.address.ip(), self.address.port());
        let relocated = self.proxy.relocated(ProxyHost::Address(host), port);
        if hides_credentials(&self.proxy) {
            relocated.without_credentials()
        } else {
            relocated
        }
    }
}

/// Only a proxy that is spoken to in plain HTTP can be told more than the client says.
fn hides_credentials(proxy: &ProxyUrl) -> bool {
    proxy.scheme == Scheme::Http && proxy.credentials.is_some()
}

/// Starts the relays that a command needs.
pub(in super::super) fn prepare(
    settings: &Settings,
    circumstances: Circumstances<'_>,
) -> Result<Relays, DockerRunError> {
    let mut relays = Relays::default();
    let proxies = needed(settings, circumstances);
    if proxies.is_empty() {
        return Ok(relays);
    }
    let Circumstances {
        when,
        command,
        host,
        known,
        docker,
        ..
    } = circumstances;
    let started = match place(command, host, known, docker) {
        Ok(_) if !circumstances.is_run => {
            relays.are_possible = true;
            return Ok(relays);
        }
        Ok(place) => start(&proxies, place, command),
        Err(_) if !circumstances.is_run => return Ok(relays),
        Err(reason) => Err(DockerRunError::NoRelay(reason)),
    };
    match started {
        Ok(started) => Ok(started),
        Err(error) if when == RelayWhen::Always => Err(error),
        Err(error) => {
            relays.obstacle = Some(match &error {
                DockerRunError::NoRelay(reason) => reason.to_string(),
                DockerRunError::Relay { reasons, .. } => reasons.join(": "),
                error => error.to_string(),
            });
            Ok(relays)
        }
    }
}

/// Returns the proxies that need a relay, each once.
fn needed(settings: &Settings, circumstances: Circumstances<'_>) -> Vec<ProxyUrl> {
    let mut proxies: Vec<ProxyUrl> = Vec::new();
    for (_, proxy) in settings.proxies() {
        if is_needed(proxy, circumstances) && !proxies.contains(proxy) {
            proxies.push(proxy.clone());
        }
    }
    proxies
}

fn is_needed(proxy: &ProxyUrl, circumstances: Circumstances<'_>) -> bool {
    let Circumstances {
        command,
        host,
        machine,
        ..
    } = circumstances;
    match circumstances.when {
        RelayWhen::Never => return false,
        RelayWhen::Always => return true,
        RelayWhen::Auto if !proxy.host.is_loopback() => return false,
        RelayWhen::Auto => {}
    }
    match host_route(&host.installation, &command.network()) {
        HostRoute::Loopback | HostRoute::NoNetwork => false,
        HostRoute::NetworkOfAnother => command.network() != NetworkMode::Pod,
        HostRoute::Name {
            reaches_loopback, ..
        } => !reaches_loopback && listens(machine, proxy.port) == Listens::OnLoopback,
    }
}

fn start(
    proxies: &[ProxyUrl],
    place: Place,
    command: &RunCommand,
) -> Result<Relays, DockerRunError> {
    let path = SearchPath::of_process();
    let engine = || path.find(command.engine().name(), "run the container");
    let engine = command.is_detached().then(engine).transpose()?;
    let order = Order {
        relays: proxies.iter().map(|proxy| one(proxy, place)).collect(),
        engine: engine.map(|program| program.path().to_string_lossy().into_owned()),
    };
    let own = std::env::current_exe().map_err(|source| failed(&source))?;
    let own = path.find(&own.to_string_lossy(), PURPOSE)?;
    let invocation = own.invocation(PURPOSE).arguments([NAME]).folder("/");
    let mut process = invocation.companion()?;
    let line = serde_json::to_string(&order).map_err(|source| failed(&source))?;
    process.send(&line).map_err(|source| failed(&source))?;
    let (line, lifeline) = process.answer(TIME_LIMIT);
    let line = line.ok_or_else(|| failed(&"its process does not answer"))?;
    let addresses = match serde_json::from_str(&line).map_err(|source| failed(&source))? {
        Reply::Listening(addresses) => addresses,
        Reply::Failed(Failure { reasons, hints }) => {
            return Err(DockerRunError::Relay { reasons, hints });
        }
    };
    let label = addresses.first().filter(|_| command.is_detached());
    let running = proxies.iter().cloned().zip(&addresses);
    Ok(Relays {
        label: label.map(|address| format!("{LABEL}={address}")),
        running: running
            .map(|(proxy, &address)| Relayed { proxy, address })
            .collect(),
        lifeline: Some(lifeline),
        ..Relays::default()
    })
}

fn failed(reason: &dyn std::fmt::Display) -> DockerRunError {
    DockerRunError::Relay {
        reasons: vec![reason.to_string()],
        hints: Vec::new(),
    }
}

fn one(proxy: &ProxyUrl, place: Place) -> OneRelay {
    let credentials = proxy.credentials.as_ref();
    let credentials = credentials.filter(|_| hides_credentials(proxy));
    OneRelay {
        listen: place.address,
        may_come_first: place.may_come_first,
        peers: (place.range.network(), place.range.prefix_len()),
        host: match &proxy.host {
            ProxyHost::Name(name) => name.clone(),
            ProxyHost::Address(IpAddr::V4(address)) => address.to_string(),
            ProxyHost::Address(IpAddr::V6(address)) => address.to_string(),
        },
        port: proxy.port,
        authorization: credentials
            .map(|credentials| credentials.to_basic_authorization().reveal().to_owned()),
    }
}
