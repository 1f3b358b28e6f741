//! What findings have to know of the settings to say what to change.

use perk_docker::command_line::{NetworkMode, RunCommand};
use perk_docker::engine::loopback_network;
use perk_network::{Field, Found};
use perk_probe::diagnosis::{Setup, TrustSetup};

use super::super::certificates::Wanted;
use super::super::machine::Machine;
use super::{Case, has_programs, networks};

/// Where the servers for names are listed; the second one where the first has a helper only.
const NAME_SERVERS: [&str; 2] = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];

/// Describes the settings.
pub(super) fn setup(case: &Case<'_>) -> Setup {
    let found = case.shown.looked.choice.winner.as_ref();
    let found = found.map(|(_, found)| found);
    let places = |fields: &[Field]| found.map(|found| places(found, fields)).unwrap_or_default();
    Setup {
        engine: case.shown.command.engine().name().to_owned(),
        proxy_places: places(&Field::PROXIES),
        exemption_places: places(&[Field::NoProxy]),
        trust: trust(case),
        name_servers: name_servers(case.machine),
        loopback_network: loopback_network(&case.shown.host.installation)
            .network
            .to_owned(),
        has_relay: case.shown.relays.are_possible,
        has_no_network: has_no_network(&case.shown.command),
        has_programs: has_programs(case),
    }
}

/// Tells whether a container of the command is to have no network.
pub(super) fn has_no_network(command: &RunCommand) -> bool {
    command.network() == NetworkMode::None
}

fn places(found: &Found, fields: &[Field]) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for (field, place) in &found.places {
        let place = place.to_string();
        if fields.contains(field) && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

fn trust(case: &Case<'_>) -> TrustSetup {
    let key = || {
        let setting = case.settings.ca.as_ref();
        setting.map_or_else(
            || "`--no-ca`".to_owned(),
            |setting| format!("`ca` ({})", setting.origin),
        )
    };
    match Wanted::new(case.arguments, case.settings) {
        None if case.arguments.no_ca => TrustSetup::Off {
            by: "`--no-ca`".to_owned(),
        },
        None => TrustSetup::Off { by: key() },
        Some(Wanted::OfMachine) => TrustSetup::OfMachine,
        Some(Wanted::File(path)) => TrustSetup::File {
            path: path.into_string(),
            by: if case.arguments.ca.is_some() {
                "`--ca`".to_owned()
            } else {
                key()
            },
        },
    }
}

fn name_servers(machine: &Machine<'_>) -> Vec<std::net::IpAddr> {
    let files = NAME_SERVERS.into_iter();
    let texts = files.filter_map(|path| machine.read(machine.system(path)));
    let servers = texts.map(|file| networks::name_servers(&file.text));
    servers
        .into_iter()
        .find(|servers| !servers.is_empty())
        .unwrap_or_default()
}
