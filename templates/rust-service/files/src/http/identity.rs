//! The identity of a request, by which its traces in several services are found.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 64;

/// Returns the identity that the caller gave, if it is one, or a new one.
pub(super) fn of(headers: &HeaderMap) -> HeaderValue {
    let given = headers
        .get(HEADER)
        .filter(|value| is_identity(value.as_bytes()))
        .cloned();
    given.unwrap_or_else(random)
}

/// What is logged must not be able to forge log records or fill the log.
fn is_identity(bytes: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(is_plain)
}

fn random() -> HeaderValue {
    let text = format!("{:032x}", fastrand::u128(..));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(HEADER, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_plain_identity_is_kept_and_anything_else_replaced() {
        assert_eq!(of(&headers("abc-123")), "abc-123");
        for value in ["", "a b", "{\"level\":\"error\"}"] {
            assert_eq!(of(&headers(value)).len(), 32, "{value}");
        }
        assert_ne!(of(&HeaderMap::new()), of(&HeaderMap::new()));
    }
}
