//! The baseline: a file of findings that were there before.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, Explain, Hint};
use perk_fs::FsError;
use perk_iam::Report;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::render::SCHEMA_VERSION;

/// A baseline of a million findings.
const LIMIT: u64 = 512 * 1024 * 1024;

/// The findings that were recorded.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a baseline")]
pub(crate) struct BaselineDocument {
    /// Version of this document's form.
    schema_version: u32,
    /// The findings, sorted by path.
    findings: Vec<BaselineEntry>,
}

/// A recorded finding. The fingerprint alone decides; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an entry of a baseline")]
struct BaselineEntry {
    /// The path of the file, relative to the folder of the project's `perk.toml`.
    path: String,
    /// The check.
    code: String,
    /// The name of the policy.
    policy: Option<String>,
    /// Where in the document it was.
    pointer: String,
    /// What makes it the same finding.
    fingerprint: String,
}

/// A baseline in use.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    /// By fingerprint.
    entries: BTreeMap<String, Entry>,
    /// The files that were checked.
    seen: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Entry {
    path: String,
    /// How many findings it may still hide.
    left: usize,
}

impl Baseline {
    fn new(document: BaselineDocument) -> Self {
        let mut baseline = Self::default();
        for finding in document.findings {
            let entry = baseline.entries.entry(finding.fingerprint).or_default();
            entry.path = finding.path;
            entry.left += 1;
        }
        baseline
    }

    /// Tells whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Notes that a file is checked; the path is relative to the project.
    pub(super) fn see(&mut self, path: &str) {
        self.seen.insert(path.to_owned());
    }

    /// Tells whether a finding is recorded; an entry hides one finding.
    pub(super) fn hides(&mut self, fingerprint: &str) -> bool {
        match self.entries.get_mut(fingerprint) {
            Some(entry) if entry.left > 0 => {
                entry.left -= 1;
                true
            }
            _ => false,
        }
    }

    /// Counts the recorded findings of checked files that are not there any more.
    pub(super) fn stale(&self) -> usize {
        let of_seen = |entry: &&Entry| self.seen.contains(&entry.path);
        self.entries
            .values()
            .filter(of_seen)
            .map(|entry| entry.left)
            .sum()
    }
}

/// Reads a baseline.
pub(super) fn read(path: &Utf8Path) -> Result<Baseline, BaselineError> {
    let text = perk_fs::read_text(path, LIMIT).map_err(BaselineError::Unreadable)?;
    let document: BaselineDocument =
        serde_json::from_str(&text).map_err(|source| BaselineError::Syntax {
            path: path.to_owned(),
            source,
        })?;
    if document.schema_version != SCHEMA_VERSION {
        return Err(BaselineError::Version {
            path: path.to_owned(),
            found: document.schema_version,
        });
    }
    Ok(Baseline::new(document))
}

/// Records the findings of a report.
pub(super) fn write(
    report: &Report,
    path: &Utf8Path,
    relative: impl Fn(&str) -> Utf8PathBuf,
) -> Result<(), BaselineError> {
    let entries = report.findings.iter().map(|reported| BaselineEntry {
        path: relative(&report.sources[reported.source].path).into_string(),
        code: reported.finding.code.name().to_owned(),
        policy: reported.policy.clone(),
        pointer: reported.finding.primary().pointer.clone(),
        fingerprint: reported.fingerprint.clone(),
    });
    let mut findings: Vec<BaselineEntry> = entries.collect();
    findings.sort();
    let document = BaselineDocument {
        schema_version: SCHEMA_VERSION,
        findings,
    };
    let mut text = serde_json::to_vec_pretty(&document).map_err(BaselineError::Unwritten)?;
    text.push(b'\n');
    perk_fs::write_atomic(path, &text).map_err(BaselineError::Unwritable)
}

/// Why a baseline cannot be used or written.
#[derive(Debug, thiserror::Error)]
pub(super) enum BaselineError {
    #[error("cannot use the baseline")]
    Unreadable(#[source] FsError),
    #[error("`{path}` is not a baseline of perk")]
    Syntax {
        path: Utf8PathBuf,
        source: serde_json::Error,
    },
    #[error(
        "the baseline `{path}` has version {found}, and this perk reads version {SCHEMA_VERSION}"
    )]
    Version { path: Utf8PathBuf, found: u32 },
    #[error("cannot put the baseline into words")]
    Unwritten(#[source] serde_json::Error),
    #[error("cannot write the baseline")]
    Unwritable(#[source] FsError),
}

impl Explain for BaselineError {
    fn class(&self) -> Class {
        match self {
            Self::Unreadable(source) | Self::Unwritable(source) => source.class(),
            Self::Syntax { .. } | Self::Version { .. } => Class::User,
            Self::Unwritten(_) => Class::Internal,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let write = "write it with `perk iam validate --write-baseline FILE PATH`";
        match self {
            Self::Unreadable(FsError::NotFound { .. })
            | Self::Syntax { .. }
            | Self::Version { .. } => vec![Hint::new(write)],
            Self::Unreadable(source) | Self::Unwritable(source) => source.hints(),
            Self::Unwritten(_) => Vec::new(),
        }
    }
}
