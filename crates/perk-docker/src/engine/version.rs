//! Versions of engines, as far as they decide anything.

use std::fmt;

/// A major and a minor version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
}

impl Version {
    /// Returns a version from its numbers.
    pub const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor }
    }

    /// Reads the first version that a text names, as in `Docker version 28.2.2, build e6534b4`.
    pub fn find_in(text: &str) -> Option<Self> {
        text.split(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .find_map(Self::parse)
    }

    /// Reads a version, of which only the first two numbers count.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(str::parse);
        let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
            return None;
        };
        Some(Self { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_in_what_engines_say() {
        for (said, version) in [
            ("Docker version 28.2.2, build e6534b4", Version::new(28, 2)),
            (
                "Docker version 20.10.24+dfsg1, build 297e128",
                Version::new(20, 10),
            ),
            ("podman version 5.0.0-rc1", Version::new(5, 0)),
            ("nerdctl version 2.0.3", Version::new(2, 0)),
            ("4.3", Version::new(4, 3)),
        ] {
            assert_eq!(Version::find_in(said), Some(version), "{said}");
        }
        assert_eq!(Version::find_in("unknown"), None);
        assert!(Version::new(4, 3) < Version::new(4, 10));
    }
}
