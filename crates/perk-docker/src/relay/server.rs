//! Listening, for as long as somebody wants it.

use std::fmt;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::relay::connection;
use crate::relay::listen;
use crate::relay::open_connections::OpenConnections;
use crate::relay::{Authorization, RelayError};

/// How long to wait when the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Where a proxy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// Tells whether a client may use the relay.
pub type Accepts = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// What a relay has to know.
#[derive(Clone)]
pub struct RelaySettings {
    /// Where to listen; port 0 for any that is free.
    pub listen: SocketAddr,
    /// Whether this machine need not have the address yet: podman makes a bridge when the first
    /// container joins it.
    pub may_come_first: bool,
    /// Where to forward to.
    pub proxy: ProxyAddress,
    /// What to tell the proxy with each request.
    pub authorization: Option<Authorization>,
    /// Who may use it. An address of a bridge can be reached from other machines too.
    pub accepts: Accepts,
}

impl fmt::Debug for RelaySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RelaySettings")
            .field("listen", &self.listen)
            .field("proxy", &self.proxy)
            .field("authorization", &self.authorization)
            .finish_non_exhaustive()
    }
}

/// A relay that runs until it is dropped.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    listener: Arc<TcpListener>,
    open: Arc<OpenConnections>,
    listening: Option<JoinHandle<()>>,
}

impl Relay {
    /// Starts to listen.
    pub fn start(settings: RelaySettings) -> Result<Self, RelayError> {
        let listen = settings.listen;
        let failed = |source| RelayError::Listen {
            address: listen,
            source,
        };
        let listener = Arc::new(listen::listener(listen, settings.may_come_first).map_err(failed)?);
        let address = listener.local_addr().map_err(failed)?;
        let open = Arc::new(OpenConnections::default());
        let (shared, accepting) = (Arc::clone(&open), Arc::clone(&listener));
        let listening = thread::Builder::new()
            .name("relay".to_owned())
            .spawn(move || accept_all(&accepting, &Arc::new(settings), &shared))
            .map_err(|source| RelayError::Thread { source })?;
        Ok(Self {
            address,
            listener,
            open,
            listening: Some(listening),
        })
    }

    /// Returns where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Waits until a stream ends.
///
/// The stream is the reading end of a pipe whose writing end another process holds: it ends when
/// that process does, however it does.
pub fn wait_for_end_of(mut lifeline: impl Read) {
    let mut buffer = [0; 64];
    loop {
        match lifeline.read(&mut buffer) {
            Ok(0) => return,
            Err(fault) if fault.kind() != io::ErrorKind::Interrupted => return,
            _ => {}
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.open.close();
        // Linux wakes who accepts, also when the address is gone. Elsewhere a last connection does.
        let _ = rustix::net::shutdown(&self.listener, rustix::net::Shutdown::Both);
        let _ = TcpStream::connect_timeout(&reachable(self.address), Duration::from_secs(1));
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

fn accept_all(listener: &TcpListener, settings: &Arc<RelaySettings>, open: &Arc<OpenConnections>) {
    for client in listener.incoming() {
        if open.is_closed() {
            return;
        }
        match client {
            Ok(client) => accept(client, settings, open),
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

fn accept(client: TcpStream, settings: &Arc<RelaySettings>, open: &Arc<OpenConnections>) {
    let is_welcome = client
        .peer_addr()
        .is_ok_and(|peer| (settings.accepts)(peer.ip().to_canonical()));
    if !is_welcome {
        return;
    }
    let client = Arc::new(client);
    let Some(number) = open.begin(&client) else {
        return;
    };
    let (settings, shared) = (Arc::clone(settings), Arc::clone(open));
    let serve = move || {
        let _ = connection::serve(&client, &settings, &shared, number);
        let _ = client.shutdown(Shutdown::Both);
        shared.end(number);
    };
    if thread::Builder::new().spawn(serve).is_err() {
        open.end(number);
    }
}

/// Returns an address under which this machine reaches one that it listens on.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
