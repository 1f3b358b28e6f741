//! How a proxy is spoken to.

use std::fmt;

/// The schemes of proxies that programs in containers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP in the clear, with `CONNECT` for TLS.
    Http,
    /// HTTP over TLS to the proxy itself.
    Https,
    /// SOCKS 5 by RFC 1928; curl's manual has the client resolve names.
    Socks5,
    /// SOCKS 5 with names resolved by the proxy.
    Socks5h,
}

impl Scheme {
    /// Returns the scheme of a name in lower case. `socks` is what desktops call SOCKS 5.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "http" => Some(Self::Http),
            "https" => Some(Self::Https),
            "socks" | "socks5" => Some(Self::Socks5),
            "socks5h" => Some(Self::Socks5h),
            _ => None,
        }
    }

    /// Returns the port that is meant where none is written.
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks5 | Self::Socks5h => 1080,
        }
    }

    /// Tells whether this is a form of SOCKS.
    pub fn is_socks(self) -> bool {
        matches!(self, Self::Socks5 | Self::Socks5h)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Socks5 => "socks5",
            Self::Socks5h => "socks5h",
        })
    }
}
