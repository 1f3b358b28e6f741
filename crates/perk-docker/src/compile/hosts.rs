//! Which names can be made known to the container.

use crate::command_line::{AddedHost, NetworkMode, RunCommand};
use crate::compile::Warning;
use crate::engine::{Installation, understands_host_gateway};

/// Returns the names of a plan that the engine will take, and what keeps it from taking others.
pub(super) fn added(
    command: &RunCommand,
    installation: &Installation,
    planned: &[AddedHost],
) -> (Vec<AddedHost>, Vec<Warning>) {
    let given = command.added_hosts();
    let mut added = Vec::new();
    let mut warnings = Vec::new();
    for host in planned {
        match obstacle(command, installation, &given, host) {
            None if given.contains(host) => {}
            None => added.push(host.clone()),
            Some(warning) => warnings.push(warning),
        }
    }
    (added, warnings)
}

fn obstacle(
    command: &RunCommand,
    installation: &Installation,
    given: &[AddedHost],
    host: &AddedHost,
) -> Option<Warning> {
    let name = host.name.clone();
    let is_elsewhere = |other: &AddedHost| other.name == name && other.address != host.address;
    if given.iter().any(is_elsewhere) {
        return Some(Warning::HostTaken { name });
    }
    if matches!(
        command.network(),
        NetworkMode::Container(_) | NetworkMode::Pod
    ) {
        return Some(Warning::HostOfAnotherNetwork { name });
    }
    if command.flag("no-hosts") == Some(true) {
        return Some(Warning::NoHostsFile { name });
    }
    let needs_gateway = host.address == "host-gateway";
    (needs_gateway && !understands_host_gateway(installation)).then_some(Warning::NoHostGateway {
        engine: installation.engine,
        name,
    })
}
