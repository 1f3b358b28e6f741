//! A template with where it came from.

use std::fmt;

use perk_process::ProcessError;
use time::OffsetDateTime;

use super::age::Age;
use super::error::short;
use crate::Template;

/// A template as it was found.
#[derive(Debug)]
pub struct FoundTemplate {
    /// The template.
    pub template: Template,
    /// The commit it is of, if it comes from a repository.
    pub commit: Option<String>,
    /// Says that the repository could not be asked whether there is a newer one.
    pub outdated: Option<Outdated>,
}

/// A commit that was fetched earlier, used since the repository cannot be reached.
///
/// `Display` is a warning in one sentence.
#[derive(Debug)]
pub struct Outdated {
    /// The commit.
    pub commit: String,
    /// When the repository last said that this is the commit.
    pub fetched: OffsetDateTime,
    /// Why it could not be asked again.
    pub reason: ProcessError,
    pub(super) source: String,
    pub(super) now: OffsetDateTime,
}

impl fmt::Display for Outdated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let age = Age {
            then: self.fetched,
            now: self.now,
        };
        write!(
            f,
            "cannot reach `{}`; using commit {} as fetched {age}",
            self.source,
            short(&self.commit)
        )
    }
}
