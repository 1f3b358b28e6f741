//! An answer of HTTP, read as a whole.

use super::FetchError;

/// What a server answers.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
    /// Whether it says itself where it ends.
    pub(super) has_end: bool,
}

impl Answer {
    /// Reads a whole answer; none if it is not one of HTTP.
    pub(super) fn parse(bytes: &[u8]) -> Option<Result<Self, FetchError>> {
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
        let length: Option<usize> = field("content-length").and_then(|length| length.parse().ok());
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
            has_end: is_chunked || length.is_some(),
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
    fn answers_have_bodies_of_three_kinds() {
        let body = |text: &str| {
            let answer = Answer::parse(text.as_bytes())?;
            Some(answer.map(|answer| String::from_utf8(answer.body).unwrap()))
        };
        let has_end = |text: &str| Answer::parse(text.as_bytes()).unwrap().unwrap().has_end;
        assert!(has_end("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na"));
        assert!(!has_end("HTTP/1.1 200\r\n\r\na"));
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
