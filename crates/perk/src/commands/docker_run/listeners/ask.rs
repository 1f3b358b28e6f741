//! Asking the system who listens on a port.

use std::net::IpAddr;

use super::super::machine::Machine;
use super::table;

/// From where a port of this machine can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Listens {
    /// From this machine alone.
    OnLoopback,
    /// From containers too.
    OnMore,
    /// Nothing listens.
    Nowhere,
    /// The system does not say.
    Unknown,
}

/// Tells who listens on a port.
pub(in super::super) fn listens(machine: &Machine<'_>, port: u16) -> Listens {
    let Some(addresses) = addresses(machine, port) else {
        return Listens::Unknown;
    };
    match addresses.iter().all(IpAddr::is_loopback) {
        _ if addresses.is_empty() => Listens::Nowhere,
        true => Listens::OnLoopback,
        false => Listens::OnMore,
    }
}

/// Returns the addresses on whose port somebody listens. The kernel is asked where it can be: its
/// tables, which are also those of another system, have all connections and take milliseconds.
fn addresses(machine: &Machine<'_>, port: u16) -> Option<Vec<IpAddr>> {
    let paths = ["/proc/net/tcp", "/proc/net/tcp6"];
    #[cfg(target_os = "linux")]
    if machine.system(paths[0]) == paths[0]
        && let Ok(addresses) = super::kernel::addresses(port)
    {
        return Some(addresses);
    }
    let tables = paths.map(|path| machine.read(machine.system(path)));
    if tables.iter().all(Option::is_none) {
        return None;
    }
    let lines = tables.iter().flatten().flat_map(|table| table.text.lines());
    Some(
        lines
            .filter_map(|line| table::listener(line, port))
            .collect(),
    )
}
