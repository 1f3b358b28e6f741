//! The address of a proxy, in the one form that all programs read alike.
//!
//! RFC 3986 has the grammar of a URL; what people write is looser, and each program is loose in a
//! way of its own. [`ProxyUrl::parse`] takes what was written, says what it put right, and after
//! that scheme and port are explicit and credentials are percent-encoded once.

mod cleaned;
mod credentials;
mod fault;
mod host;
mod parse;
mod scheme;

use std::fmt;

pub use cleaned::Cleaned;
pub use credentials::Credentials;
pub use fault::ProxyUrlFault;
pub use host::Host;
pub use scheme::Scheme;

use crate::{MASK, Secret};

/// Where a proxy is and how it is spoken to.
///
/// `Display` and `Debug` leave the credentials out; [`ProxyUrl::to_text`] has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyUrl {
    /// How the proxy is spoken to.
    pub scheme: Scheme,
    /// Who asks, if the URL says so.
    pub credentials: Option<Credentials>,
    /// Where the proxy is.
    pub host: Host,
    /// The port it listens on.
    pub port: u16,
}

impl ProxyUrl {
    /// Reads the address of a proxy as people write it, and says what had to be put right.
    pub fn parse(text: &str) -> Result<(Self, Vec<Cleaned>), ProxyUrlFault> {
        parse::parse(text)
    }

    /// Returns the whole URL, with its credentials.
    pub fn to_text(&self) -> Secret {
        let credentials = match &self.credentials {
            Some(credentials) => format!("{}@", credentials.to_userinfo().reveal()),
            None => String::new(),
        };
        Secret::new(self.with_userinfo(&credentials))
    }

    /// Returns the same proxy as it is reached under another name and port.
    #[must_use]
    pub fn relocated(&self, host: Host, port: u16) -> Self {
        Self {
            host,
            port,
            ..self.clone()
        }
    }

    /// Returns the same proxy without credentials.
    #[must_use]
    pub fn without_credentials(&self) -> Self {
        Self {
            credentials: None,
            ..self.clone()
        }
    }

    /// Returns the same proxy with the given credentials.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            credentials: Some(credentials),
            ..self.clone()
        }
    }

    fn with_userinfo(&self, userinfo: &str) -> String {
        let Self {
            scheme, host, port, ..
        } = self;
        format!("{scheme}://{userinfo}{host}:{port}")
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let userinfo = match &self.credentials {
            Some(_) => format!("{MASK}@"),
            None => String::new(),
        };
        f.write_str(&self.with_userinfo(&userinfo))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_can_be_reached_under_another_name() {
        let (proxy, _) = ProxyUrl::parse("http://jane:hunter2@127.0.0.1:3128").expect("a proxy");
        let host = Host::Name("host.docker.internal".to_owned());
        let relocated = proxy.relocated(host, 3129);
        let text = "http://jane:hunter2@host.docker.internal:3129";
        assert_eq!(relocated.to_text().reveal(), text);
        assert_eq!(
            relocated.to_string(),
            "http://***@host.docker.internal:3129"
        );
        assert!(!format!("{relocated:?}").contains("hunter2"));
        let bare = relocated.without_credentials();
        assert_eq!(bare.to_text().reveal(), "http://host.docker.internal:3129");
        let credentials = Credentials::from_raw("joe", Some("a@b"));
        let other = bare.with_credentials(credentials);
        let text = "http://joe:a%40b@host.docker.internal:3129";
        assert_eq!(other.to_text().reveal(), text);
    }
}
