//! Listening on an address, which this machine may not have yet.

use std::io;
use std::net::{SocketAddr, TcpListener};

/// Returns a listener.
pub(super) fn listener(address: SocketAddr, may_come_first: bool) -> io::Result<TcpListener> {
    if may_come_first {
        return before_the_address(address);
    }
    TcpListener::bind(address)
}

#[cfg(target_os = "linux")]
fn before_the_address(address: SocketAddr) -> io::Result<TcpListener> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, listen, socket_with, sockopt};

    const WAITING: i32 = 128;
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let socket = socket_with(family, SocketType::STREAM, SocketFlags::CLOEXEC, None)?;
    sockopt::set_socket_reuseaddr(&socket, true)?;
    sockopt::set_ip_freebind(&socket, true)?;
    bind(&socket, &address)?;
    listen(&socket, WAITING)?;
    Ok(TcpListener::from(socket))
}

#[cfg(not(target_os = "linux"))]
fn before_the_address(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address)
}
