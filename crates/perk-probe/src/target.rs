//! What is to be reached.

use std::fmt;
use std::str::FromStr;

use perk_network::Host;
use serde::{Deserialize, Serialize};

/// A server: how it is spoken to, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Target {
    /// How it is spoken to.
    pub scheme: TargetScheme,
    /// The machine.
    pub host: Host,
    /// The port.
    pub port: u16,
}

/// How a server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetScheme {
    /// In plain text.
    Http,
    /// With TLS.
    Https,
}

/// An address that cannot be tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetFault {
    /// It begins with something else than `http:` or `https:`.
    #[error("the scheme `{0}` is neither `http` nor `https`")]
    Scheme(String),
    /// There is a user in it.
    #[error("there is a user in it, which is of no use here")]
    User,
    /// The host is none.
    #[error("`{0}` is no name and no address")]
    Host(String),
    /// The port is none.
    #[error("`{0}` is no port")]
    Port(String),
}

impl TargetScheme {
    fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl Target {
    /// Returns the host and the port as a proxy is asked for them.
    pub fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Returns the host as a list of exemptions has it, without brackets.
    pub fn bare_host(&self) -> String {
        match &self.host {
            Host::Name(name) => name.clone(),
            Host::Address(address) => address.to_string(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port } = self;
        write!(f, "{}://{host}", scheme.name())?;
        if *port == scheme.usual_port() {
            return Ok(());
        }
        write!(f, ":{port}")
    }
}

impl FromStr for Target {
    type Err = TargetFault;

    /// Reads a URL; without a scheme it is one with TLS. What comes after the host is dropped.
    fn from_str(text: &str) -> Result<Self, TargetFault> {
        let (scheme, rest) = match text.split_once("://") {
            None => (TargetScheme::Https, text),
            Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
                "http" => (TargetScheme::Http, rest),
                "https" => (TargetScheme::Https, rest),
                _ => return Err(TargetFault::Scheme(scheme.to_owned())),
            },
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(TargetFault::User);
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            Some(text) => text.parse().ok().filter(|port| *port != 0),
            None => Some(scheme.usual_port()),
        };
        Ok(Self {
            scheme,
            host: Host::parse(host).ok_or_else(|| TargetFault::Host(host.to_owned()))?,
            port: port.ok_or_else(|| TargetFault::Port(authority.to_owned()))?,
        })
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

impl TryFrom<String> for Target {
    type Error = TargetFault;

    fn try_from(text: String) -> Result<Self, TargetFault> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_url() {
        let shown = |text: &str| match text.parse::<Target>() {
            Ok(target) => format!("{target} {}", target.authority()),
            Err(fault) => fault.to_string(),
        };
        for (text, expected) in [
            (
                "https://Example.com/a?b#c",
                "https://example.com example.com:443",
            ),
            ("example.com", "https://example.com example.com:443"),
            ("HTTP://example.com:80", "http://example.com example.com:80"),
            ("http://10.0.0.1:8080", "http://10.0.0.1:8080 10.0.0.1:8080"),
            (
                "https://[fd00::1]:8443/",
                "https://[fd00::1]:8443 [fd00::1]:8443",
            ),
            ("https://[fd00::1]", "https://[fd00::1] [fd00::1]:443"),
            ("ftp://x", "the scheme `ftp` is neither `http` nor `https`"),
            (
                "https://a:b@x",
                "there is a user in it, which is of no use here",
            ),
            ("https://x:99999", "`x:99999` is no port"),
            ("https://", "`` is no name and no address"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
