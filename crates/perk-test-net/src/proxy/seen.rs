//! What a proxy writes down.

use super::Presented;

/// A request that reached the proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// How the client speaks to the proxy.
    pub transport: Transport,
    /// The method; `CONNECT` for SOCKS too.
    pub method: String,
    /// The host and port that it is for, without brackets.
    pub authority: String,
    /// What was asked for there, where the proxy could see it.
    pub path: Option<String>,
    /// Who the client said it is.
    pub presented: Presented,
    /// The program as it names itself.
    pub user_agent: Option<String>,
    /// What the proxy did.
    pub handling: Handling,
}

/// How a client speaks to a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// In HTTP.
    Http,
    /// In HTTP within TLS.
    Https,
    /// In SOCKS 5, and the proxy is to resolve the name.
    SocksName,
    /// In SOCKS 5, with an address.
    SocksAddress,
}

/// What a proxy did with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// It sent it on.
    Forwarded,
    /// It opened a tunnel, without looking into it.
    Tunneled,
    /// It opened a tunnel and looked into it, or sent on what it found there.
    Intercepted,
    /// It wanted other credentials.
    Denied,
    /// It did not know the name, or did not reach the address.
    Unreachable,
    /// It failed as it was told to.
    Failed,
}
