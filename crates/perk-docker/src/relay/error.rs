//! What keeps a relay from starting.

use std::io;
use std::net::SocketAddr;

use perk_diag::{Class, Explain, Hint};

/// The relay could not be started.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The address cannot be listened on.
    #[error("cannot listen on `{address}` for connections to the proxy")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// There can be no thread for it.
    #[error("cannot start a thread for the relay")]
    Thread {
        /// What the system said.
        source: io::Error,
    },
}

impl Explain for RelayError {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                vec![Hint::new(
                    "if your proxy itself listens there, no relay is needed",
                )]
            }
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrNotAvailable => {
                vec![Hint::new(
                    "the address of the engine's bridge is not one of this machine: pass \
                     `--network host`, or start the engine",
                )]
            }
            _ => Vec::new(),
        }
    }
}
