//! Findings as a code quality report, which GitLab shows in a merge request.

use perk_iam::{FindingType, Report, ReportedFinding};
use perk_term::{OutputError, Terminal};
use serde::Serialize;

use super::digest::{path_of, sentences};

/// Writes the report, a JSON array.
pub(crate) fn write(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
    let violation = |finding| Violation::new(path_of(report, finding), finding);
    let violations: Vec<Violation<'_>> = report.findings.iter().map(violation).collect();
    terminal.json(&violations)
}

/// An entry as GitLab reads it.
#[derive(Debug, Serialize)]
struct Violation<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Debug, Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
}

impl<'r> Violation<'r> {
    fn new(path: &'r str, reported: &'r ReportedFinding) -> Self {
        let finding = &reported.finding;
        let begin = reported.places.first().map_or(1, |place| place.start.line);
        Self {
            description: sentences(finding),
            check_name: finding.code.name(),
            fingerprint: &reported.fingerprint,
            severity: severity(finding.finding_type),
            location: Location {
                path,
                lines: Lines { begin },
            },
        }
    }
}

/// Returns GitLab's word; its gravest, `blocker`, is left to what breaks production.
fn severity(finding_type: FindingType) -> &'static str {
    match finding_type {
        FindingType::Error => "critical",
        FindingType::SecurityWarning => "major",
        FindingType::Warning => "minor",
        FindingType::Suggestion => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::iam::sample;

    #[test]
    fn every_finding_is_one_violation() {
        insta::assert_snapshot!(sample::rendered(write), @r#"
        [
          {
            "description": "The statement has no `Resource`. Add `\"Resource\": \"*\"`, or name one.",
            "check_name": "MISSING_RESOURCE",
            "fingerprint": "0000000000000031",
            "severity": "critical",
            "location": {
              "path": "policies/deploy.json",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "`iam:PassRole` is allowed on every role.",
            "check_name": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
            "fingerprint": "0000000000000060",
            "severity": "major",
            "location": {
              "path": "policies/deploy.json",
              "lines": {
                "begin": 9
              }
            }
          },
          {
            "description": "`s3:Get*` covers `s3:GetObject`.",
            "check_name": "REDUNDANT_ACTION",
            "fingerprint": "0000000000000098",
            "severity": "info",
            "location": {
              "path": "policies/deploy.json",
              "lines": {
                "begin": 14
              }
            }
          },
          {
            "description": "`<b>|*[x](y)*�::error::%` by @octocat in #7 & \"co\" �[2J: tüg�. Did you mean `2030-01-31`?",
            "check_name": "INVALID_DATE_VALUE",
            "fingerprint": "0000000000000070",
            "severity": "minor",
            "location": {
              "path": "odd, 50% & <b>:\"é\"\n|dir/pol'icy.json",
              "lines": {
                "begin": 2
              }
            }
          },
          {
            "description": "`missing.json` does not exist.",
            "check_name": "UNREADABLE_INPUT",
            "fingerprint": "00000000000000a1",
            "severity": "critical",
            "location": {
              "path": "missing.json",
              "lines": {
                "begin": 1
              }
            }
          }
        ]
        "#);
    }

    #[test]
    fn nothing_found_is_an_empty_array() {
        assert_eq!(sample::rendered_empty(write), "[]\n");
    }
}
