//! How projects stand to their templates as one JSON document.

use perk_scaffold::{Drift, Drifted, Standing, TemplateStatus};
use schemars::JsonSchema;
use serde::Serialize;

use super::summary::Counts;
use crate::commands::LookedAt;
use crate::render::SCHEMA_VERSION;

/// How projects stand to their templates.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StatusDocument<'s> {
    /// Version of this document's form.
    schema_version: u32,
    /// The projects, sorted by path; folders that could not be looked at are among them.
    projects: Vec<ProjectEntry<'s>>,
    /// The run in numbers.
    summary: Summary,
}

/// A project.
#[derive(Debug, Serialize, JsonSchema)]
struct ProjectEntry<'s> {
    /// The folder.
    path: &'s str,
    /// Its templates, in the order in which they came.
    templates: Vec<TemplateEntry<'s>>,
    /// Why it could not be looked at.
    error: Option<String>,
}

/// A template of a project.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateEntry<'s> {
    /// Its name.
    name: &'s str,
    /// The version that the project was made from.
    version: &'s str,
    /// Where it came from: `built-in`, a folder, or an address.
    source: &'s str,
    /// The commit that the project was made from.
    commit: Option<&'s str>,
    /// `current`, `behind`, `ahead` or `unknown`.
    state: &'static str,
    /// The version that is at hand now.
    latest: Option<&'s str>,
    /// Why nothing is known of it.
    reason: Option<&'s str>,
    /// How many files it made.
    files: usize,
    /// The files that are no longer as it made them, sorted by path.
    drift: Vec<DriftEntry<'s>>,
}

/// A file that is no longer as it was made.
#[derive(Debug, Serialize, JsonSchema)]
struct DriftEntry<'s> {
    /// Where it is in the project.
    path: &'s str,
    /// `changed`, `mode`, `changed-and-mode`, `deleted` or `replaced`.
    change: &'static str,
    /// What is there instead, if it was replaced: `a folder`, `a link` and the like.
    now: Option<&'static str>,
}

/// A run in numbers. A project may count for several of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Projects that were looked at.
    projects: usize,
    /// Those behind one of their templates.
    behind: usize,
    /// Those with a file that is no longer as it was made.
    drifted: usize,
    /// Those with a template that is not at hand.
    unknown: usize,
    /// Folders that could not be looked at.
    failed: usize,
}

impl<'s> StatusDocument<'s> {
    pub(crate) fn new(projects: &'s [LookedAt]) -> Self {
        let Counts {
            projects: count,
            behind,
            drifted,
            unknown,
            failed,
        } = Counts::of(projects);
        Self {
            schema_version: SCHEMA_VERSION,
            projects: projects.iter().map(ProjectEntry::new).collect(),
            summary: Summary {
                projects: count,
                behind,
                drifted,
                unknown,
                failed,
            },
        }
    }
}

impl<'s> ProjectEntry<'s> {
    fn new(project: &'s LookedAt) -> Self {
        let (templates, error) = match &project.outcome {
            Ok(status) => (status.templates.as_slice(), None),
            Err(error) => (&[][..], Some(error.chain().collect::<Vec<_>>().join(": "))),
        };
        Self {
            path: project.path.as_str(),
            templates: templates.iter().map(TemplateEntry::new).collect(),
            error,
        }
    }
}

impl<'s> TemplateEntry<'s> {
    fn new(template: &'s TemplateStatus) -> Self {
        let (state, latest, reason) = match &template.standing {
            Standing::Current => ("current", Some(&template.record.version), None),
            Standing::Behind { latest } => ("behind", Some(latest), None),
            Standing::Ahead { latest } => ("ahead", Some(latest), None),
            Standing::Unknown { reason } => ("unknown", None, Some(reason)),
        };
        Self {
            name: &template.record.name,
            version: &template.record.version,
            source: &template.record.source,
            commit: template.record.commit.as_deref(),
            state,
            latest: latest.map(String::as_str),
            reason: reason.map(String::as_str),
            files: template.record.files.len(),
            drift: template.drift.iter().map(DriftEntry::new).collect(),
        }
    }
}

impl<'s> DriftEntry<'s> {
    fn new(drifted: &'s Drifted) -> Self {
        let (change, now) = match drifted.drift {
            Drift::Content => ("changed", None),
            Drift::Mode => ("mode", None),
            Drift::ContentAndMode => ("changed-and-mode", None),
            Drift::Deleted => ("deleted", None),
            Drift::Replaced { by } => ("replaced", Some(by)),
        };
        Self {
            path: drifted.path.as_str(),
            change,
            now,
        }
    }
}
