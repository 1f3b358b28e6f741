//! The complete answers to a manifest.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::Answer;
use crate::manifest::Manifest;
use crate::render::{Moment, Values};

/// What answers may depend on besides what is asked; the caller reads it.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The last component of the destination.
    pub project_name: String,
    /// The time that `now` and `year` give.
    pub time: OffsetDateTime,
    /// Random bytes, of which `uuid` is made.
    pub entropy: [u8; 32],
}

impl Circumstances {
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            time: self.time,
            entropy: self.entropy,
        }
    }
}

/// Where the value of a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was typed.
    Typed,
    /// It was given beforehand.
    Given,
    /// It is the default of its question.
    Default,
    /// Its question is not asked.
    NotAsked,
    /// It follows from the answers.
    Computed,
}

/// A value for every question and every computed key.
#[derive(Debug, Clone)]
pub struct Answers {
    project_name: String,
    entries: Vec<Entry>,
    /// Keys that were given although their questions are not asked.
    ignored: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(super) key: String,
    pub(crate) answer: Answer,
    pub(crate) source: Source,
    pub(super) is_secret: bool,
}

impl Answers {
    pub(super) fn new(project_name: String, entries: Vec<Entry>, ignored: Vec<String>) -> Self {
        Self {
            project_name,
            entries,
            ignored,
        }
    }

    /// Returns every value with its key and source, in the order of the manifest.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer, Source)> {
        self.entries
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.answer, entry.source))
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Answer> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(&entry.answer)
    }

    /// Returns the keys that were given but are not asked, so that they have no effect.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// Returns what may be kept with a project: every value but secrets and what is made of them.
    pub fn to_keep(&self) -> impl Iterator<Item = (&str, Value)> {
        self.entries
            .iter()
            .filter(|entry| !entry.is_secret)
            .map(|entry| (entry.key.as_str(), entry.answer.to_value()))
    }

    /// Returns the values that the files of the template name.
    pub(crate) fn table(&self, manifest: &Manifest) -> Map<String, Value> {
        table(manifest, &self.project_name, &self.entries)
    }
}

pub(super) fn table(
    manifest: &Manifest,
    project_name: &str,
    entries: &[Entry],
) -> Map<String, Value> {
    let mut table = Map::new();
    table.insert("project".to_owned(), json!({ "name": project_name }));
    let template = json!({ "name": manifest.name, "version": manifest.version });
    table.insert("template".to_owned(), template);
    for entry in entries {
        table.insert(entry.key.clone(), entry.answer.to_value());
    }
    table
}

pub(super) fn values(manifest: &Manifest, project_name: &str, entries: &[Entry]) -> Values {
    Values::new(table(manifest, project_name, entries))
}
