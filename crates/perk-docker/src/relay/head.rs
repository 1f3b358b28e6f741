//! The head of a request to a proxy, to which the authorization is added.

use std::io::{self, Read};

/// The longest head, as servers limit it too.
const LONGEST: usize = 64 * 1024;

/// What keeps a head from being understood.
#[derive(Debug, thiserror::Error)]
pub(super) enum HeadFault {
    /// The connection ended or failed before the head did.
    #[error("the request ended early")]
    Read(#[from] io::Error),
    /// It is too long.
    #[error("the head of the request is too long")]
    TooLong,
    /// It is no request.
    #[error("this is no request to a proxy")]
    NotARequest,
}

/// A head, and what was read behind it.
#[derive(Debug)]
pub(super) struct Head {
    bytes: Vec<u8>,
    end: usize,
}

impl Head {
    /// Reads up to the empty line.
    pub(super) fn read(mut stream: impl Read) -> Result<Self, HeadFault> {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let searched = bytes.len();
            match stream.read(&mut buffer)? {
                0 => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                count => bytes.extend_from_slice(&buffer[..count]),
            }
            if let Some(end) = end_of_head(&bytes, searched) {
                return Ok(Self { bytes, end });
            }
            if bytes.len() > LONGEST {
                return Err(HeadFault::TooLong);
            }
        }
    }

    /// Returns the bytes with the authorization in the place of any other one.
    ///
    /// A request that is not `CONNECT` is the last one of its connection, since a second one on it
    /// would go to the proxy as it is.
    pub(super) fn with_authorization(&self, authorization: &str) -> Result<Vec<u8>, HeadFault> {
        let (head, body) = self.bytes.split_at(self.end);
        let head = std::str::from_utf8(head).map_err(|_| HeadFault::NotARequest)?;
        let mut lines = head.lines();
        let request = lines.next().unwrap_or_default();
        let [method, _, version] = request.split(' ').collect::<Vec<_>>()[..] else {
            return Err(HeadFault::NotARequest);
        };
        if !version.starts_with("HTTP/1.") {
            return Err(HeadFault::NotARequest);
        }
        let lines: Vec<_> = lines.collect();
        let stays_open = method == "CONNECT" || lines.iter().any(|line| is_named(line, "upgrade"));
        let mut changed = format!("{request}\r\n");
        let mut is_dropped = false;
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            // A line that begins with a blank goes on with the header before it.
            if !line.starts_with([' ', '\t']) {
                is_dropped = is_named(line, "proxy-authorization")
                    || (!stays_open && is_about_connection(line));
            }
            if !is_dropped {
                changed.push_str(line);
                changed.push_str("\r\n");
            }
        }
        changed.push_str("Proxy-Authorization: ");
        changed.push_str(authorization);
        changed.push_str(if stays_open {
            "\r\n\r\n"
        } else {
            "\r\nConnection: close\r\n\r\n"
        });
        let mut changed = changed.into_bytes();
        changed.extend_from_slice(body);
        Ok(changed)
    }
}

fn is_about_connection(line: &str) -> bool {
    ["connection", "proxy-connection", "keep-alive"]
        .iter()
        .any(|name| is_named(line, name))
}

fn is_named(line: &str, name: &str) -> bool {
    let (found, _) = line.split_once(':').unwrap_or_default();
    found.trim().eq_ignore_ascii_case(name)
}

/// Returns where the head ends, behind its empty line, which was not in what is searched already.
fn end_of_head(bytes: &[u8], searched: usize) -> Option<usize> {
    let start = searched.saturating_sub(b"\r\n\r".len());
    let find = |mark: &[u8]| {
        let mut windows = bytes[start..].windows(mark.len());
        Some(start + windows.position(|window| window == mark)? + mark.len())
    };
    match (find(b"\r\n\r\n"), find(b"\n\n")) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(request: &str) -> Result<String, HeadFault> {
        let head = Head::read(request.as_bytes())?;
        let bytes = head.with_authorization("Basic x")?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn a_tunnel_stays_open() {
        let request =
            "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nProxy-Connection: Keep-Alive\r\n\r\nTLS";
        assert_eq!(
            changed(request).unwrap(),
            "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nProxy-Connection: Keep-Alive\r\n\
             Proxy-Authorization: Basic x\r\n\r\nTLS"
        );
    }

    #[test]
    fn any_other_request_is_the_last_one_and_has_one_authorization() {
        let request = "POST http://a/ HTTP/1.1\nproxy-authorization: Basic\n y\nHost: a\n\
                       Connection: keep-alive\nContent-Length: 2\n\nab";
        assert_eq!(
            changed(request).unwrap(),
            "POST http://a/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\
             Proxy-Authorization: Basic x\r\nConnection: close\r\n\r\nab"
        );
    }

    #[test]
    fn a_head_may_come_drop_by_drop() {
        struct Drops<'a>(&'a [u8]);

        impl Read for Drops<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.0.read(&mut buffer[..1])
            }
        }

        assert!(Head::read(Drops(b"GET http://a/ HTTP/1.1\r\n\r\n")).is_ok());
        assert!(Head::read(Drops(b"GET http://a/ HTTP/1.1\n\n")).is_ok());
    }

    #[test]
    fn an_upgrade_keeps_its_connection() {
        let request = "GET http://a/ HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        assert!(
            changed(request)
                .unwrap()
                .contains("Connection: Upgrade\r\n")
        );
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for request in ["\x16\x03\x01\n\n", "GET /\n\n", "GET / HTTP/2\n\n", "\n\n"] {
            assert!(
                matches!(changed(request), Err(HeadFault::NotARequest)),
                "{request}"
            );
        }
        assert!(matches!(changed("GET / HT"), Err(HeadFault::Read(_))));
        assert!(matches!(
            changed(&"a".repeat(LONGEST * 2)),
            Err(HeadFault::TooLong)
        ));
    }
}
