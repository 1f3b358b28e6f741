//! The few words of HTTP with which docker's daemon is asked something.
//!
//! HTTP/1.0 is enough: the daemon then says everything in one piece and hangs up.

use crate::engine::Version;

/// What the daemon replied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The status, such as 200.
    pub status: u16,
    /// The version of the daemon, which each reply names.
    pub version: Option<Version>,
    /// What was asked for.
    pub body: &'a [u8],
}

/// Returns what is sent to ask for a path, unless the path cannot stand in a request.
pub fn request(path: &str) -> Option<String> {
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-:@".contains(&byte);
    let is_above = |part: &str| part == "..";
    if !path.bytes().all(may_stand) || path.split('/').any(is_above) {
        return None;
    }
    Some(format!("GET {path} HTTP/1.0\r\nHost: docker\r\n\r\n"))
}

/// Reads a whole reply.
pub fn parse_reply(bytes: &[u8]) -> Option<Reply<'_>> {
    const END: &[u8] = b"\r\n\r\n";
    let end = bytes.windows(END.len()).position(|window| window == END)?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    if !words.next()?.starts_with("HTTP/1.") {
        return None;
    }
    let status = words.next()?.parse().ok()?;
    let mut server = None;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        match name.to_ascii_lowercase().as_str() {
            // Nobody sends pieces in answer to HTTP/1.0.
            "transfer-encoding" => return None,
            "server" => server = Some(value),
            _ => {}
        }
    }
    Some(Reply {
        status,
        version: server
            .filter(|server| server.contains("Docker/"))
            .and_then(Version::find_in),
        body: &bytes[end + END.len()..],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_in_a_request_is_not_asked_for() {
        let sent = request("/images/registry.example:5000/a/b:1@sha256:0f/json").unwrap();
        assert!(
            sent.starts_with("GET /images/registry.example:5000/a/b:1@sha256:0f/json HTTP/1.0")
        );
        for path in [
            "/images/a b/json",
            "/images/a\r\n/json",
            "/images/../info",
            "/a?b",
            "/%41",
        ] {
            assert_eq!(request(path), None, "{path}");
        }
    }

    #[test]
    fn a_reply_has_a_status_a_version_and_a_body() {
        let reply = b"HTTP/1.0 200 OK\r\nApi-Version: 1.41\r\nServer: Docker/20.10.24+dfsg1 \
                      (linux)\r\nContent-Length: 2\r\n\r\n{}";
        let expected = Reply {
            status: 200,
            version: Some(Version::new(20, 10)),
            body: b"{}",
        };
        assert_eq!(parse_reply(reply), Some(expected));
        let missing = parse_reply(b"HTTP/1.1 404 Not Found\r\n\r\n").unwrap();
        assert_eq!((missing.status, missing.version), (404, None));
        for bytes in [
            &b""[..],
            b"HTTP/1.0 200 OK\r\n",
            b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        ] {
            assert_eq!(parse_reply(bytes), None);
        }
    }
}
