//! What was tried and what came of it, in words.

use std::fmt;

use crate::{NotConnected, Outcome, Silence, Step, StepKind, Unresolved, Verdict};

impl StepKind {
    /// Returns the step as it is named in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProxyName => "proxy-name",
            Self::ProxyConnection => "proxy-connection",
            Self::ProxyTls => "proxy-tls",
            Self::Tunnel => "tunnel",
            Self::Forward => "forward",
            Self::Name => "name",
            Self::Connection => "connection",
            Self::Tls => "tls",
            Self::Request => "request",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProxyName => "name of the proxy",
            Self::ProxyConnection => "connection to the proxy",
            Self::ProxyTls => "TLS with the proxy",
            Self::Tunnel => "tunnel of the proxy",
            Self::Forward => "page through the proxy",
            Self::Name => "name",
            Self::Connection => "connection",
            Self::Tls => "certificates",
            Self::Request => "page",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolved { addresses } => {
                let addresses: Vec<_> = addresses.iter().map(ToString::to_string).collect();
                f.write_str(&addresses.join(", "))
            }
            Self::Unresolved { reason } => reason.fmt(f),
            Self::Connected { address } => write!(f, "connected to {address}"),
            Self::NotConnected { reason } => reason.fmt(f),
            Self::Answered { status, schemes } if schemes.is_empty() => {
                write!(f, "status {status}")
            }
            Self::Answered { status, schemes } => {
                write!(f, "status {status}, takes {}", schemes.join(", "))
            }
            Self::Passed => f.write_str("connected"),
            Self::Rejected { code: 255 } => f.write_str("it takes no such way to sign in"),
            Self::Rejected { code } => write!(f, "SOCKS code {code}"),
            Self::Silent { reason } => reason.fmt(f),
            Self::Tls(tls) => {
                write!(f, "signed by `{}`", tls.authority())?;
                match tls.verdict() {
                    Verdict::Trusted if tls.is_private() => f.write_str(", which is trusted"),
                    Verdict::Trusted => f.write_str(", a public authority"),
                    verdict => write!(f, ": {verdict}"),
                }
            }
        }
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchName => "there is no such name",
            Self::NoServer => "no server for names answers",
            Self::TimedOut => "no server for names answered in time",
            Self::Other { message } => message,
        })
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "refused",
            Self::TimedOut => "nothing came back in time",
            Self::Unreachable => "there is no way there",
            Self::Other { message } => message,
        })
    }
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "nothing came back in time",
            Self::Closed => "it closed the connection",
            Self::SpeaksTls => "it speaks TLS",
            Self::SpeaksNoTls => "it does not speak TLS",
            Self::Garbled { message } => message,
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Trusted => "trusted",
            Self::UnknownIssuer => "not trusted",
            Self::Expired => "expired",
            Self::NotYetValid => "not valid yet",
            Self::WrongName => "of another name",
            Self::Invalid { message } => message,
        })
    }
}

/// Says what was seen.
pub(crate) fn evidence(step: &Step) -> String {
    format!("{}: {}", step.kind, step.outcome)
}

/// Joins things by commas and a last `and`.
pub(crate) fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
