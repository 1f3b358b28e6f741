//! What perk and the process of its relays say to each other, a line of JSON each.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

/// What the process is to do.
#[derive(Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) relays: Vec<OneRelay>,
    /// The program of the engine, if the container goes on when its client ends.
    pub(super) engine: Option<String>,
}

/// A relay to one proxy. The authorization is a secret.
#[derive(Serialize, Deserialize)]
pub(super) struct OneRelay {
    pub(super) listen: Ipv4Addr,
    pub(super) may_come_first: bool,
    /// The network of those who may use it: an address in it, and how long its prefix is.
    pub(super) peers: (Ipv4Addr, u8),
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) authorization: Option<String>,
}

/// What the process says when it has begun.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reply {
    /// Where the relays listen, in the order of what was asked for.
    Listening(Vec<SocketAddr>),
    /// Why they do not, and what can be done.
    Failed(Failure),
}

/// Why there is no relay.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) reasons: Vec<String>,
    pub(super) hints: Vec<String>,
}
