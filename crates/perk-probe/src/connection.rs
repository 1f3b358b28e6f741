//! Connections whose every step has an end in time.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::{NotConnected, Outcome, Silence};

/// What bytes go through, whatever is below it.
pub(crate) trait Duplex: Read + Write {}

impl<T: Read + Write> Duplex for T {}

/// A connection, with the moment at which the step that uses it is over.
pub(crate) struct Connection {
    pub(crate) stream: Box<dyn Duplex>,
    deadline: Rc<Cell<Instant>>,
}

/// A stream that fails when its time is up, however slowly bytes come.
struct Timed {
    stream: TcpStream,
    deadline: Rc<Cell<Instant>>,
}

impl Connection {
    /// Connects to the first of the addresses that answers.
    pub(crate) fn open(addresses: &[IpAddr], port: u16, limit: Duration) -> Opened {
        let end = Instant::now() + limit;
        let mut failed = NotConnected::Unreachable;
        for (index, address) in addresses.iter().enumerate() {
            let others = u32::try_from(addresses.len() - index).unwrap_or(1);
            let rest = end.saturating_duration_since(Instant::now()) / others;
            if rest.is_zero() {
                failed = NotConnected::TimedOut;
                break;
            }
            match TcpStream::connect_timeout(&SocketAddr::new(*address, port), rest) {
                Ok(stream) => return Opened::Yes(Self::over(stream, limit), *address),
                Err(error) => failed = worse(failed, not_connected(&error)),
            }
        }
        Opened::No(failed)
    }

    fn over(stream: TcpStream, limit: Duration) -> Self {
        let deadline = Rc::new(Cell::new(Instant::now() + limit));
        let timed = Timed {
            stream,
            deadline: Rc::clone(&deadline),
        };
        Self {
            stream: Box::new(timed),
            deadline,
        }
    }

    /// Gives the next step its time.
    pub(crate) fn begin_step(&self, limit: Duration) {
        self.deadline.set(Instant::now() + limit);
    }

    /// Puts something on top of the stream.
    pub(crate) fn layered(self, layer: impl FnOnce(Box<dyn Duplex>) -> Box<dyn Duplex>) -> Self {
        Self {
            stream: layer(self.stream),
            deadline: self.deadline,
        }
    }
}

/// Whether there is a connection.
pub(crate) enum Opened {
    Yes(Connection, IpAddr),
    No(NotConnected),
}

impl Opened {
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Yes(_, address) => Outcome::Connected { address: *address },
            Self::No(reason) => Outcome::NotConnected {
                reason: reason.clone(),
            },
        }
    }
}

/// Of two failures, the one that says more: an address of the other version of IP that has no way
/// to it is no news.
fn worse(before: NotConnected, now: NotConnected) -> NotConnected {
    match now {
        NotConnected::Unreachable => before,
        other => other,
    }
}

fn not_connected(error: &io::Error) -> NotConnected {
    match error.kind() {
        ErrorKind::ConnectionRefused => NotConnected::Refused,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => NotConnected::TimedOut,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::AddrNotAvailable => NotConnected::Unreachable,
        _ => NotConnected::Other {
            message: error.to_string(),
        },
    }
}

/// Says what a stream that failed had in place of an answer.
pub(crate) fn silence(error: &io::Error) -> Silence {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Silence::TimedOut,
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => Silence::Closed,
        _ => Silence::Garbled {
            message: error.to_string(),
        },
    }
}

impl Timed {
    fn rest(&self) -> io::Result<Option<Duration>> {
        let rest = self
            .deadline
            .get()
            .saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        Ok(Some(rest))
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.rest()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.rest()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
