//! The plan itself.

use std::borrow::Cow;

use crate::path::check_collisions;
use crate::{ContentHash, SafePath, ScaffoldError};

/// Everything that a template makes of some answers, sorted by path.
///
/// INVARIANT: no two paths meet on any file system, and every link stays within the folder that
/// the plan is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'t> {
    pub(super) entries: Vec<Entry<'t>>,
}

/// A file or a link of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'t> {
    /// Where it goes, from the destination.
    pub path: SafePath,
    /// What goes there.
    pub content: Content<'t>,
    /// The path below `files` that it comes from; empty for a file that no template makes.
    pub from: &'t str,
    /// Whether a secret is in it, so that no copy of it may be kept.
    pub has_secret: bool,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'t> {
    /// A file.
    File {
        /// Its bytes.
        bytes: Cow<'t, [u8]>,
        /// Whether its mode is 0755 and not 0644.
        is_executable: bool,
    },
    /// A link to somewhere else in the plan's folder.
    Link {
        /// The target, relative to the folder of the link.
        target: String,
    },
}

impl<'t> Plan<'t> {
    /// Returns the entries, sorted by path.
    pub fn entries(&self) -> &[Entry<'t>] {
        &self.entries
    }

    /// Adds a file that no template makes, such as a record of the answers.
    pub fn with_file(mut self, path: SafePath, bytes: Vec<u8>) -> Result<Self, ScaffoldError> {
        self.entries.push(Entry {
            path,
            content: Content::File {
                bytes: Cow::Owned(bytes),
                is_executable: false,
            },
            from: "",
            has_secret: false,
        });
        self.entries
            .sort_unstable_by(|left, right| left.path.cmp(&right.path));
        check_collisions(self.entries.iter().map(|entry| &entry.path))?;
        Ok(self)
    }
}

impl Content<'_> {
    /// Returns the mode as git has it: 0644, 0755 or that of a link.
    pub fn mode(&self) -> u32 {
        match self {
            Self::File {
                is_executable: false,
                ..
            } => 0o100_644,
            Self::File { .. } => 0o100_755,
            Self::Link { .. } => crate::template::LINK_MODE,
        }
    }

    /// Returns the bytes of the file, or the target of the link.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::File { bytes, .. } => bytes,
            Self::Link { target } => target.as_bytes(),
        }
    }
}

impl Entry<'_> {
    /// Returns the mode as git has it: 0644, 0755 or that of a link.
    pub fn mode(&self) -> u32 {
        self.content.mode()
    }

    /// Returns the bytes of the file, or the target of the link.
    pub fn bytes(&self) -> &[u8] {
        self.content.bytes()
    }

    /// Returns the sum of the bytes.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(self.bytes())
    }
}
