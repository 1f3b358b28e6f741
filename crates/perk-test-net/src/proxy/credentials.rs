//! Who a client says it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::head::Head;

/// A user and a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

impl Credentials {
    /// Makes credentials.
    pub fn new(user: &str, password: &str) -> Self {
        Self {
            user: user.to_owned(),
            password: password.to_owned(),
        }
    }

    pub(super) fn joined(&self) -> String {
        format!("{}:{}", self.user, self.password)
    }
}

/// What a client presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presented {
    /// Nothing.
    Nothing,
    /// What the proxy wants.
    Right,
    /// Something that the proxy does not want, or did not ask for: `user:password` if the scheme
    /// is Basic, or else all that was presented.
    Other(String),
}

impl Presented {
    pub(super) fn of_text(text: String, wanted: Option<&Credentials>) -> Self {
        match wanted {
            Some(wanted) if wanted.joined() == text => Self::Right,
            _ => Self::Other(text),
        }
    }

    /// Reads the header of a request.
    pub(super) fn of_head(head: &Head, wanted: Option<&Credentials>) -> Self {
        match head.header("proxy-authorization") {
            None => Self::Nothing,
            Some(value) => Self::of_text(basic(value).unwrap_or(value.to_owned()), wanted),
        }
    }
}

fn basic(value: &str) -> Option<String> {
    let (scheme, encoded) = value.split_once(' ')?;
    let is_basic = scheme.eq_ignore_ascii_case("basic");
    let bytes = is_basic.then(|| STANDARD.decode(encoded.trim()).ok())??;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(value: &str) -> Presented {
        let head = Head {
            method: "GET".to_owned(),
            target: "http://a/".to_owned(),
            headers: vec![("Proxy-Authorization".to_owned(), value.to_owned())],
        };
        Presented::of_head(&head, Some(&Credentials::new("u", "p")))
    }

    #[test]
    fn tells_right_from_wrong() {
        assert_eq!(presented("Basic dTpw"), Presented::Right);
        assert_eq!(presented("basic dTpx"), Presented::Other("u:q".to_owned()));
        assert_eq!(
            presented("NTLM abc"),
            Presented::Other("NTLM abc".to_owned())
        );
    }
}
