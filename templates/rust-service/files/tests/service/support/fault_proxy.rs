//! Stands between the program and its database and breaks the connection in several ways.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// How long a reader waits before it looks at the fault again.
const TICK: Duration = Duration::from_millis(20);

/// What is wrong with the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// Nobody listens: connections are refused, and those that are open are closed.
    Down,
    /// Every connection breaks as soon as it is used.
    Reset,
    /// Everything arrives late.
    Latency(Duration),
    /// Connections are accepted and nothing is ever answered.
    BlackHole,
}

/// A proxy in front of `upstream`.
#[derive(Debug)]
pub(crate) struct FaultProxy {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    upstream: SocketAddr,
    fault: Mutex<Fault>,
    health_checks: AtomicUsize,
}

impl FaultProxy {
    pub(crate) fn start(upstream: SocketAddr) -> Self {
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a free port");
        let address = listener.local_addr().expect("the address of a listener");
        let fault = Mutex::new(Fault::None);
        let shared = Arc::new(Shared {
            upstream,
            fault,
            health_checks: AtomicUsize::new(0),
        });
        let accepting = Arc::clone(&shared);
        spawn(move || accept_for_ever(listener, address, &accepting));
        Self { address, shared }
    }

    /// Breaks the network in this way, or mends it.
    pub(crate) fn set(&self, fault: Fault) {
        *self.shared.fault.lock().expect("the fault") = fault;
        sleep(4 * TICK);
    }

    /// Returns how many health checks have passed through so far.
    pub(crate) fn health_checks(&self) -> usize {
        self.shared.health_checks.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn fault(&self) -> Fault {
        *self.fault.lock().expect("the fault")
    }
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn accept_for_ever(listener: TcpListener, address: SocketAddr, shared: &Arc<Shared>) {
    let mut listener = Some(listener);
    loop {
        match (&listener, shared.fault()) {
            (Some(_), Fault::Down) => listener = None,
            (None, Fault::Down) => sleep(TICK),
            (None, _) => listener = listen(address).ok(),
            (Some(open), _) => match open.accept() {
                Ok((client, _)) => {
                    let shared = Arc::clone(shared);
                    spawn(move || serve(client, &shared));
                }
                Err(_) => sleep(TICK / 4),
            },
        }
    }
}

fn serve(client: TcpStream, shared: &Arc<Shared>) {
    let Ok(server) = TcpStream::connect(shared.upstream) else {
        return;
    };
    let (Ok(client_again), Ok(server_again)) = (client.try_clone(), server.try_clone()) else {
        return;
    };
    let answering = Arc::clone(shared);
    spawn(move || forward(server_again, client_again, &answering));
    forward(client, server, shared);
}

/// Copies one direction until it ends or the network breaks.
fn forward(mut from: TcpStream, mut to: TcpStream, shared: &Shared) {
    let mut buffer = [0_u8; 16 * 1024];
    let _ = from.set_nonblocking(false);
    let _ = from.set_read_timeout(Some(TICK));
    loop {
        let fault = shared.fault();
        if fault == Fault::Down {
            break;
        }
        let length = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                continue;
            }
            Err(_) => break,
        };
        let bytes = &buffer[..length];
        shared
            .health_checks
            .fetch_add(count(bytes, b"/* health check */"), Ordering::SeqCst);
        match shared.fault() {
            Fault::None => {}
            Fault::Latency(latency) => sleep(latency),
            Fault::BlackHole => continue,
            Fault::Down | Fault::Reset => break,
        }
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes
        .windows(wanted.len())
        .filter(|&window| window == wanted)
        .count()
}
