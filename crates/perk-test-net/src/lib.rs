//! A forward proxy and servers for tests, with certificates of their own.
//!
//! For tests only. Everything is plain threads, ends when it is dropped, resolves names from a
//! table and not by DNS, and records what it saw. A place to listen may be in another network
//! namespace, so that containers of an engine that runs there can reach it.

mod authority;
mod channel;
mod head;
mod listening;
mod names;
mod place;
mod proxy;
mod server;

pub use authority::Authority;
pub use names::Names;
pub use place::{Place, closed_address};
pub use proxy::{
    Credentials, Failure, Handling, Interception, Presented, ProxyOptions, Seen, TestProxy,
    Transport,
};
pub use server::{Arrival, Request, ServerOptions, TestServer};
