//! What a proxy is told.

use super::Credentials;
use crate::{Authority, Names, Place};

/// How a proxy behaves.
#[derive(Debug, Clone)]
pub struct ProxyOptions {
    /// Where it listens.
    pub place: Place,
    /// The name in `Via`.
    pub name: String,
    /// The name that its own certificate is for, where a client of it by TLS does not name one; if
    /// none, its address.
    pub host: Option<String>,
    /// Where names lead to.
    pub names: Names,
    /// Whom it serves, if not everybody.
    pub credentials: Option<Credentials>,
    /// The schemes that it announces to a client without the right credentials, one a header.
    pub schemes: Vec<String>,
    /// The authority that signs certificates; if none, it makes one.
    pub authority: Option<Authority>,
    /// Whether it looks into TLS.
    pub interception: Interception,
    /// How it fails, if it does.
    pub failure: Option<Failure>,
}

impl Default for ProxyOptions {
    fn default() -> Self {
        Self {
            place: Place::default(),
            name: "test-proxy".to_owned(),
            host: None,
            names: Names::default(),
            credentials: None,
            schemes: vec!["Basic realm=\"test-proxy\"".to_owned()],
            authority: None,
            interception: Interception::None,
            failure: None,
        }
    }
}

/// Whether a proxy looks into TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Interception {
    /// It passes everything on unseen.
    #[default]
    None,
    /// It looks into everything.
    All,
    /// It looks into everything but what is for these hosts.
    AllBut(Vec<String>),
}

impl Interception {
    pub(super) fn is_for(&self, host: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::AllBut(hosts) => !hosts.iter().any(|exempt| exempt == host),
        }
    }
}

/// How a proxy fails. For one that cannot be reached, there is [`closed_address`](crate::closed_address).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It answers 403.
    Forbids,
    /// It answers 502.
    BadGateway,
    /// It takes the request and never answers.
    Hangs,
    /// It closes the connection without an answer.
    Closes,
    /// It closes the connection in the middle of an answer, or of a tunnel.
    ClosesMidway,
}
