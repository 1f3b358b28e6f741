//! What arrived at a server.

use crate::head::Head;

/// A connection that arrived at a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Whether it arrived where HTTPS is served.
    pub is_https: bool,
    /// What was asked for; nothing if the client gave up before, as one does that does not trust
    /// the certificate.
    pub request: Option<Request>,
}

/// A request that arrived at a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, with the query if there is one.
    pub path: String,
    /// The host as the client names it.
    pub host: String,
    /// The proxy that sent it on, if it could be seen.
    pub via: Option<String>,
}

impl Request {
    pub(super) fn of_head(head: &Head) -> Self {
        Self {
            method: head.method.clone(),
            path: head.target.clone(),
            host: head.header("host").unwrap_or_default().to_owned(),
            via: head.header("via").map(str::to_owned),
        }
    }

    pub(super) fn text(&self, name: &str) -> String {
        let via = self.via.as_deref().unwrap_or("nothing");
        let (host, path) = (&self.host, &self.path);
        format!("{name}\nvia: {via}\nhost: {host}\npath: {path}\n")
    }
}
