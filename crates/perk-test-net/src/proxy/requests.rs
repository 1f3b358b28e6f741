//! Requests in HTTP: what a client wants of the proxy.

use crate::head::{Head, host_and_port};

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) host: String,
    pub(super) port: u16,
    /// What is asked for there; a tunnel asks for nothing.
    pub(super) path: Option<String>,
    /// Whether the proxy has to speak TLS to the server.
    pub(super) is_https: bool,
}

impl Target {
    /// Reads a request to a proxy; `None` if it is none.
    pub(super) fn of_proxy(head: &Head) -> Option<Self> {
        if head.method.eq_ignore_ascii_case("CONNECT") {
            let (host, port) = host_and_port(&head.target, 443)?;
            return Some(Self {
                host,
                port,
                path: None,
                is_https: false,
            });
        }
        let (scheme, rest) = head.target.split_once("://")?;
        let is_https = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let authority = authority.rsplit('@').next()?;
        let (host, port) = host_and_port(authority, if is_https { 443 } else { 80 })?;
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        };
        Some(Self {
            host,
            port,
            path: Some(path),
            is_https,
        })
    }

    /// Returns what a request within this tunnel is for.
    pub(super) fn within(&self, head: &Head) -> Self {
        Self {
            path: Some(head.target.clone()),
            is_https: true,
            ..self.clone()
        }
    }

    pub(super) fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(method: &str, target: &str) -> Option<(String, Option<String>, bool)> {
        let head = Head {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
        };
        let found = Target::of_proxy(&head)?;
        Some((found.authority(), found.path, found.is_https))
    }

    #[test]
    fn reads_what_clients_ask_of_proxies() {
        let some = |authority: &str, path: Option<&str>, is_https| {
            Some((authority.to_owned(), path.map(str::to_owned), is_https))
        };
        assert_eq!(target("GET", "http://a"), some("a:80", Some("/"), false));
        assert_eq!(
            target("GET", "http://u@a:8/b?c"),
            some("a:8", Some("/b?c"), false)
        );
        assert_eq!(
            target("GET", "https://a?c"),
            some("a:443", Some("/?c"), true)
        );
        assert_eq!(target("CONNECT", "[::1]:443"), some("::1:443", None, false));
        assert_eq!(target("GET", "/proxy.pac"), None);
        assert_eq!(target("GET", "ftp://a/"), None);
    }
}
