//! A forward proxy: absolute requests, CONNECT, SOCKS 5, passwords, interception, failures.
//!
//! One port speaks everything: the first byte of a client tells HTTP, TLS and SOCKS apart.

mod credentials;
mod options;
mod requests;
mod seen;
mod session;
mod socks;
mod upstream;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::authority::Authority;
use crate::listening::Listening;

pub use credentials::{Credentials, Presented};
pub use options::{Failure, Interception, ProxyOptions};
pub use seen::{Handling, Seen, Transport};

/// A proxy that runs until it is dropped.
#[derive(Debug)]
pub struct TestProxy {
    listening: Listening,
    shared: Arc<Shared>,
}

/// What the threads of a proxy share.
#[derive(Debug)]
struct Shared {
    options: ProxyOptions,
    authority: Authority,
    seen: Mutex<Vec<Seen>>,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Vec<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what was seen. This happens before the client is answered.
    fn record(&self, seen: Seen) {
        self.seen().push(seen);
    }
}

impl TestProxy {
    /// Starts a proxy.
    pub fn start(options: ProxyOptions) -> io::Result<Self> {
        let authority = match &options.authority {
            Some(authority) => authority.clone(),
            None => Authority::new("Test Proxy")?,
        };
        let place = options.place.clone();
        let shared = Arc::new(Shared {
            options,
            authority,
            seen: Mutex::default(),
        });
        let for_threads = Arc::clone(&shared);
        let listening = Listening::start(&place, move |stream| {
            // The other end of a connection may do what it likes.
            let _ = session::serve(&for_threads, stream);
        })?;
        Ok(Self { listening, shared })
    }

    /// Returns where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listening.address()
    }

    /// Returns its address as programs are given it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Returns whether no connection is open, so that nothing more will be seen of the past.
    pub fn is_idle(&self) -> bool {
        self.listening.is_idle()
    }

    /// Returns the authority that signs what it intercepts, and its own certificate.
    pub fn authority(&self) -> &Authority {
        &self.shared.authority
    }

    /// Returns what it has seen.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen().clone()
    }

    /// Returns what it has seen, and forgets it.
    pub fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.shared.seen())
    }
}

#[cfg(test)]
mod tests;
