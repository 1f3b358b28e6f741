//! What was put right in the address of a proxy.

use std::fmt;

use super::Scheme;

/// One thing that was not as programs need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleaned {
    /// Quotes around the value, which a program would take for a part of it.
    Quotes,
    /// Blanks around the value.
    Blanks,
    /// A scheme in capital letters.
    SchemeCase,
    /// No scheme.
    SchemeAdded,
    /// `socks`, which only desktops know.
    SocksNamed,
    /// Too few or too many slashes after the scheme.
    Slashes,
    /// No port, and what was put there.
    PortAdded(Scheme, u16),
    /// A slash at the end.
    TrailingSlash,
    /// A path, query or fragment, which a proxy does not have.
    PathDropped,
    /// An `@` without anything before it.
    EmptyCredentials,
    /// Characters of the credentials that had to be percent-encoded.
    CredentialsEncoded,
    /// A `%` in the credentials that begins no escape, and so stands for itself.
    BarePercent,
}

impl fmt::Display for Cleaned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Quotes => "quotes around the address were taken off",
            Self::Blanks => "blanks around the address were taken off",
            Self::SchemeCase => "the scheme was written in lower case",
            Self::SchemeAdded => "the address has no scheme: `http://` was put before it",
            Self::SocksNamed => "`socks` was written as `socks5`",
            Self::Slashes => "the slashes after the scheme were put right",
            Self::PortAdded(Scheme::Http, _) => {
                "the address has no port: 80 is meant by most programs, and 1080 by curl and git"
            }
            Self::PortAdded(_, port) => {
                return write!(f, "the address has no port: {port} was added");
            }
            Self::TrailingSlash => "the slash at the end was taken off",
            Self::PathDropped => "a proxy has no path: what follows the port was taken off",
            Self::EmptyCredentials => "the `@` without credentials was taken off",
            Self::CredentialsEncoded => {
                "special characters in the credentials were percent-encoded"
            }
            Self::BarePercent => {
                "a `%` in the credentials that begins no escape was taken for a percent sign"
            }
        })
    }
}
