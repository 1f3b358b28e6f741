//! Whether a host is exempt, as the writer of the list meant it.

use std::net::IpAddr;

use super::{Entry, NoProxy};
use crate::proxy::Host;

pub(super) fn matches(list: &NoProxy, host: &str, port: u16) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let Some(host) = Host::parse(host) else {
        return list.is_everything;
    };
    list.is_everything
        || host.is_loopback()
        || list.entries.iter().any(|entry| is_in(&host, port, entry))
}

fn is_in(host: &Host, port: u16, entry: &Entry) -> bool {
    let is_port = |only: &Option<u16>| only.is_none_or(|only| only == port);
    match (host, entry) {
        (
            Host::Name(host),
            Entry::Domain {
                name,
                port: only_port,
            },
        ) => is_or_is_below(host, name) && is_port(only_port),
        (Host::Name(host), Entry::Pattern(pattern)) => is_like(host, pattern),
        (Host::Name(host), Entry::PlainNames) => !host.contains('.'),
        (
            Host::Address(host),
            Entry::Address {
                address,
                port: only_port,
            },
        ) => host.to_canonical() == address.to_canonical() && is_port(only_port),
        (Host::Address(host), Entry::Network(network)) => {
            let host: IpAddr = host.to_canonical();
            network.contains(&host)
        }
        _ => false,
    }
}

fn is_or_is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Matches `*` with any letters, without going back more than one star.
fn is_like(host: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = host.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
