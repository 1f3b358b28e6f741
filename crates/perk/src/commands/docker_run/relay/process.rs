//! The process of the relays, which nobody starts by hand.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::Ipv4Net;
use perk_diag::{ExitCode, Explain as _};
use perk_docker::relay::{
    Authorization, ProxyAddress, Relay, RelayError, RelaySettings, wait_for_end_of,
};
use perk_process::leave_terminal;

use super::container;
use super::order::{Failure, OneRelay, Order, Reply};

/// What the process is started with. It is no command, so that no help speaks of it.
pub(super) const NAME: &str = "docker-run-relay";

/// Tells whether the arguments of a process make it one for relays.
pub(crate) fn is_relay(arguments: &[OsString]) -> bool {
    matches!(arguments, [_, name] if name == NAME)
}

/// Runs the relays that standard input asks for, and tells standard output where they are.
pub(crate) fn relay() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::Success,
        Err(_) => ExitCode::Internal,
    }
}

fn run() -> io::Result<()> {
    leave_terminal()?;
    let mut input = BufReader::new(io::stdin());
    let mut line = String::new();
    input.read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    let started: Result<Vec<_>, _> = order.relays.iter().map(start).collect();
    let relays = match started {
        Ok(relays) => relays,
        Err(error) => return say(&Reply::Failed(failure(&error))),
    };
    let addresses: Vec<_> = relays.iter().map(Relay::address).collect();
    let first = addresses.first().copied();
    say(&Reply::Listening(addresses))?;
    wait_for_end_of(input);
    if let (Some(engine), Some(address)) = (&order.engine, first) {
        container::wait(engine, address);
    }
    drop(relays);
    Ok(())
}

fn say(reply: &Reply) -> io::Result<()> {
    let line = serde_json::to_string(reply)?;
    let mut output = io::stdout();
    output.write_all(format!("{line}\n").as_bytes())?;
    output.flush()
}

fn start(order: &OneRelay) -> Result<Relay, RelayError> {
    let (network, length) = order.peers;
    let peers = Ipv4Net::new(network, length).ok();
    let own = order.listen;
    // Whoever is on this machine comes from its own address in the network.
    let accepts = move |peer: IpAddr| match peer {
        IpAddr::V4(peer) => peer != own && peers.is_some_and(|peers| peers.contains(&peer)),
        IpAddr::V6(_) => false,
    };
    Relay::start(RelaySettings {
        listen: SocketAddr::new(order.listen.into(), 0),
        may_come_first: order.may_come_first,
        proxy: ProxyAddress {
            host: order.host.clone(),
            port: order.port,
        },
        authorization: order.authorization.clone().map(Authorization::new),
        accepts: Arc::new(accepts),
    })
}

fn failure(error: &RelayError) -> Failure {
    let source = error.source().map(ToString::to_string);
    Failure {
        reasons: [error.to_string()].into_iter().chain(source).collect(),
        hints: error.hints().iter().map(ToString::to_string).collect(),
    }
}
