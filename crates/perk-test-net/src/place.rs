//! Where something listens.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;

/// An address, on this machine or in another network namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    address: SocketAddr,
    namespace: Option<PathBuf>,
}

impl Place {
    /// Returns a free port of the loopback.
    pub fn loopback() -> Self {
        Self::at((Ipv4Addr::LOCALHOST, 0).into())
    }

    /// Returns the place of an address; port 0 is any that is free.
    pub fn at(address: SocketAddr) -> Self {
        Self {
            address,
            namespace: None,
        }
    }

    /// Returns the place in a network namespace, such as `/run/netns/NAME` or `/proc/PID/ns/net`.
    ///
    /// All that happens for a client happens there too: connections to servers begin in it.
    #[must_use]
    pub fn within(mut self, namespace: impl Into<PathBuf>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// Listens, from a thread that may be moved into the namespace.
    pub(crate) fn listen(&self) -> io::Result<TcpListener> {
        if let Some(namespace) = &self.namespace {
            enter(namespace)?;
        }
        TcpListener::bind(self.address)
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::loopback()
    }
}

/// Moves this thread, and the threads that it starts later, into a network namespace.
#[cfg(target_os = "linux")]
fn enter(namespace: &Path) -> io::Result<()> {
    use std::os::fd::AsFd as _;

    use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

    let namespace = std::fs::File::open(namespace)?;
    let network = Some(LinkNameSpaceType::Network);
    Ok(move_into_link_name_space(namespace.as_fd(), network)?)
}

#[cfg(not(target_os = "linux"))]
fn enter(_namespace: &std::path::Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Returns an address of the loopback at which nothing listens.
pub fn closed_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::{ProxyOptions, TestProxy};

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a namespace begins with a process"
    )]
    fn listens_in_another_namespace() {
        let mut process = std::process::Command::new("unshare")
            .args(["--net", "sleep", "10"])
            .spawn()
            .expect("util-linux");
        let namespace = format!("/proc/{}/ns/net", process.id());
        let own = std::fs::read_link("/proc/self/ns/net").expect("a namespace");
        while std::fs::read_link(&namespace).is_ok_and(|found| found == own) {
            if process.try_wait().expect("a child").is_some() {
                eprintln!("skipped: namespaces need more rights");
                return;
            }
        }
        let place = Place::at(([0, 0, 0, 0], 0).into()).within(&namespace);
        let proxy = TestProxy::start(ProxyOptions {
            place,
            ..ProxyOptions::default()
        });
        let port = proxy.as_ref().map(|proxy| proxy.address().port());
        let reached = port.map(|port| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        process.kill().expect("a child");
        process.wait().expect("a child");
        assert!(!reached.expect("a proxy"), "it is not in this namespace");
        let after = std::fs::read_link("/proc/self/ns/net").expect("a namespace");
        assert_eq!(after, own, "this thread stays where it is");
    }
}
