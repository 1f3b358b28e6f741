//! A new project as a JSON document.

use std::collections::BTreeMap;

use perk_scaffold::HookIdentity;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::hooks::moment;
use super::plan::states;
use crate::commands::{HookState, Prepared, Repository};
use crate::render::SCHEMA_VERSION;

/// What was written, or would be.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NewDocument<'p> {
    /// Version of this document's form.
    schema_version: u32,
    /// The template.
    template: TemplateEntry<'p>,
    /// The folder, as it was typed or answered.
    destination: &'p str,
    /// Whether the files are written; not with `--dry-run`.
    written: bool,
    /// Whether a git repository was made of the folder.
    repository_made: bool,
    /// All values but secrets, by key.
    answers: BTreeMap<&'p str, Value>,
    /// The files, by path.
    files: Vec<FileEntry<'p>>,
    /// The programs that the template wants run.
    hooks: Vec<HookEntry<'p>>,
}

/// The template that was used.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateEntry<'p> {
    /// Its name.
    name: &'p str,
    /// Its version.
    version: &'p str,
    /// Where it comes from: `built-in`, or its source.
    source: String,
    /// The commit, if it comes from a repository.
    commit: Option<&'p str>,
    /// The sum of all that is in it, as `sha256:…`.
    content: String,
}

/// A file or link.
#[derive(Debug, Serialize, JsonSchema)]
struct FileEntry<'p> {
    /// Its path from the destination.
    path: &'p str,
    /// Its mode as git has it, such as `100644`.
    mode: String,
    /// How it stands to what was there before: `new`, `changed`, `same` or `blocked`.
    state: &'static str,
}

/// A program of the template.
#[derive(Debug, Serialize, JsonSchema)]
struct HookEntry<'p> {
    /// Whether it is meant to run `before` or `after` the write.
    at: &'static str,
    /// The program and its arguments.
    run: &'p [String],
    /// What has become of it: `ran`, `failed` or `not-run`.
    state: &'static str,
}

impl<'p> NewDocument<'p> {
    /// Makes the document of a write that was not made.
    pub(crate) fn planned(prepared: &'p Prepared<'_>) -> Self {
        let manifest = prepared.found.template.manifest();
        let files = states(prepared).map(|(entry, state)| FileEntry {
            path: entry.path.as_str(),
            mode: format!("{:06o}", entry.mode()),
            state: state.name(),
        });
        Self {
            schema_version: SCHEMA_VERSION,
            template: TemplateEntry {
                name: &manifest.name,
                version: &manifest.version,
                source: prepared.found.origin.to_string(),
                commit: prepared.found.origin.commit(),
                content: format!("sha256:{}", prepared.found.template.content_hash()),
            },
            destination: prepared.destination.path.as_str(),
            written: false,
            repository_made: false,
            answers: prepared.answers.to_keep().collect(),
            files: files.collect(),
            hooks: hooks(prepared, &[]),
        }
    }

    /// Makes the document of a write that was made.
    pub(crate) fn written(
        prepared: &'p Prepared<'_>,
        repository: &Repository,
        states: &[HookState],
    ) -> Self {
        Self {
            written: true,
            repository_made: *repository == Repository::Made,
            hooks: hooks(prepared, states),
            ..Self::planned(prepared)
        }
    }
}

fn hooks<'p>(prepared: &'p Prepared<'_>, states: &[HookState]) -> Vec<HookEntry<'p>> {
    let hooks = prepared.hooks.iter().enumerate();
    let entry = |(place, hook): (usize, &'p HookIdentity)| HookEntry {
        at: moment(hook.at),
        run: &hook.run,
        state: match states.get(place) {
            Some(HookState::Ran) => "ran",
            Some(HookState::Failed) => "failed",
            Some(HookState::NotRun) | None => "not-run",
        },
    };
    hooks.map(entry).collect()
}
