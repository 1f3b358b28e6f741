//! The files of a template as it made them, kept in a POSIX tar in gzip.
//!
//! The same files give the same bytes. What is read is never unpacked to a disk.

mod pack;
#[cfg(test)]
mod tests;
mod unpack;

use std::collections::BTreeMap;

pub(super) use pack::pack;

use crate::SafePath;
use crate::plan::Content;

/// Every file that a template made, but those with a secret in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pristine {
    pub(super) files: BTreeMap<SafePath, Content<'static>>,
}

impl Pristine {
    /// Returns the files and links with their paths, sorted.
    pub fn files(&self) -> impl Iterator<Item = (&SafePath, &Content<'static>)> {
        self.files.iter()
    }

    /// Returns what stands at a path.
    pub fn get(&self, path: &SafePath) -> Option<&Content<'static>> {
        self.files.get(path)
    }
}
