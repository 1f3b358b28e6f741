//! The name of a branch, a tag or a commit.

use std::fmt;

use super::SpecFault;
use super::disguise::is_disguised;

const MAX_BYTES: usize = 200;
const FORBIDDEN: &[char] = &[
    '~', '^', ':', '?', '*', '[', '\\', ' ', '%', '\'', '"', '`', '$', '#',
];

/// What stands after the `#` of a spec: it can neither be an option nor an expression of git.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GitReference(String);

impl GitReference {
    /// Parses it by the rules of git for names, and some more.
    pub(super) fn parse(text: &str) -> Result<Self, SpecFault> {
        let is_plain = |letter: char| !letter.is_control() && !FORBIDDEN.contains(&letter);
        let is_name = |name: &str| {
            let ends_well = !name.ends_with('.') && !name.to_ascii_lowercase().ends_with(".lock");
            !name.is_empty() && !name.starts_with(['.', '-']) && ends_well && !is_disguised(name)
        };
        let is_fine = text.len() <= MAX_BYTES
            && text != "@"
            && !text.starts_with('+')
            && !text.contains("..")
            && !text.contains("@{")
            && text.chars().all(is_plain)
            && text.split('/').all(is_name);
        if is_fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(SpecFault::Reference)
        }
    }

    /// Returns the name as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether it is the full id of a commit, which never comes to mean another one.
    pub fn is_commit(&self) -> bool {
        matches!(self.0.len(), 40 | 64)
            && self
                .0
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// Returns the full names that it may stand for.
    pub(super) fn candidates(&self) -> Vec<String> {
        if self.0 == "HEAD" || self.0.starts_with("refs/") {
            vec![self.0.clone()]
        } else {
            vec![
                format!("refs/tags/{}", self.0),
                format!("refs/heads/{}", self.0),
            ]
        }
    }
}

impl fmt::Display for GitReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
