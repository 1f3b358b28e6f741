//! What a place says about proxies.

use std::fmt;

use serde::Serialize;

use crate::{NoProxy, ProxyUrl};

/// A value that a place can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The proxy for `http:`.
    Http,
    /// The proxy for `https:`.
    Https,
    /// The proxy for `ftp:`.
    Ftp,
    /// The proxy for what has none of its own.
    All,
    /// The hosts that are reached directly.
    NoProxy,
}

impl Field {
    /// All fields, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Http, Self::Https, Self::Ftp, Self::All, Self::NoProxy];

    /// The fields that hold a proxy.
    pub const PROXIES: [Self; 4] = [Self::Http, Self::Https, Self::Ftp, Self::All];

    /// Returns the variable in lower case that carries the value.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Http => "http_proxy",
            Self::Https => "https_proxy",
            Self::Ftp => "ftp_proxy",
            Self::All => "all_proxy",
            Self::NoProxy => "no_proxy",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.variable())
    }
}

/// The proxies and exemptions of one place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The proxy for `http:`.
    pub http: Option<ProxyUrl>,
    /// The proxy for `https:`.
    pub https: Option<ProxyUrl>,
    /// The proxy for `ftp:`.
    pub ftp: Option<ProxyUrl>,
    /// The proxy for what has none of its own.
    pub all: Option<ProxyUrl>,
    /// The hosts that are reached directly.
    pub no_proxy: NoProxy,
    /// The fields that are set to nothing, which says that no other proxy stands in for them.
    pub emptied: Vec<Field>,
}

impl Settings {
    /// Returns settings that say that no proxy is to be used.
    pub fn direct() -> Self {
        Self {
            no_proxy: NoProxy::everything(),
            ..Self::default()
        }
    }

    /// Returns the proxy of a field. The exemptions have none.
    pub fn proxy(&self, field: Field) -> Option<&ProxyUrl> {
        match field {
            Field::Http => self.http.as_ref(),
            Field::Https => self.https.as_ref(),
            Field::Ftp => self.ftp.as_ref(),
            Field::All => self.all.as_ref(),
            Field::NoProxy => None,
        }
    }

    /// Returns the place of a proxy, to be filled.
    pub fn proxy_mut(&mut self, field: Field) -> Option<&mut Option<ProxyUrl>> {
        match field {
            Field::Http => Some(&mut self.http),
            Field::Https => Some(&mut self.https),
            Field::Ftp => Some(&mut self.ftp),
            Field::All => Some(&mut self.all),
            Field::NoProxy => None,
        }
    }

    /// Returns all proxies that are set.
    pub fn proxies(&self) -> impl Iterator<Item = (Field, &ProxyUrl)> {
        let of = |field| Some((field, self.proxy(field)?));
        Field::PROXIES.into_iter().filter_map(of)
    }

    /// Tells whether this decides anything: it has a proxy, or says that there is to be none.
    pub fn is_decisive(&self) -> bool {
        self.proxies().next().is_some() || self.no_proxy.is_everything()
    }
}
