//! Proxies on the loopback of this machine, which in a container is the container's own.

use perk_docker::command_line::{AddedHost, NetworkMode};
use perk_docker::engine::{Engine, HostRoute, Installation, host_route, loopback_network};
use perk_network::{Field, ProxyUrl, Settings};

use super::listeners::{Listens, listens};
use super::machine::Machine;
use super::relay::Relays;

/// How the settings have to be for a container.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) settings: Settings,
    pub(super) add_hosts: Vec<AddedHost>,
    pub(super) warnings: Vec<String>,
}

/// Replaces the loopback by a name of this machine that a container knows.
pub(super) fn moved(
    settings: &Settings,
    installation: &Installation,
    network: &NetworkMode,
    relays: &Relays,
    machine: &Machine<'_>,
) -> Moved {
    let mut moved = Moved {
        settings: relayed(settings, relays),
        ..Moved::default()
    };
    let is_relayed = |proxy: &ProxyUrl| relays.of(proxy).is_some();
    let on_loopback: Vec<(Field, ProxyUrl)> = settings
        .proxies()
        .filter(|(_, proxy)| proxy.host.is_loopback() && !is_relayed(proxy))
        .map(|(field, proxy)| (field, proxy.clone()))
        .collect();
    if on_loopback.is_empty() {
        return moved;
    }
    match host_route(installation, network) {
        HostRoute::Loopback | HostRoute::NoNetwork => {}
        HostRoute::NetworkOfAnother => moved.warnings.push(
            "the proxy is on the loopback of this machine, which the network of another container \
             does not reach"
                .to_owned(),
        ),
        HostRoute::Name {
            name,
            add_host,
            reaches_loopback,
        } => {
            moved.add_hosts.extend(add_host.and_then(added_host));
            for (field, proxy) in on_loopback {
                if !reaches_loopback {
                    let listens = listens(machine, proxy.port);
                    moved.warn(&proxy, listens, installation, relays);
                }
                let host = perk_network::Host::Name(name.to_owned());
                let relocated = proxy.relocated(host, proxy.port);
                if let Some(slot) = moved.settings.proxy_mut(field) {
                    *slot = Some(relocated);
                }
            }
        }
    }
    moved
}

/// Puts the addresses of relays in the place of their proxies.
fn relayed(settings: &Settings, relays: &Relays) -> Settings {
    let mut relayed = settings.clone();
    for (field, proxy) in settings.proxies() {
        if let (Some(relay), Some(slot)) = (relays.of(proxy), relayed.proxy_mut(field)) {
            *slot = Some(relay.for_container());
        }
    }
    relayed
}

/// Returns what makes the name of this machine known to a container, if a proxy has that name.
pub(super) fn name_in_use(
    settings: &Settings,
    installation: &Installation,
    network: &NetworkMode,
) -> Option<AddedHost> {
    let HostRoute::Name { name, add_host, .. } = host_route(installation, network) else {
        return None;
    };
    let host = perk_network::Host::Name(name.to_owned());
    let is_in_use = settings.proxies().any(|(_, proxy)| proxy.host == host);
    is_in_use.then(|| added_host(add_host?)).flatten()
}

fn added_host(text: &str) -> Option<AddedHost> {
    let (name, address) = text.split_once(':')?;
    Some(AddedHost {
        name: name.to_owned(),
        address: address.to_owned(),
    })
}

impl Moved {
    fn warn(
        &mut self,
        proxy: &ProxyUrl,
        listens: Listens,
        installation: &Installation,
        relays: &Relays,
    ) {
        let network = loopback_network(installation).network;
        let is_rootless_docker = installation.is_rootless && installation.engine == Engine::Docker;
        let warning = match listens {
            // The bridge is in a network of the engine's own, and so is `--network host`.
            _ if is_rootless_docker => format!(
                "the proxy {proxy} is on the loopback of this machine, and docker runs as an \
                 ordinary user, whose containers do not reach it: have the proxy listen on another \
                 address of this machine too, and name that by `--proxy`"
            ),
            Listens::OnMore => return,
            Listens::OnLoopback => {
                let relay = match &relays.obstacle {
                    Some(obstacle) => format!(", and there is no relay to it, since {obstacle}"),
                    None => String::new(),
                };
                let first = if relays.are_possible {
                    "run the command by `--exec`, which brings them there, or "
                } else {
                    ""
                };
                format!(
                    "the proxy {proxy} listens on the loopback of this machine alone, which \
                     containers do not reach{relay}: {first}pass `--network {network}`, or have it \
                     listen on the engine's bridge too"
                )
            }
            Listens::Nowhere => format!("nothing listens at {proxy} now"),
            Listens::Unknown => format!(
                "the proxy {proxy} is on this machine: containers reach it only if it listens on \
                 the engine's bridge too; if not, pass `--network {network}`"
            ),
        };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}
