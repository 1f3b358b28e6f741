//! Where a relay can listen, so that a container reaches it.

use std::fmt;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use perk_docker::Host;
use perk_docker::command_line::{NetworkMode, RunCommand};
use perk_docker::engine::Engine;

use super::super::engine::Known;
use super::super::source::DockerClient;

/// An address of this machine in a network of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) address: Ipv4Addr,
    pub(super) range: Ipv4Net,
    /// Whether the engine may give the address to this machine only with the first container.
    pub(super) may_come_first: bool,
}

/// Why there is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum NoPlace {
    Desktop,
    OrdinaryUser(Engine),
    Elsewhere,
    HostNetwork,
    NoNetwork,
    Pod,
    NoBridge,
    Unknown,
}

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Desktop => f.write_str("the containers of Docker Desktop are in another machine"),
            Self::OrdinaryUser(engine) => write!(
                f,
                "{engine} runs as an ordinary user, whose networks are not those of this machine"
            ),
            Self::Elsewhere => f.write_str("docker's daemon may be on another machine"),
            Self::HostNetwork => f.write_str("the container has the network of this machine"),
            Self::NoNetwork => f.write_str("the container has no network"),
            Self::Pod => f.write_str("the network of the container is that of a pod"),
            Self::NoBridge => {
                f.write_str("this machine has no address in the network of the container")
            }
            Self::Unknown => {
                f.write_str("the engine did not say which addresses the container's network has")
            }
        }
    }
}

/// Returns where to listen for a container.
pub(super) fn place(
    command: &RunCommand,
    host: &Host,
    known: &Known,
    docker: &DockerClient,
) -> Result<Place, NoPlace> {
    let engine = command.engine();
    match command.network() {
        NetworkMode::Host => return Err(NoPlace::HostNetwork),
        NetworkMode::None => return Err(NoPlace::NoNetwork),
        NetworkMode::Pod => return Err(NoPlace::Pod),
        NetworkMode::Default | NetworkMode::Named(_) | NetworkMode::Container(_) => {}
    }
    if host.installation.is_desktop {
        return Err(NoPlace::Desktop);
    }
    if host.installation.is_rootless {
        return Err(NoPlace::OrdinaryUser(engine));
    }
    let daemon = docker.daemon.as_deref().unwrap_or_default();
    if engine == Engine::Docker && !daemon.starts_with("unix://") {
        return Err(NoPlace::Elsewhere);
    }
    if known.networks.is_empty() {
        return Err(NoPlace::Unknown);
    }
    let bridges = known.networks.iter().filter(|network| network.is_bridge);
    let subnet = bridges.flat_map(|network| &network.subnets).next();
    let subnet = subnet.ok_or(NoPlace::NoBridge)?;
    Ok(Place {
        address: subnet.gateway,
        range: subnet.range,
        may_come_first: engine != Engine::Docker,
    })
}
