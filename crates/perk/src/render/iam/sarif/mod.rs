//! Findings as SARIF 2.1.0, in the way that GitHub's code scanning reads it.
//!
//! The document says what the tool is, which of its checks had findings, and the findings. It
//! names no address of perk and no root of the repository: paths are relative to where perk ran.

mod model;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use perk_diag::LineColumn;
use perk_iam::policy::Kind;
use perk_iam::{Code, Finding, FindingType, Place, Report, ReportedFinding};
use perk_term::{OutputError, Terminal};

use self::model::{
    ArtifactLocation, Configuration, Driver, Help, Location, Log, Message, PhysicalLocation,
    Region, ResultProperties, Rule, RuleProperties, Run, SarifResult, Tool,
};
use super::digest::{path_of, sentences};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// GitHub shows no more of a description.
const DESCRIPTION_LIMIT: usize = 1024;
/// The other places of a finding that its message links to; all are listed beside it.
const MOST_LINKS: usize = 4;

/// Writes the document.
pub(crate) fn write(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
    terminal.json(&Log::new(report))
}

impl<'r> Log<'r> {
    fn new(report: &'r Report) -> Self {
        let types = types_by_code(report);
        let result = |finding| SarifResult::new(report, finding, &types);
        Self {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "perk",
                        version: env!("CARGO_PKG_VERSION"),
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: types
                            .iter()
                            .map(|(&code, &kind)| rule(code, kind))
                            .collect(),
                    },
                },
                column_kind: "unicodeCodePoints",
                results: report.findings.iter().map(result).collect(),
            }],
        }
    }
}

/// Returns the checks that have findings, with the type that the configuration gives them.
fn types_by_code(report: &Report) -> BTreeMap<Code, FindingType> {
    let findings = report.findings.iter().map(|reported| &reported.finding);
    findings
        .map(|finding| (finding.code, finding.finding_type))
        .collect()
}

fn rule(code: Code, finding_type: FindingType) -> Rule {
    let page = code.markdown();
    Rule {
        id: code.name(),
        short_description: message(code.summary().to_owned()),
        full_description: message(first_paragraph(page, "## What it checks")),
        help_uri: code.aws_address(),
        help: Help {
            text: page,
            markdown: page,
        },
        default_configuration: Configuration {
            level: level(finding_type),
        },
        properties: security_severity(finding_type).map(|security_severity| RuleProperties {
            tags: ["security"],
            security_severity,
        }),
    }
}

/// Returns the first paragraph below a heading, as one line of at most so many characters.
fn first_paragraph(page: &str, heading: &str) -> String {
    let mut below = page.lines().skip_while(|line| !line.starts_with(heading));
    below.next();
    let paragraph: Vec<&str> = below
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph
        .join(" ")
        .chars()
        .take(DESCRIPTION_LIMIT)
        .collect()
}

fn level(finding_type: FindingType) -> &'static str {
    match finding_type {
        FindingType::Error => "error",
        FindingType::SecurityWarning | FindingType::Warning => "warning",
        FindingType::Suggestion => "note",
    }
}

/// Returns the score of a security finding: both are high for GitHub, where pull requests fail by
/// default, as they do for perk.
fn security_severity(finding_type: FindingType) -> Option<&'static str> {
    match finding_type {
        FindingType::Error => Some("8.0"),
        FindingType::SecurityWarning => Some("7.0"),
        FindingType::Warning | FindingType::Suggestion => None,
    }
}

impl<'r> SarifResult<'r> {
    fn new(
        report: &Report,
        reported: &'r ReportedFinding,
        types: &BTreeMap<Code, FindingType>,
    ) -> Self {
        let finding = &reported.finding;
        let uri = uri(path_of(report, reported));
        let mut locations: Vec<Location> = reported
            .places
            .iter()
            .zip(&finding.locations)
            .enumerate()
            .map(|(id, (place, location))| Location::new(id, &uri, *place, &location.pointer))
            .collect();
        let related_locations = locations.split_off(locations.len().min(1));
        Self {
            rule_id: finding.code.name(),
            rule_index: types.range(..finding.code).count(),
            level: level(finding.finding_type),
            message: message(result_text(finding)),
            locations,
            related_locations,
            partial_fingerprints: BTreeMap::from([(
                "perkFindingHash/v1",
                reported.fingerprint.as_str(),
            )]),
            properties: ResultProperties {
                finding_type: finding.finding_type.as_str(),
                pointer: &finding.primary().pointer,
                policy: reported.policy.as_deref(),
                kind: reported.kind.map(Kind::as_str),
            },
        }
    }
}

impl Location {
    /// Creates the location of this number; the first is the result's own and has none.
    fn new(id: usize, uri: &str, place: Place, pointer: &str) -> Self {
        let is_related = id > 0;
        Self {
            id: is_related.then_some(id),
            physical: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: uri.to_owned(),
                },
                region: Region::new(place),
            },
            message: is_related.then(|| message(name_of_place(pointer).to_owned())),
        }
    }
}

impl Region {
    fn new(Place { start, end }: Place) -> Self {
        let LineColumn { line, column } = start;
        Self {
            start_line: line,
            start_column: column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

fn message(text: String) -> Message {
    Message { text }
}

/// Returns the sentences of a finding, with links to its other places.
fn result_text(finding: &Finding) -> String {
    // In a message of SARIF this would be a link.
    let mut text = sentences(finding).replace("](", "] (");
    let others = finding.locations.iter().enumerate().skip(1);
    for (id, location) in others.take(MOST_LINKS) {
        let before = if id == 1 { " See also" } else { "," };
        let name = link_text(name_of_place(&location.pointer));
        // Writing to a string cannot fail.
        let _ = write!(text, "{before} [{name}]({id})");
    }
    match finding.locations.len().saturating_sub(1) {
        0 => {}
        others if others > MOST_LINKS => {
            let _ = write!(text, " and {} more.", others - MOST_LINKS);
        }
        _ => text.push('.'),
    }
    text
}

fn name_of_place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the document"
    } else {
        pointer
    }
}

/// Returns a text with a backslash before what would end the text of a link.
fn link_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Returns the reference to a file: percent-encoded, relative where the path is.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let mut uri = scheme.to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
