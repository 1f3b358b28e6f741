//! Proxies on the loopback of this machine, which in a container is the container's own.

use std::net::{Ipv4Addr, Ipv6Addr};

use perk_docker::command_line::{AddedHost, NetworkMode};
use perk_docker::engine::{HostRoute, Installation, host_route, loopback_network};
use perk_network::{Field, ProxyUrl, Settings};

use super::machine::Machine;

/// How the settings have to be for a container.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) settings: Settings,
    pub(super) add_hosts: Vec<AddedHost>,
    pub(super) warnings: Vec<String>,
}

/// From where a port of this machine can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listens {
    /// From this machine alone.
    OnLoopback,
    /// From containers too.
    OnMore,
    /// Nothing listens.
    Nowhere,
    /// The system does not say.
    Unknown,
}

/// Replaces the loopback by a name of this machine that a container knows.
pub(super) fn moved(
    settings: &Settings,
    installation: &Installation,
    network: &NetworkMode,
    machine: &Machine<'_>,
) -> Moved {
    let mut moved = Moved {
        settings: settings.clone(),
        ..Moved::default()
    };
    let on_loopback: Vec<(Field, ProxyUrl)> = settings
        .proxies()
        .filter(|(_, proxy)| proxy.host.is_loopback())
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
                    moved.warn(&proxy, listens(machine, proxy.port), installation);
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
    fn warn(&mut self, proxy: &ProxyUrl, listens: Listens, installation: &Installation) {
        let network = loopback_network(installation).network;
        let warning = match listens {
            Listens::OnMore => return,
            Listens::OnLoopback => format!(
                "the proxy {proxy} listens on the loopback of this machine alone, which containers \
                 do not reach: pass `--network {network}`, or have it listen on the engine's \
                 bridge too"
            ),
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

/// Asks the system who listens on a port.
fn listens(machine: &Machine<'_>, port: u16) -> Listens {
    let files = ["/proc/net/tcp", "/proc/net/tcp6"];
    let tables = files.map(|path| machine.read(machine.system(path)));
    if tables.iter().all(Option::is_none) {
        return Listens::Unknown;
    }
    let lines = tables.iter().flatten().flat_map(|table| table.text.lines());
    let found: Vec<bool> = lines.filter_map(|line| reaches_more(line, port)).collect();
    match (found.is_empty(), found.contains(&true)) {
        (true, _) => Listens::Nowhere,
        (false, true) => Listens::OnMore,
        (false, false) => Listens::OnLoopback,
    }
}

/// Reads a line of the system's table, `0: 0100007F:0C38 00000000:0000 0A …`, and tells whether
/// who listens there is reached from elsewhere. None if it is no line of a listener on the port.
fn reaches_more(line: &str, port: u16) -> Option<bool> {
    const LISTENING: &str = "0A";
    let mut words = line.split_whitespace();
    let (address, hex) = words.nth(1)?.rsplit_once(':')?;
    let is_listening = words.nth(1) == Some(LISTENING);
    if !is_listening || u16::from_str_radix(hex, 16) != Ok(port) {
        return None;
    }
    Some(!is_loopback(address))
}

/// The table has each 32 bits in the order of this machine.
fn is_loopback(address: &str) -> bool {
    let words = (0..address.len() / 8).map(|index| &address[index * 8..index * 8 + 8]);
    let bytes: Vec<u8> = words
        .filter_map(|word| u32::from_str_radix(word, 16).ok())
        .flat_map(u32::to_ne_bytes)
        .collect();
    if let Ok(bytes) = <[u8; 4]>::try_from(&bytes[..]) {
        return Ipv4Addr::from(bytes).is_loopback();
    }
    match <[u8; 16]>::try_from(&bytes[..]) {
        Ok(bytes) => Ipv6Addr::from(bytes).to_canonical().is_loopback(),
        Err(_) => false,
    }
}

#[cfg(test)]
#[cfg(target_endian = "little")]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_system_is_understood() {
        let line = |address: &str| {
            let line = format!("   0: {address}:0C38 00000000:0000 0A 00000000:00000000 00:0 0");
            reaches_more(&line, 3128)
        };
        assert_eq!(line("0100007F"), Some(false));
        assert_eq!(line("00000000"), Some(true));
        assert_eq!(line("010011AC"), Some(true));
        assert_eq!(line("00000000000000000000000001000000"), Some(false));
        assert_eq!(line("0000000000000000FFFF00000100007F"), Some(false));
        assert_eq!(line("00000000000000000000000000000000"), Some(true));
        let established = "1: 0100007F:0C38 0100007F:9999 01 0:0";
        assert_eq!(reaches_more(established, 3128), None);
        assert_eq!(
            reaches_more("  sl  local_address rem_address   st", 3128),
            None
        );
    }
}
