//! What a script answers: ways to an address, the best one first.

use crate::PacFault;

/// The most of a wrong answer that is repeated.
const SHOWN: usize = 80;

/// The protocol that a proxy speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteKind {
    /// HTTP.
    Http,
    /// HTTP over TLS.
    Https,
    /// SOCKS 4.
    Socks4,
    /// SOCKS 5.
    Socks5,
}

/// A way to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Without a proxy.
    Direct,
    /// Through a proxy.
    Proxy {
        /// What it speaks.
        kind: RouteKind,
        /// Its name or address, without brackets.
        host: String,
        /// Its port.
        port: u16,
    },
}

impl Route {
    /// Reads an answer such as `PROXY a:8080; SOCKS5 b:1080; DIRECT`.
    ///
    /// As in browsers, what is not understood is passed over, and nothing means no proxy.
    pub fn parse_all(answer: &str) -> Result<Vec<Self>, PacFault> {
        if answer.trim().is_empty() {
            return Ok(vec![Self::Direct]);
        }
        let routes: Vec<_> = answer.split(';').filter_map(route).collect();
        if routes.is_empty() {
            return Err(PacFault::NoRoute {
                answer: answer.chars().take(SHOWN).collect(),
            });
        }
        Ok(routes)
    }
}

fn route(text: &str) -> Option<Route> {
    let mut words = text.split_whitespace();
    let kind = match words.next()?.to_ascii_uppercase().as_str() {
        "DIRECT" => return words.next().is_none().then_some(Route::Direct),
        "PROXY" | "HTTP" => RouteKind::Http,
        "HTTPS" => RouteKind::Https,
        "SOCKS" | "SOCKS4" => RouteKind::Socks4,
        "SOCKS5" => RouteKind::Socks5,
        _ => return None,
    };
    let (host, port) = address(words.next()?, usual_port(kind))?;
    words.next().is_none().then_some(Route::Proxy {
        kind,
        host: host.to_owned(),
        port,
    })
}

fn usual_port(kind: RouteKind) -> u16 {
    match kind {
        RouteKind::Http => 80,
        RouteKind::Https => 443,
        RouteKind::Socks4 | RouteKind::Socks5 => 1080,
    }
}

fn address(text: &str, usual_port: u16) -> Option<(&str, u16)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(text) => {
            let (host, rest) = text.split_once(']')?;
            (host, rest.strip_prefix(':'))
        }
        None => match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') => (host, Some(port)),
            _ => (text, None),
        },
    };
    let port = match port {
        Some(port) => port.parse().ok()?,
        None => usual_port,
    };
    (!host.is_empty() && port != 0).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(kind: RouteKind, host: &str, port: u16) -> Route {
        Route::Proxy {
            kind,
            host: host.to_owned(),
            port,
        }
    }

    #[test]
    fn reads_ways_in_their_order() {
        assert_eq!(
            Route::parse_all(" proxy a:8080 ;;SOCKS5 b; HTTPS [::1]:1;DIRECT").unwrap(),
            [
                proxy(RouteKind::Http, "a", 8080),
                proxy(RouteKind::Socks5, "b", 1080),
                proxy(RouteKind::Https, "::1", 1),
                Route::Direct,
            ]
        );
        assert_eq!(Route::parse_all(" ").unwrap(), [Route::Direct]);
        assert_eq!(
            Route::parse_all("QUIC a:1; SOCKS c:2").unwrap(),
            [proxy(RouteKind::Socks4, "c", 2)]
        );
    }

    #[test]
    fn an_answer_without_a_way_is_an_error() {
        for answer in [
            "nonsense",
            "PROXY",
            "PROXY a:b",
            "PROXY :80",
            "PROXY a:99999",
            "DIRECT a",
        ] {
            let fault = Route::parse_all(answer).unwrap_err();
            assert_eq!(
                fault.to_string(),
                format!("the script answers `{answer}`, which names no proxy")
            );
        }
    }
}
