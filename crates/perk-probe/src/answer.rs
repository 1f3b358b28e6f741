//! What came of trying, as plain data that goes over a pipe.

use std::net::IpAddr;

use perk_network::Host;
use serde::{Deserialize, Serialize};

use crate::Target;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Answer {
    /// What was to be reached.
    pub target: Target,
    /// The way that was tried.
    pub route: Taken,
    /// Whether it was tried only to compare it with the way that programs take.
    pub is_comparison: bool,
    /// What was tried, in order, up to the first thing that failed.
    pub steps: Vec<Step>,
}

/// The way that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Taken {
    /// Without a proxy.
    Direct,
    /// Through a proxy.
    Proxy(TakenProxy),
}

/// A proxy that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TakenProxy {
    /// The proxy, with a mask in place of its credentials.
    pub url: String,
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether it was given a user and a password.
    pub has_credentials: bool,
}

/// Something that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// How long it took.
    pub milliseconds: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// To find the address of the proxy.
    ProxyName,
    /// To connect to the proxy.
    ProxyConnection,
    /// To speak TLS with the proxy itself.
    ProxyTls,
    /// To have the proxy connect to the destination.
    Tunnel,
    /// To have the proxy fetch a page in plain text.
    Forward,
    /// To find the address of the destination.
    Name,
    /// To connect to the destination.
    Connection,
    /// To speak TLS with the destination.
    Tls,
    /// To ask the destination for a page in plain text.
    Request,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Outcome {
    /// The name has addresses.
    Resolved {
        /// The addresses.
        addresses: Vec<IpAddr>,
    },
    /// The name has no address.
    Unresolved {
        /// Why.
        reason: Unresolved,
    },
    /// There is a connection.
    Connected {
        /// The address at the other end.
        address: IpAddr,
    },
    /// There is no connection.
    NotConnected {
        /// Why.
        reason: NotConnected,
    },
    /// There was an answer in HTTP.
    Answered {
        /// Its status.
        status: u16,
        /// How one may say who one is, if that was asked for: `Basic`, `NTLM` and so on.
        schemes: Vec<String>,
    },
    /// A SOCKS proxy has connected.
    Passed,
    /// A SOCKS proxy would not connect.
    Rejected {
        /// The code of RFC 1928, 6, or 255 if it takes no way to say who one is.
        code: u8,
    },
    /// There was no answer in the protocol that was spoken.
    Silent {
        /// What there was.
        reason: Silence,
    },
    /// TLS was spoken, up to the certificates at least.
    Tls(TlsAnswer),
}

/// Why a name has no address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Unresolved {
    /// There is no such name.
    NoSuchName,
    /// No server for names has answered.
    NoServer,
    /// It took too long.
    TimedOut,
    /// The system says something else.
    Other {
        /// What it says.
        message: String,
    },
}

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum NotConnected {
    /// Nothing listens there.
    Refused,
    /// Nothing came back.
    TimedOut,
    /// There is no way there.
    Unreachable,
    /// The system says something else.
    Other {
        /// What it says.
        message: String,
    },
}

/// What there was in place of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Silence {
    /// Nothing.
    TimedOut,
    /// The end of the connection.
    Closed,
    /// TLS, where plain text was spoken.
    SpeaksTls,
    /// Plain text or anything else, where TLS was spoken.
    SpeaksNoTls,
    /// Something that cannot be understood.
    Garbled {
        /// What is wrong with it.
        message: String,
    },
}

/// What TLS brought to light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TlsAnswer {
    /// The certificates that were sent, that of the server first.
    pub chain: Vec<ChainLink>,
    /// Whether they lead to an authority that all systems trust.
    pub by_public: Verdict,
    /// Whether they lead to what was given to be trusted, if anything was.
    pub by_given: Option<Verdict>,
}

/// A certificate that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChainLink {
    /// Whose it is.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Its SHA-256 in hexadecimal digits.
    pub fingerprint: String,
}

/// Whether certificates are to be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Verdict {
    /// They are.
    Trusted,
    /// They are signed by somebody who is not trusted.
    UnknownIssuer,
    /// One of them has expired.
    Expired,
    /// One of them is not valid yet.
    NotYetValid,
    /// They are those of another name.
    WrongName,
    /// Something else is wrong with them.
    Invalid {
        /// What.
        message: String,
    },
}

impl Taken {
    /// Describes a proxy.
    pub(crate) fn proxy(proxy: &perk_network::ProxyUrl) -> Self {
        Self::Proxy(TakenProxy {
            url: proxy.to_string(),
            host: match &proxy.host {
                Host::Name(name) => name.clone(),
                Host::Address(address) => address.to_string(),
            },
            port: proxy.port,
            has_credentials: proxy.credentials.is_some(),
        })
    }
}

impl Answer {
    /// Returns the step at which it ended, if it ended badly.
    pub fn failure(&self) -> Option<&Step> {
        self.steps.last().filter(|step| !step.is_fine())
    }

    /// Tells whether the destination was reached. Certificates are a question of their own.
    pub fn is_reached(&self) -> bool {
        !self.steps.is_empty() && self.failure().is_none()
    }

    /// Returns the outcome of a step, if it was tried.
    pub fn outcome(&self, kind: StepKind) -> Option<&Outcome> {
        let step = self.steps.iter().find(|step| step.kind == kind)?;
        Some(&step.outcome)
    }

    /// Returns what TLS with the destination brought to light.
    pub fn tls(&self) -> Option<&TlsAnswer> {
        match self.outcome(StepKind::Tls)? {
            Outcome::Tls(answer) => Some(answer),
            _ => None,
        }
    }
}

impl Step {
    /// Tells whether the next step can follow.
    pub fn is_fine(&self) -> bool {
        match &self.outcome {
            Outcome::Resolved { .. }
            | Outcome::Connected { .. }
            | Outcome::Passed
            | Outcome::Tls(_) => true,
            Outcome::Answered { status, .. } => match self.kind {
                StepKind::Tunnel => (200..300).contains(status),
                // Any other status may be that of the destination.
                StepKind::Forward => !matches!(status, 407 | 502..=504),
                _ => true,
            },
            Outcome::Unresolved { .. }
            | Outcome::NotConnected { .. }
            | Outcome::Rejected { .. }
            | Outcome::Silent { .. } => false,
        }
    }
}

impl TlsAnswer {
    /// Returns who stands behind the certificates: the issuer of the last one.
    pub fn authority(&self) -> &str {
        self.chain.last().map_or("nobody", |link| &link.issuer)
    }

    /// Returns what they are worth to whoever trusts the public authorities and what was given.
    pub fn verdict(&self) -> &Verdict {
        match (&self.by_public, &self.by_given) {
            (Verdict::UnknownIssuer, Some(by_given)) => by_given,
            (by_public, _) => by_public,
        }
    }

    /// Tells whether the certificates come from nobody whom all systems trust.
    pub fn is_private(&self) -> bool {
        self.by_public == Verdict::UnknownIssuer
    }
}
