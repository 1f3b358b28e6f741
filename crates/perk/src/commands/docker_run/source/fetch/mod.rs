//! A text that is fetched over HTTP or HTTPS, without a proxy: where the proxy is stands in it.

mod answer;
mod error;

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use perk_network::Host;
use perk_network::certificate::Certificate;
use perk_probe::secure;
use perk_process::without_credentials;

pub(crate) use error::FetchError;

use self::answer::Answer;
use super::within::within;

/// How long the whole may take.
const TIME_LIMIT: Duration = Duration::from_secs(3);
/// A text that is longer is some other file.
const SIZE_LIMIT: u64 = 4 * 1024 * 1024;
/// How often a server may send on to another address.
const REDIRECTS: usize = 3;

/// How a server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

/// Where a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Location {
    scheme: Scheme,
    /// The server with its port, as it was written.
    host: String,
    /// The path with its query.
    path: String,
}

/// Fetches a text. Who is trusted is asked for when TLS is to be spoken.
pub(super) fn fetch(
    url: &str,
    trusted: &dyn Fn() -> Vec<Certificate>,
) -> Result<Vec<u8>, FetchError> {
    let started = Instant::now();
    let mut location = Location::parse(url)?;
    for _ in 0..=REDIRECTS {
        let asked = location.clone();
        let trusted = match location.scheme {
            Scheme::Http => Vec::new(),
            Scheme::Https => trusted(),
        };
        let left = TIME_LIMIT.saturating_sub(started.elapsed());
        let answer = within(left, move || asked.ask(left, &trusted));
        let answer = answer.ok_or_else(|| FetchError::TooSlow {
            host: location.host.clone(),
        })??;
        match (answer.status, answer.location) {
            (200, _) => return Ok(answer.body),
            (301 | 302 | 303 | 307 | 308, Some(next)) => location = location.joined(&next)?,
            (status, _) => return Err(FetchError::Status { status }),
        }
    }
    Err(FetchError::Redirects)
}

impl Scheme {
    fn parse(text: &str) -> Option<Self> {
        let mut schemes = [Self::Http, Self::Https].into_iter();
        schemes.find(|scheme| text.eq_ignore_ascii_case(scheme.name()))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Location {
    fn parse(url: &str) -> Result<Self, FetchError> {
        let shown = || without_credentials(url).into_owned();
        let scheme = url.split_once("://");
        let scheme = scheme.and_then(|(scheme, rest)| Some((Scheme::parse(scheme)?, rest)));
        let (scheme, rest) = scheme.ok_or_else(|| FetchError::NotHttp { url: shown() })?;
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, path) = match rest.find(['/', '?']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let host = authority.rsplit('@').next().unwrap_or_default();
        let is_plain = |letter: char| letter.is_ascii_graphic();
        if host.is_empty() || host.starts_with(':') || !host.chars().all(is_plain) {
            return Err(FetchError::NoServer { url: shown() });
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(Self {
            scheme,
            host: host.to_owned(),
            path: format!("{slash}{}", encoded(path)),
        })
    }

    /// Returns where a server sends on to.
    fn joined(&self, next: &str) -> Result<Self, FetchError> {
        let before = next.split_once("://").map(|(before, _)| before);
        // An address within the same server may have another one in its query.
        if before.is_some_and(|before| !before.contains(['/', '?'])) {
            let location = Self::parse(next)?;
            if (self.scheme, location.scheme) == (Scheme::Https, Scheme::Http) {
                return Err(FetchError::Downgrade {
                    url: without_credentials(next).into_owned(),
                });
            }
            return Ok(location);
        }
        let scheme = self.scheme.name();
        let folder = self.path.split('?').next().unwrap_or_default();
        let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::parse(&match next {
            next if next.starts_with("//") => format!("{scheme}:{next}"),
            next if next.starts_with('/') => format!("{scheme}://{}{next}", self.host),
            next => format!("{scheme}://{}{folder}/{next}", self.host),
        })
    }

    fn ask(&self, left: Duration, trusted: &[Certificate]) -> Result<Answer, FetchError> {
        let stream = self
            .connect(left)
            .map_err(|error| self.unreachable(&error))?;
        if self.scheme == Scheme::Http {
            return self.exchange(stream);
        }
        let (name, _) = self.server();
        let host = Host::parse(name).ok_or_else(|| FetchError::NoServer {
            url: format!("https://{}", self.host),
        })?;
        let stream = secure(stream, &host, trusted).map_err(|fault| FetchError::Tls {
            host: self.host.clone(),
            fault,
        })?;
        self.exchange(stream)
    }

    fn unreachable(&self, error: &io::Error) -> FetchError {
        FetchError::Unreachable {
            host: self.host.clone(),
            message: error.to_string(),
        }
    }

    fn exchange(&self, mut connection: impl Read + Write) -> Result<Answer, FetchError> {
        // In one piece, since a server may answer to the first one and hang up.
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: perk/{}\r\nAccept: */*\r\n\
             Connection: close\r\n\r\n",
            self.path,
            self.host,
            env!("CARGO_PKG_VERSION")
        );
        connection
            .write_all(request.as_bytes())
            .and_then(|()| connection.flush())
            .map_err(|error| self.unreachable(&error))?;
        let mut bytes = Vec::new();
        let read = connection.take(SIZE_LIMIT + 1).read_to_end(&mut bytes);
        if u64::try_from(bytes.len()).is_ok_and(|length| length > SIZE_LIMIT) {
            return Err(FetchError::TooLong);
        }
        match Answer::parse(&bytes) {
            // Whoever hangs up instead of saying goodbye may have said all before. In TLS, it may
            // also be somebody else who has cut the connection.
            Some(Ok(answer))
                if read.is_err() && self.scheme == Scheme::Https && !answer.has_end =>
            {
                Err(FetchError::Incomplete)
            }
            Some(answer) => answer,
            None if read.is_err() => Err(FetchError::Incomplete),
            None => Err(FetchError::NotAnAnswer {
                host: self.host.clone(),
            }),
        }
    }

    /// Returns the server and its port.
    fn server(&self) -> (&str, &str) {
        let usual = match self.scheme {
            Scheme::Http => "80",
            Scheme::Https => "443",
        };
        match self.host.rsplit_once(':') {
            Some((name, "")) => (name, usual),
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
            _ => (&self.host, usual),
        }
    }

    fn connect(&self, left: Duration) -> io::Result<TcpStream> {
        let (name, port) = self.server();
        let server = format!("{name}:{port}");
        let mut last = io::Error::other("it has no address");
        for address in server.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, left.max(Duration::from_millis(1))) {
                Ok(connection) => return Ok(connection),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// Writes as escapes what has no place in a request.
fn encoded(path: &str) -> String {
    let mut encoded = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_and_joined() {
        let parsed = |url: &str| {
            let location = Location::parse(url).map_err(|error| error.to_string())?;
            let (name, port) = location.server();
            Ok(format!("{name} {port} {}", location.path))
        };
        for (url, expected) in [
            ("http://a.example", Ok("a.example 80 /")),
            ("HTTP://a.example:8080/x?y#z", Ok("a.example 8080 /x?y")),
            ("Https://a.example", Ok("a.example 443 /")),
            ("https://a.example:8443/", Ok("a.example 8443 /")),
            ("http://a:?b", Ok("a 80 /?b")),
            ("http://u:p@[::1]:1/é x", Ok("[::1] 1 /%C3%A9%20x")),
            ("https://[::1]", Ok("[::1] 443 /")),
            ("http://", Err("`http://` names no server")),
            ("https://:80/", Err("`https://:80/` names no server")),
            (
                "ftp://u:p@a/",
                Err("perk fetches over `http:` and `https:`, and `ftp://***@a/` is something else"),
            ),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(parsed(url), expected, "{url}");
        }
        let joined = |from: &str, next: &str| {
            let location = Location::parse(from).and_then(|from| from.joined(next));
            location.map_or_else(
                |error| error.to_string(),
                |to| format!("{} {} {}", to.scheme.name(), to.host, to.path),
            )
        };
        for (next, expected) in [
            ("http://x/y", "http x /y"),
            ("https://x/y", "https x /y"),
            ("//x/y", "http x /y"),
            ("/y", "http a /y"),
            ("/y?z=https://w/", "http a /y?z=https://w/"),
            ("y", "http a /b/y"),
        ] {
            assert_eq!(joined("http://a/b/c?d=/e", next), expected);
        }
        for (next, expected) in [
            ("https://x/y", "https x /y"),
            ("//x/y", "https x /y"),
            ("/y", "https a:1 /y"),
            ("y", "https a:1 /b/y"),
            (
                "http://u:p@x/y",
                "the server sends on from `https:` to `http://***@x/y`, which anybody on the way \
                 can change",
            ),
        ] {
            assert_eq!(joined("https://a:1/b/c", next), expected);
        }
    }
}
