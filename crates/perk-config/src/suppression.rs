//! Findings that somebody decided to live with.

use camino::Utf8Path;
use globset::{GlobBuilder, GlobMatcher};
use time::Date;

use crate::{Origin, Place};

/// An entry of `[[iam.checks.suppress]]`.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The code of the check.
    pub code: String,
    /// The files it is limited to.
    pub path: Option<PathPattern>,
    /// The statement it is limited to.
    pub sid: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub expires: Option<Date>,
    /// Where the entry begins.
    pub origin: Origin,
    /// Where the code stands.
    pub code_place: Place,
}

/// A pattern for paths: `*` stays within a folder, `**` crosses folders.
#[derive(Debug, Clone)]
pub struct PathPattern {
    text: String,
    matcher: GlobMatcher,
}

impl PathPattern {
    /// Parses a pattern.
    pub fn parse(text: &str) -> Result<Self, globset::Error> {
        let glob = GlobBuilder::new(text).literal_separator(true).build()?;
        Ok(Self {
            text: text.to_owned(),
            matcher: glob.compile_matcher(),
        })
    }

    /// Returns the pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether a path matches, as it is written: the caller makes it relative to the
    /// project's folder first.
    pub fn is_match(&self, path: &Utf8Path) -> bool {
        self.matcher.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder() {
        let pattern = PathPattern::parse("legacy/*.json").unwrap();
        assert!(pattern.is_match("legacy/a.json".into()));
        assert!(!pattern.is_match("legacy/b/a.json".into()));
    }

    #[test]
    fn two_stars_cross_folders() {
        let pattern = PathPattern::parse("legacy/**").unwrap();
        assert!(pattern.is_match("legacy/b/a.json".into()));
        assert!(!pattern.is_match("new/legacy/a.json".into()));
    }
}
