//! A relative path that cannot leave the folder it is put under.

use std::fmt;

use super::PathFault;
use super::component::{self, MAX_DEPTH, MAX_PATH};

/// A path below a destination, with `/` between its names.
///
/// INVARIANT: it is relative, and each of its names is a plain one on every system. No other type
/// of path reaches the code that writes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafePath(String);

impl SafePath {
    /// Parses a path, or says why it is not safe.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let mut letters = text.chars();
        let (first, second) = (letters.next(), letters.next());
        let has_drive = first.is_some_and(|letter| letter.is_ascii_alphabetic());
        if matches!(first, Some('/' | '\\')) || (has_drive && second == Some(':')) {
            return Err(PathFault::Absolute);
        }
        for name in text.split('/') {
            component::check(name)?;
        }
        if text.len() > MAX_PATH {
            return Err(PathFault::LongPath);
        }
        if text.split('/').count() > MAX_DEPTH {
            return Err(PathFault::Deep);
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the names of the path, outermost first.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Returns the name of the file or folder itself.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Returns the folder that the path stands in, if it is not the destination itself.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(folder, _)| folder)
    }
}

impl fmt::Display for SafePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_leads_elsewhere() {
        for (path, fault) in [
            ("", PathFault::Empty),
            ("/etc/passwd", PathFault::Absolute),
            ("\\\\host\\share", PathFault::Absolute),
            ("C:\\x", PathFault::Absolute),
            ("c:x", PathFault::Absolute),
            ("a//b", PathFault::Empty),
            ("a/", PathFault::Empty),
            ("a/../b", PathFault::Dots),
            ("./a", PathFault::Dots),
            ("a/.GIT/hooks/pre-commit", PathFault::Git),
            ("a/b:c", PathFault::Character(':')),
        ] {
            assert_eq!(SafePath::parse(path), Err(fault), "{path:?}");
        }
        assert_eq!(
            SafePath::parse(&"a/".repeat(70)[..139]),
            Err(PathFault::Deep)
        );
        assert_eq!(
            SafePath::parse(&format!("{0}/{0}/{0}/{0}", "a".repeat(240))),
            Err(PathFault::LongPath)
        );
    }

    #[test]
    fn knows_its_parts() {
        let path = SafePath::parse("a/b/c.rs").unwrap();
        assert_eq!(path.components().collect::<Vec<_>>(), ["a", "b", "c.rs"]);
        assert_eq!((path.parent(), path.file_name()), (Some("a/b"), "c.rs"));
    }

    proptest! {
        #[test]
        fn what_is_taken_stays_below(text in "[./a-z\\\\: g~1\u{200c}]{0,12}") {
            if let Ok(path) = SafePath::parse(&text) {
                let joined = std::path::Path::new("/top").join(path.as_str());
                let plain = joined.components().skip(1).all(|part| matches!(part, std::path::Component::Normal(_)));
                prop_assert!(plain && joined.starts_with("/top"));
                let has_git = path.components().any(|name| name.eq_ignore_ascii_case(".git"));
                prop_assert!(!has_git);
            }
        }
    }
}
