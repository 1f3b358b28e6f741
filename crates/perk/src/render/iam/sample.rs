//! A small report with everything that a format has to cope with, for the tests of the formats.

use perk_diag::{LineColumn, Span};
use perk_iam::policy::{Kind, KindReason};
use perk_iam::{CheckedDocument, Code, Finding, Location, Place, Report, ReportedFinding, Source};
use perk_term::{OutputError, Terminal, TerminalOptions};

/// A path with everything that is special to some format.
const ODD_PATH: &str = "./odd, 50% & <b>:\"é\"\n|dir/pol'icy.json";

pub(super) fn report() -> Report {
    Report {
        sources: vec![
            source("policies/deploy.json"),
            source(ODD_PATH),
            source("missing.json"),
        ],
        documents: vec![
            document("policies/deploy.json", "deploy", Kind::Identity),
            document(ODD_PATH, "pol'icy", Kind::Resource),
            document("policies/read-only.json", "read-only", Kind::Identity),
        ],
        findings: findings(),
        files: 4,
        suppressed: 1,
        baselined: 2,
    }
}

fn findings() -> Vec<ReportedFinding> {
    vec![
        reported(
            0,
            Code::MissingResource,
            (
                "the statement has no `Resource`",
                Some("add `\"Resource\": \"*\"`, or name one"),
            ),
            &[("Statement/0", (3, 5), (6, 6))],
        ),
        reported(
            0,
            Code::PassRoleWithStarInResource,
            ("`iam:PassRole` is allowed on every role", None),
            &[
                ("Statement/1/Action", (9, 17), (9, 31)),
                ("Statement/1/Resource/a[0]", (10, 19), (10, 22)),
            ],
        ),
        reported(
            0,
            Code::RedundantAction,
            ("`s3:Get*` covers `s3:GetObject`", None),
            &[("Statement/2/Action/1", (14, 7), (14, 22))],
        ),
        reported(
            1,
            Code::InvalidDateValue,
            (
                "`<b>|*[x](y)*\n::error::%` by @octocat in #7 & \"co\" \u{1b}[2J: tüg\u{202e}",
                Some("did you mean `2030-01-31`?"),
            ),
            &[("Statement/0/Condition/x]y", (2, 4), (2, 9))],
        ),
        ReportedFinding {
            policy: None,
            kind: None,
            ..reported(
                2,
                Code::UnreadableInput,
                ("`missing.json` does not exist", None),
                &[("", (1, 1), (1, 1))],
            )
        },
    ]
}

fn source(path: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: String::new(),
    }
}

fn document(path: &str, policy: &str, kind: Kind) -> CheckedDocument {
    CheckedDocument {
        path: path.to_owned(),
        policy: policy.to_owned(),
        kind,
        kind_reason: KindReason::Content,
        line: 1,
    }
}

type SampleLocation = (&'static str, (u32, u32), (u32, u32));

fn reported(
    source: usize,
    code: Code,
    texts: (&str, Option<&str>),
    locations: &[SampleLocation],
) -> ReportedFinding {
    let at = |(line, column)| LineColumn { line, column };
    let place = |&(_, start, end): &SampleLocation| Place {
        start: at(start),
        end: at(end),
    };
    let location = |&(pointer, ..): &SampleLocation| Location {
        span: Span::default(),
        pointer: pointer.to_owned(),
    };
    ReportedFinding {
        finding: Finding {
            locations: locations.iter().map(location).collect(),
            ..finding(code, texts)
        },
        source,
        policy: Some("deploy".to_owned()),
        kind: Some(Kind::Identity),
        places: locations.iter().map(place).collect(),
        fingerprint: format!("{:016x}", code as u64),
    }
}

fn finding(code: Code, (message, help): (&str, Option<&str>)) -> Finding {
    Finding {
        code,
        finding_type: code.finding_type(),
        message: message.to_owned(),
        help: help.map(str::to_owned),
        locations: Vec::new(),
        sid: None,
    }
}

/// Returns what a format makes of the sample.
pub(super) fn rendered(
    write: impl FnOnce(&Report, &mut Terminal) -> Result<(), OutputError>,
) -> String {
    rendered_of(&report(), write)
}

/// Returns what a format makes of nothing.
pub(super) fn rendered_empty(
    write: impl FnOnce(&Report, &mut Terminal) -> Result<(), OutputError>,
) -> String {
    rendered_of(&Report::default(), write)
}

/// Returns what a format makes of a report.
pub(super) fn rendered_of(
    report: &Report,
    write: impl FnOnce(&Report, &mut Terminal) -> Result<(), OutputError>,
) -> String {
    let (mut terminal, captured) = Terminal::for_test(&TerminalOptions::default());
    write(report, &mut terminal).unwrap();
    captured.stdout()
}
