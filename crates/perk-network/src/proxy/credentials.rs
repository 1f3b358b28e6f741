//! Who asks a proxy: a user and a password, percent-encoded exactly once.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use crate::{MASK, Secret};

/// All but the unreserved characters of RFC 3986 and `!*()`, which no program misreads. Few
/// escapes are a gain: two programs send them to the proxy as they are.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'*')
    .remove(b'(')
    .remove(b')');

/// The user and the password for a proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// INVARIANT: both are percent-encoded, each byte in the same way always.
    user: Secret,
    password: Option<Secret>,
}

impl Credentials {
    /// Makes credentials of what is meant: no character in it is an escape.
    pub fn from_raw(user: impl AsRef<[u8]>, password: Option<impl AsRef<[u8]>>) -> Self {
        Self {
            user: encode(user.as_ref()),
            password: password.map(|password| encode(password.as_ref())),
        }
    }

    /// Makes credentials of the part of a URL before the `@`, where an escape is an escape.
    pub(super) fn from_userinfo(userinfo: &str) -> Self {
        let decoded = |text| percent_decode_str(text).collect::<Vec<u8>>();
        match userinfo.split_once(':') {
            Some((user, password)) => Self::from_raw(decoded(user), Some(decoded(password))),
            None => Self::from_raw(decoded(userinfo), None::<&[u8]>),
        }
    }

    /// Returns the part of a URL before the `@`.
    pub fn to_userinfo(&self) -> Secret {
        match &self.password {
            Some(password) => Secret::new(format!("{}:{}", self.user.reveal(), password.reveal())),
            None => self.user.clone(),
        }
    }

    /// Returns the value of a `Proxy-Authorization` header (RFC 7617).
    pub fn to_basic_authorization(&self) -> Secret {
        let (mut bytes, password) = self.to_bytes();
        bytes.push(b':');
        bytes.extend(password);
        Secret::new(format!("Basic {}", STANDARD.encode(bytes)))
    }

    /// Returns the user and the password as they are meant, for a protocol without escapes.
    pub fn to_bytes(&self) -> (Vec<u8>, Vec<u8>) {
        let decoded = |text: &Secret| percent_decode_str(text.reveal()).collect();
        let password = self.password.as_ref().map(decoded);
        (decoded(&self.user), password.unwrap_or_default())
    }

    /// Tells whether there is a user and no password.
    pub fn is_user_only(&self) -> bool {
        self.password.is_none()
    }

    /// Tells whether the encoded form has an escape in it.
    pub fn has_escapes(&self) -> bool {
        self.to_userinfo().reveal().contains('%')
    }

    /// Tells whether a character outside ASCII is in it, which programs encode in different ways.
    pub fn has_non_ascii(&self) -> bool {
        percent_decode_str(self.to_userinfo().reveal()).any(|byte| !byte.is_ascii())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

fn encode(bytes: &[u8]) -> Secret {
    Secret::new(percent_encode(bytes, ESCAPED).to_string())
}

/// What a text before an `@` has in it besides what may stand there.
pub(super) struct Irregular {
    /// A character that has to be escaped.
    pub(super) character: bool,
    /// A `%` that begins no escape.
    pub(super) percent: bool,
}

/// Looks for what may not stand in the credentials of a URL.
pub(super) fn irregular(userinfo: &str) -> Irregular {
    let bytes = userinfo.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let percents = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    Irregular {
        character: userinfo.matches(':').nth(1).is_some()
            || bytes.iter().any(|byte| !may_stand(*byte)),
        percent: percents
            .into_iter()
            .any(|(at, _)| !(is_hex(at + 1) && is_hex(at + 2))),
    }
}

/// The characters of `userinfo` in RFC 3986, 3.2.1.
fn may_stand(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_of_credentials_is_shown() {
        let credentials = Credentials::from_raw("jane", Some("hunter2"));
        assert_eq!(format!("{credentials} {credentials:?}"), "*** ***");
    }

    #[test]
    fn a_header_has_what_is_meant() {
        let credentials = Credentials::from_userinfo("CORP%5Cjane:p%40ss");
        let header = credentials.to_basic_authorization();
        assert_eq!(header.reveal(), "Basic Q09SUFxqYW5lOnBAc3M=");
    }

    proptest! {
        #[test]
        fn any_bytes_are_encoded_exactly_once(user: Vec<u8>, password: Vec<u8>) {
            let credentials = Credentials::from_raw(&user, Some(&password));
            let userinfo = credentials.to_userinfo();
            let (left, right) = userinfo.reveal().split_once(':').expect("a colon");
            prop_assert_eq!(percent_decode_str(left).collect::<Vec<u8>>(), user);
            prop_assert_eq!(percent_decode_str(right).collect::<Vec<u8>>(), password);
            prop_assert!(!irregular(userinfo.reveal()).character);
            prop_assert_eq!(Credentials::from_userinfo(userinfo.reveal()), credentials);
        }
    }
}
