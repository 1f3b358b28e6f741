//! From the proxy to the server.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::requests::Target;
use crate::Names;
use crate::channel::Channel;
use crate::head::Head;

/// How long to wait for a server, which is on this machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connects to the server of a request.
pub(super) fn connect(names: &Names, target: &Target) -> io::Result<Channel> {
    let address = names.resolve(&target.host, target.port);
    let address = address.ok_or(io::ErrorKind::NotFound)?;
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    if target.is_https {
        Channel::connect(stream, &target.host)
    } else {
        Ok(Channel::Plain(stream))
    }
}

/// Sends a request on, with its body, and its answer back.
pub(super) fn exchange(
    client: &mut Channel,
    server: &mut Channel,
    head: &str,
    body_length: u64,
) -> io::Result<()> {
    server.write_all(head.as_bytes())?;
    io::copy(&mut Read::by_ref(client).take(body_length), server)?;
    server.flush()?;
    io::copy(server, client)?;
    client.flush()?;
    client.finish();
    Ok(())
}

/// Returns whether the proxy can tell where the body of a request ends.
pub(super) fn has_plain_body(head: &Head) -> bool {
    head.header("transfer-encoding").is_none()
}
