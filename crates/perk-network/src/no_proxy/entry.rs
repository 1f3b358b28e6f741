//! One thing that is reached without a proxy.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

/// A host, or many of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A name and all names below it. `x`, `.x` and `*.x` are read alike, as most programs do.
    Domain {
        /// The name in lower case, without dots around it.
        name: String,
        /// The only port that is meant, if one was written.
        port: Option<u16>,
    },
    /// An address.
    Address {
        /// The address.
        address: IpAddr,
        /// The only port that is meant, if one was written.
        port: Option<u16>,
    },
    /// All addresses of a network.
    Network(IpNet),
    /// All names that a pattern with `*` in it matches.
    Pattern(String),
    /// All names without a dot, which Windows and GNOME write as `<local>`.
    PlainNames,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain { name, port: None } => f.write_str(name),
            Self::Domain {
                name,
                port: Some(port),
            } => write!(f, "{name}:{port}"),
            Self::Address {
                address,
                port: None,
            } => write!(f, "{address}"),
            Self::Address {
                address,
                port: Some(port),
            } => write!(f, "{}", std::net::SocketAddr::new(*address, *port)),
            Self::Network(network) => write!(f, "{network}"),
            Self::Pattern(pattern) => f.write_str(pattern),
            Self::PlainNames => f.write_str("<local>"),
        }
    }
}
