//! Findings as one JSON document.

use perk_iam::policy::KindReason;
use perk_iam::{CheckedDocument, FindingType, Place, Report, ReportedFinding};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::render::SCHEMA_VERSION;
use crate::render::place::PlaceEntry;

/// The findings of a run.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReportDocument<'r> {
    /// Version of this document's form.
    schema_version: u32,
    /// The findings, in the order of files and texts.
    #[serde(serialize_with = "finding_entries")]
    #[schemars(with = "Vec<FindingEntry<'r>>")]
    findings: &'r Report,
    /// Every policy document that was checked.
    #[serde(serialize_with = "document_entries")]
    #[schemars(with = "Vec<DocumentEntry<'r>>")]
    documents: &'r Report,
    /// The run in numbers.
    summary: Summary,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingEntry<'r> {
    /// The name of the check.
    code: &'static str,
    /// How grave it is: `error`, `security-warning`, `warning` or `suggestion`.
    r#type: &'static str,
    /// What is the matter.
    message: &'r str,
    /// What to do about it.
    help: Option<&'r str>,
    /// The file, as it was named or found; `<stdin>` for standard input.
    path: &'r str,
    /// The first of the places.
    #[serde(flatten)]
    place: PlaceEntry,
    /// Where in the document it is, as IAM Access Analyzer writes it: `Statement/0/Action/1`.
    /// Empty for the document as a whole, and for a text that is none.
    pointer: &'r str,
    /// The name of the policy; null for findings about a whole file.
    policy: Option<&'r str>,
    /// The `Sid` of the statement.
    sid: Option<&'r str>,
    /// What the policy was taken for.
    kind: Option<&'static str>,
    /// All places that have to do with it, the one to show first first.
    locations: Vec<LocationEntry<'r>>,
    /// What stays the same when the finding moves in its file: 16 hexadecimal digits.
    fingerprint: &'r str,
}

/// A place of a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct LocationEntry<'r> {
    /// Where in the document it is.
    pointer: &'r str,
    #[serde(flatten)]
    place: PlaceEntry,
}

/// A policy document that was checked.
#[derive(Debug, Serialize, JsonSchema)]
struct DocumentEntry<'r> {
    /// The file.
    path: &'r str,
    /// The name of the policy: the stem of the file, with `#2` and so on for later ones in it.
    policy: &'r str,
    /// What it was taken for.
    kind: &'static str,
    /// Why: `given`, `file-name` or `content`.
    kind_reason: &'static str,
    /// The line it begins on, from 1.
    line: u32,
}

/// A run in numbers.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Files that were checked.
    files: usize,
    /// Policy documents in them.
    documents: usize,
    /// Findings of type `error`.
    errors: usize,
    /// Findings of type `security-warning`.
    security_warnings: usize,
    /// Findings of type `warning`.
    warnings: usize,
    /// Findings of type `suggestion`.
    suggestions: usize,
    /// Findings that the configuration suppresses.
    suppressed: usize,
    /// Findings that the baseline holds.
    baselined: usize,
}

impl<'r> ReportDocument<'r> {
    pub(crate) fn new(report: &'r Report) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            findings: report,
            documents: report,
            summary: Summary::new(report),
        }
    }
}

/// Writes the findings of a report, each made when it is its turn.
fn finding_entries<S: Serializer>(report: &Report, serializer: S) -> Result<S::Ok, S::Error> {
    let findings = report.findings.iter();
    serializer.collect_seq(findings.map(|reported| FindingEntry::new(reported, report)))
}

/// Writes the documents of a report, each made when it is its turn.
fn document_entries<S: Serializer>(report: &Report, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(report.documents.iter().map(DocumentEntry::new))
}

impl<'r> FindingEntry<'r> {
    fn new(reported: &'r ReportedFinding, report: &'r Report) -> Self {
        let finding = &reported.finding;
        let locations = finding.locations.iter().zip(&reported.places);
        Self {
            code: finding.code.name(),
            r#type: finding.finding_type.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            path: &report.sources[reported.source].path,
            place: place(reported.places[0]),
            pointer: &finding.primary().pointer,
            policy: reported.policy.as_deref(),
            sid: finding.sid.as_deref(),
            kind: reported.kind.map(perk_iam::policy::Kind::as_str),
            locations: locations
                .map(|(location, found)| LocationEntry {
                    pointer: &location.pointer,
                    place: place(*found),
                })
                .collect(),
            fingerprint: &reported.fingerprint,
        }
    }
}

/// Returns a place; a byte order mark is no character of its line.
fn place(place: Place) -> PlaceEntry {
    PlaceEntry::new(place.start, place.end)
}

impl<'r> DocumentEntry<'r> {
    fn new(document: &'r CheckedDocument) -> Self {
        Self {
            path: &document.path,
            policy: &document.policy,
            kind: document.kind.as_str(),
            kind_reason: match document.kind_reason {
                KindReason::Given => "given",
                KindReason::FileName => "file-name",
                KindReason::Content => "content",
            },
            line: document.line,
        }
    }
}

impl Summary {
    fn new(report: &Report) -> Self {
        let count = |finding_type| super::summary::count(report, finding_type);
        Self {
            files: report.files,
            documents: report.documents.len(),
            errors: count(FindingType::Error),
            security_warnings: count(FindingType::SecurityWarning),
            warnings: count(FindingType::Warning),
            suggestions: count(FindingType::Suggestion),
            suppressed: report.suppressed,
            baselined: report.baselined,
        }
    }
}
