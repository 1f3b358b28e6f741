//! The record in memory.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{ContentHash, SafePath};

/// Everything that a project knows of its templates.
///
/// INVARIANT: there is at least one template, no two have one name, and they are in the order in
/// which they came.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub(in crate::project) templates: Vec<TemplateRecord>,
}

/// What a project knows of one template.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateRecord {
    /// The name from its manifest.
    pub name: String,
    /// The version from its manifest.
    pub version: String,
    /// What it was asked for by, without credentials: `built-in`, a folder, or an address.
    pub source: String,
    /// The commit, where the source has commits.
    pub commit: Option<String>,
    /// The sum of the template itself.
    pub content: ContentHash,
    /// The version of perk that rendered it.
    pub perk: String,
    /// The answers and computed values, but secrets and what is made of them.
    pub answers: BTreeMap<String, Value>,
    /// What it made.
    pub files: BTreeMap<SafePath, FileRecord>,
}

/// What a template made at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRecord {
    /// The mode as git has it: 0644, 0755 or that of a link.
    pub mode: u32,
    /// The sum of the bytes or of the target; none if there is a secret in it.
    pub hash: Option<ContentHash>,
}

impl Record {
    /// Returns the templates, in the order in which they came.
    pub fn templates(&self) -> &[TemplateRecord] {
        &self.templates
    }
}
