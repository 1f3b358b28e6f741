//! A forwarder from an address that containers reach to a proxy that they do not reach.
//!
//! It listens where it is told, for the life of a container, and may tell the proxy who is asking,
//! so that the container need not know a password. It is the one part of the crate that does IO.

mod authorization;
mod connection;
mod error;
mod head;
mod listen;
mod open_connections;
mod server;

pub use authorization::Authorization;
pub use error::RelayError;
pub use server::{Accepts, ProxyAddress, Relay, RelaySettings, wait_for_end_of};
