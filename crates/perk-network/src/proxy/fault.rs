//! Why a text is not the address of a proxy.

use perk_diag::{Class, Explain, Hint};

/// A text that is not the address of a proxy.
///
/// No variant has anything in it that may be a part of a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProxyUrlFault {
    /// Nothing but blanks and quotes.
    #[error("the address of the proxy is empty")]
    Empty,
    /// A line break or another control character.
    #[error("the address of the proxy has a control character in it")]
    ControlCharacter,
    /// A scheme that is not one of proxies.
    #[error("`{scheme}` is not a scheme of proxies")]
    UnsupportedScheme {
        /// The scheme in lower case.
        scheme: String,
    },
    /// No host.
    #[error("the address of the proxy has no host")]
    NoHost,
    /// A host that is neither a name nor an address.
    #[error("`{host}` is neither the name nor the address of a proxy")]
    InvalidHost {
        /// What was written, or a mask where it may be a part of a password.
        host: String,
    },
    /// An address of IP version 6 without brackets, of which nobody can say where the port begins.
    #[error("the IPv6 address of the proxy has no brackets")]
    BareIpv6,
    /// Not a number from 1 to 65535.
    #[error("the port of the proxy is not a number from 1 to 65535")]
    InvalidPort,
    /// An `@` after a `/`, `?` or `#`, where both readings are possible.
    #[error("it cannot be told where the credentials of the proxy end")]
    AmbiguousCredentials,
}

impl Explain for ProxyUrlFault {
    fn class(&self) -> Class {
        Class::Config
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::UnsupportedScheme { scheme } if scheme.starts_with("socks4") => {
                "programs in containers know `socks5` and `socks5h`"
            }
            Self::UnsupportedScheme { .. } => "use `http`, `https`, `socks5` or `socks5h`",
            Self::InvalidHost { host } if !host.is_ascii() => {
                "write the name in its ASCII form, which begins with `xn--`"
            }
            Self::BareIpv6 => "write it as `http://[fd00::1]:3128`",
            Self::AmbiguousCredentials => {
                "write `/` as `%2F`, `?` as `%3F` and `#` as `%23` in the password"
            }
            _ => "the form is `http://user:password@proxy.example:3128`",
        };
        vec![Hint::new(hint)]
    }
}
