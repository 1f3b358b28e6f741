//! The machine a proxy runs on.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A name or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    /// A name of the domain name system, in lower case.
    Name(String),
    /// An address.
    Address(IpAddr),
}

impl Host {
    /// Reads a name or an address; one of IP version 6 may have brackets around it.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(inner) = inner {
            let address: Ipv6Addr = inner.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = text.parse() {
            return Some(Self::Address(address));
        }
        is_name(text).then(|| Self::Name(text.to_ascii_lowercase()))
    }

    /// Tells whether this is the machine that asks, which in a container is the container.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => {
                let name = name.strip_suffix('.').unwrap_or(name);
                name == "localhost" || name.ends_with(".localhost")
            }
            Self::Address(IpAddr::V4(address)) => is_own(*address),
            Self::Address(IpAddr::V6(address)) => {
                address.is_loopback()
                    || address.is_unspecified()
                    || address.to_ipv4_mapped().is_some_and(is_own)
            }
        }
    }
}

/// A connection to `0.0.0.0` reaches the machine itself.
fn is_own(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_unspecified()
}

/// Names of machines have underscores in practice. What ends in a number is an address or a typing
/// mistake, never a name (RFC 1123, 2.1).
fn is_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let last = name.rsplit('.').next().unwrap_or(name);
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    name.len() <= 253 && !is_number && name.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(IpAddr::V4(address)) => write!(f, "{address}"),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for (text, shown) in [
            ("Proxy.Example", Some("proxy.example")),
            ("proxy_1", Some("proxy_1")),
            ("proxy.example.", Some("proxy.example.")),
            ("10.0.0.1", Some("10.0.0.1")),
            ("fd00::1", Some("[fd00::1]")),
            ("[FD00::1]", Some("[fd00::1]")),
            ("[10.0.0.1]", None),
            ("10.0.0.256", None),
            ("127.1", None),
            ("3128", None),
            ("", None),
            (".", None),
            ("a..b", None),
            ("-a", None),
            ("a b", None),
            ("fd00::1%eth0", None),
            ("prôxy", None),
        ] {
            let host = Host::parse(text).map(|host| host.to_string());
            assert_eq!(host.as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn loopback_has_many_names() {
        for (text, is_loopback) in [
            ("localhost", true),
            ("LOCALHOST.", true),
            ("proxy.localhost", true),
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("0.0.0.0", true),
            ("::1", true),
            ("::", true),
            ("::ffff:127.0.0.1", true),
            ("notlocalhost", false),
            ("localhost.example", false),
            ("10.0.0.1", false),
            ("host.docker.internal", false),
        ] {
            let host = Host::parse(text).expect("a host");
            assert_eq!(host.is_loopback(), is_loopback, "{text}");
        }
    }
}
