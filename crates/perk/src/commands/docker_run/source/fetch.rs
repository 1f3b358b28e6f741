//! A text that is fetched over HTTP, without a proxy: where the proxy is stands in it.

use std::fmt::Write as _;
use std::io::{self, Read, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use perk_diag::{Class, Explain, Hint};
use perk_process::without_credentials;

use super::within::within;

/// How long the whole may take.
const TIME_LIMIT: Duration = Duration::from_secs(3);
/// A text that is longer is some other file.
const SIZE_LIMIT: u64 = 4 * 1024 * 1024;
/// How often a server may send on to another address.
const REDIRECTS: usize = 3;

/// A text that cannot be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("perk fetches over `http:` alone, and `{url}` is something else")]
    NotHttp { url: String },
    #[error("`{url}` names no server")]
    NoServer { url: String },
    #[error("`{host}` did not answer within {} s", TIME_LIMIT.as_secs())]
    TooSlow { host: String },
    #[error("cannot reach `{host}`: {message}")]
    Unreachable { host: String, message: String },
    #[error("the server answers with status {status}")]
    Status { status: u16 },
    #[error("what `{host}` answers is not HTTP")]
    NotAnAnswer { host: String },
    #[error("the answer ends in the middle")]
    Incomplete,
    #[error("the answer is longer than {} MiB", SIZE_LIMIT >> 20)]
    TooLong,
    #[error("the server sends on more than {REDIRECTS} times")]
    Redirects,
}

impl Explain for FetchError {
    fn class(&self) -> Class {
        match self {
            Self::NotHttp { .. } | Self::NoServer { .. } => Class::User,
            _ => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        vec![match self {
            Self::NotHttp { url } | Self::NoServer { url } if url.starts_with("https:") => {
                let url = url.replace("***@", "");
                Hint::new(format!(
                    "fetch it yourself, `curl --noproxy '*' -o proxy.pac {url}`, and pass `--pac \
                     proxy.pac`"
                ))
            }
            Self::NotHttp { .. } | Self::NoServer { .. } => {
                Hint::new("name it like `http://pac.example.com/proxy.pac`, or name a file")
            }
            _ => Hint::new("pass `--proxy URL`, or `--proxy none` where no proxy is needed"),
        }]
    }
}

/// Where a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Location {
    /// The server with its port, as it was written.
    host: String,
    /// The path with its query.
    path: String,
}

/// What a server answers.
struct Answer {
    status: u16,
    location: Option<String>,
    body: Vec<u8>,
}

/// Fetches a text.
pub(super) fn fetch(url: &str) -> Result<Vec<u8>, FetchError> {
    let started = Instant::now();
    let mut location = Location::parse(url)?;
    for _ in 0..=REDIRECTS {
        let left = TIME_LIMIT.saturating_sub(started.elapsed());
        let asked = location.clone();
        let answer = within(left, move || asked.ask(left));
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

impl Location {
    fn parse(url: &str) -> Result<Self, FetchError> {
        let shown = || without_credentials(url).into_owned();
        let has_scheme = url
            .get(..7)
            .is_some_and(|start| start.eq_ignore_ascii_case("http://"));
        if !has_scheme {
            return Err(FetchError::NotHttp { url: shown() });
        }
        let rest = url[7..].split('#').next().unwrap_or_default();
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
            host: host.to_owned(),
            path: format!("{slash}{}", encoded(path)),
        })
    }

    /// Returns where a server sends on to.
    fn joined(&self, next: &str) -> Result<Self, FetchError> {
        if next.contains("://") {
            return Self::parse(next);
        }
        let folder = self.path.split('?').next().unwrap_or_default();
        let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::parse(&match next {
            next if next.starts_with("//") => format!("http:{next}"),
            next if next.starts_with('/') => format!("http://{}{next}", self.host),
            next => format!("http://{}{folder}/{next}", self.host),
        })
    }

    fn ask(&self, left: Duration) -> Result<Answer, FetchError> {
        let unreachable = |error: io::Error| FetchError::Unreachable {
            host: self.host.clone(),
            message: error.to_string(),
        };
        let mut connection = self.connect(left).map_err(unreachable)?;
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
            .map_err(unreachable)?;
        let mut bytes = Vec::new();
        let read = connection.take(SIZE_LIMIT + 1).read_to_end(&mut bytes);
        if u64::try_from(bytes.len()).is_ok_and(|length| length > SIZE_LIMIT) {
            return Err(FetchError::TooLong);
        }
        match Answer::parse(&bytes) {
            // Whoever hangs up instead of saying goodbye may have said all before.
            Some(answer) => answer,
            None if read.is_err() => Err(FetchError::Incomplete),
            None => Err(FetchError::NotAnAnswer {
                host: self.host.clone(),
            }),
        }
    }

    fn connect(&self, left: Duration) -> io::Result<TcpStream> {
        let has_port = self.host.rsplit(':').next().is_some_and(|port| {
            self.host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit())
        });
        let server = match (has_port, self.host.strip_suffix(':')) {
            (true, None) => self.host.clone(),
            (_, Some(host)) => format!("{host}:80"),
            (false, None) => format!("{}:80", self.host),
        };
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

impl Answer {
    /// Reads a whole answer; none if it is not one of HTTP.
    fn parse(bytes: &[u8]) -> Option<Result<Self, FetchError>> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/1.")?;
        let status = status.split(' ').nth(1)?.parse().ok()?;
        let fields: Vec<_> = lines.filter_map(|line| line.split_once(':')).collect();
        let field = |name: &str| {
            let mut fields = fields.iter();
            let (_, value) = fields.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            Some(value.trim())
        };
        let body = &bytes[end + 4..];
        let length = field("content-length").and_then(|length| length.parse().ok());
        let is_chunked = field("transfer-encoding")
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        let body = match (is_chunked, length) {
            (true, _) => unchunked(body),
            (false, Some(length)) => body.get(..length).map(<[u8]>::to_vec),
            (false, None) => Some(body.to_vec()),
        };
        Some(body.ok_or(FetchError::Incomplete).map(|body| Self {
            status,
            location: field("location").map(str::to_owned),
            body,
        }))
    }
}

/// Joins the pieces of a body, each of which has its length before it (RFC 9112, 7.1).
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let digits = line.split(';').next()?.trim();
        let length = usize::from_str_radix(digits, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        let start = end + 2;
        body.extend(rest.get(start..start.checked_add(length)?)?);
        rest = rest.get(start + length + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_and_joined() {
        let parsed = |url: &str| {
            let location = Location::parse(url).map_err(|error| error.to_string())?;
            Ok(format!("{} {}", location.host, location.path))
        };
        for (url, expected) in [
            ("http://a.example", Ok("a.example /")),
            ("HTTP://a.example:8080/x?y#z", Ok("a.example:8080 /x?y")),
            ("http://a?b", Ok("a /?b")),
            ("http://u:p@[::1]:1/é x", Ok("[::1]:1 /%C3%A9%20x")),
            ("http://", Err("`http://` names no server")),
            ("http://:80/", Err("`http://:80/` names no server")),
            (
                "https://u:p@a/",
                Err("perk fetches over `http:` alone, and `https://***@a/` is something else"),
            ),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(parsed(url), expected, "{url}");
        }
        let from = Location::parse("http://a/b/c?d=/e").unwrap();
        for (next, expected) in [
            ("http://x/y", "x /y"),
            ("//x/y", "x /y"),
            ("/y", "a /y"),
            ("y", "a /b/y"),
        ] {
            let joined = from.joined(next).unwrap();
            assert_eq!(format!("{} {}", joined.host, joined.path), expected);
        }
    }

    #[test]
    fn answers_have_bodies_of_three_kinds() {
        let body = |text: &str| {
            let answer = Answer::parse(text.as_bytes())?;
            Some(answer.map(|answer| String::from_utf8(answer.body).unwrap()))
        };
        let ok = |text: &str| Some(Ok(text.to_owned()));
        assert_eq!(body("HTTP/1.0 200 OK\r\n\r\nab"), ok("ab"));
        assert_eq!(body("HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nab"), ok("a"));
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x\r\nab\r\n1\r\nc\r\n";
        assert_eq!(body(&format!("{chunked}0\r\n\r\n")), ok("abc"));
        assert_eq!(body(chunked), Some(Err(FetchError::Incomplete)));
        let short = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab";
        assert_eq!(body(short), Some(Err(FetchError::Incomplete)));
        for nonsense in [
            "",
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
        ] {
            assert_eq!(body(nonsense), None, "{nonsense}");
        }
    }
}
