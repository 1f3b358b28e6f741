//! Heads of HTTP requests, and what goes with them.

use std::io::{self, Read};

/// More than any client of a test sends.
const LIMIT: usize = 64 * 1024;

/// The first line of a request and its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Head {
    /// Reads a head and nothing behind it; `None` at the end of the stream.
    pub(crate) fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let mut byte = [0];
        while !bytes.ends_with(b"\r\n\r\n") && !bytes.ends_with(b"\n\n") {
            if stream.read(&mut byte)? == 0 {
                return Ok(None);
            }
            bytes.push(byte[0]);
            if bytes.len() > LIMIT {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Self::parse(&String::from_utf8_lossy(&bytes))
            .map(Some)
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
        Some(Self {
            method,
            target,
            headers: headers.collect(),
        })
    }

    /// Returns the value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns how many bytes of a body follow.
    pub(crate) fn body_length(&self) -> u64 {
        let length = self.header("content-length");
        length.and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Returns the head that is sent on to a server, which then closes the connection.
    pub(crate) fn forwarded(&self, path: &str, via: &str) -> String {
        const OWN: &[&str] = &[
            "connection",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
        ];
        let kept = self
            .headers
            .iter()
            .filter(|(name, _)| !OWN.contains(&name.to_ascii_lowercase().as_str()));
        let kept: String = kept
            .map(|(name, value)| line(&format!("{name}: {value}")))
            .collect();
        let method = &self.method;
        format!("{method} {path} HTTP/1.1\r\n{kept}Via: {via}\r\nConnection: close\r\n\r\n")
    }
}

fn line(text: &str) -> String {
    format!("{text}\r\n")
}

/// Returns a whole answer, after which the connection is closed.
pub(crate) fn answer(status: &str, headers: &[String], body: &[u8]) -> Vec<u8> {
    let headers: String = headers.iter().map(|header| line(header)).collect();
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [text.as_bytes(), body].concat()
}

/// Splits `host:port`; brackets come off.
pub(crate) fn host_and_port(authority: &str, default_port: u16) -> Option<(String, u16)> {
    let bare = |host: &str| {
        host.trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned()
    };
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => Some((bare(host), port.parse().ok()?)),
        _ => Some((bare(authority), default_port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_head_and_leaves_the_body() {
        let mut stream: &[u8] = b"POST http://a/b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";
        let head = Head::read(&mut stream).unwrap().expect("a head");
        assert_eq!((head.method.as_str(), head.body_length()), ("POST", 2));
        assert_eq!(stream, b"hi");
        assert_eq!(Head::read(&mut io::empty()).unwrap(), None);
        assert!(Head::read(&mut b"\n\n".as_slice()).is_err());
    }

    #[test]
    fn what_is_for_the_proxy_goes_no_further() {
        let mut stream: &[u8] =
            b"GET http://a/b HTTP/1.1\r\nHost: a\r\nproxy-Authorization: Basic x\r\n\r\n";
        let head = Head::read(&mut stream).unwrap().expect("a head");
        assert_eq!(
            head.forwarded("/b", "1.1 p"),
            "GET /b HTTP/1.1\r\nHost: a\r\nVia: 1.1 p\r\nConnection: close\r\n\r\n"
        );
    }

    #[test]
    fn splits_authorities() {
        let split = |text| host_and_port(text, 80).unwrap();
        assert_eq!(split("a.test"), ("a.test".to_owned(), 80));
        assert_eq!(split("[::1]:8080"), ("::1".to_owned(), 8080));
        assert_eq!(split("[::1]"), ("::1".to_owned(), 80));
        assert_eq!(host_and_port("a:b", 80), None);
    }
}
