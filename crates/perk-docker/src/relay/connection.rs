//! One connection: from a client to the proxy and back until both are done.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::relay::head::{Head, HeadFault};
use crate::relay::open_connections::OpenConnections;
use crate::relay::server::{ProxyAddress, RelaySettings};

/// How long a client may take to send the head of its request.
const HEAD_LIMIT: Duration = Duration::from_secs(30);

/// How long a client may go on when the proxy has said everything.
const LINGER: Duration = Duration::from_mins(1);

/// How long the proxy may take to answer a call.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// Serves a client. What goes wrong ends the connection, which is all that a client can be told.
pub(super) fn serve(
    client: &Arc<TcpStream>,
    settings: &RelaySettings,
    open: &OpenConnections,
    number: u64,
) -> io::Result<()> {
    client.set_nodelay(true)?;
    let start = match &settings.authorization {
        None => Vec::new(),
        Some(authorization) => match authorized_start(client, authorization.header_value()) {
            Ok(start) => start,
            Err(fault) => return refuse(client, "400 Bad Request", &fault.to_string()),
        },
    };
    let proxy = match connect(&settings.proxy) {
        Ok(proxy) => Arc::new(proxy),
        Err(_) if start.is_empty() => return Ok(()),
        Err(fault) => {
            let reason = format!("the relay cannot reach the proxy: {fault}");
            return refuse(client, "502 Bad Gateway", &reason);
        }
    };
    open.join(number, &proxy);
    proxy.set_nodelay(true)?;
    (&*proxy).write_all(&start)?;
    join(client, &proxy)
}

fn authorized_start(client: &TcpStream, authorization: &str) -> Result<Vec<u8>, HeadFault> {
    client.set_read_timeout(Some(HEAD_LIMIT))?;
    let head = Head::read(client)?;
    client.set_read_timeout(None)?;
    head.with_authorization(authorization)
}

fn connect(proxy: &ProxyAddress) -> io::Result<TcpStream> {
    let mut fault = io::Error::from(io::ErrorKind::NotFound);
    for address in (proxy.host.as_str(), proxy.port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CONNECT_LIMIT) {
            Ok(stream) => return Ok(stream),
            Err(other) => fault = other,
        }
    }
    Err(fault)
}

fn refuse(mut client: &TcpStream, status: &str, reason: &str) -> io::Result<()> {
    let length = reason.len() + 1;
    write!(
        client,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \
         {length}\r\nConnection: close\r\n\r\n{reason}\n"
    )
}

/// Copies in both directions until both have ended.
fn join(client: &Arc<TcpStream>, proxy: &Arc<TcpStream>) -> io::Result<()> {
    let (from, to) = (Arc::clone(client), Arc::clone(proxy));
    let (done, is_done) = channel::<()>();
    thread::Builder::new().spawn(move || {
        copy(&from, &to);
        drop(done);
    })?;
    copy(proxy, client);
    // The other thread says nothing but that it is gone.
    if is_done.recv_timeout(LINGER) == Err(RecvTimeoutError::Timeout) {
        let _ = client.shutdown(Shutdown::Both);
    }
    Ok(())
}

/// Copies until the one side has said everything, and tells the other side.
fn copy(mut from: &TcpStream, mut to: &TcpStream) {
    if io::copy(&mut from, &mut to).is_ok() {
        let _ = to.shutdown(Shutdown::Write);
    } else {
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }
}
