//! Who is asking, as a proxy wants to be told.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The value of a `Proxy-Authorization` header.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization(String);

impl Authorization {
    /// Says a name and a password as they are, which must not be encoded for an address.
    pub fn basic(user: &str, password: &str) -> Self {
        Self(format!(
            "Basic {}",
            STANDARD.encode(format!("{user}:{password}"))
        ))
    }

    pub(super) fn header_value(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(***)")
    }
}
