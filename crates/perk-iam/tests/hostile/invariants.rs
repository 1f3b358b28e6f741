//! What holds of the findings on every text, however odd. The fuzz target includes this file.

use perk_iam::json::{Arena, Kind as Json, Stream, Value};
use perk_iam::policy::Kind;
use perk_iam::{Document, Finding, Options, Validation, validate};
use perk_iam_catalog::Catalog;

/// Resource types that have rules of their own, and one that nobody knows.
const RESOURCE_TYPES: [&str; 8] = [
    "AWS::IAM::AssumeRolePolicyDocument",
    "AWS::S3::Bucket",
    "AWS::S3::AccessPoint",
    "AWS::DynamoDB::Table",
    "AWS::KMS::Key",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
    "AWS::Nothing::AtAll",
];

/// How many different options there are.
pub(crate) const CHOICES: u8 = 81;

/// Returns the options that a byte stands for: every kind and resource type has one.
pub(crate) fn options(choice: u8) -> Options<'static> {
    let choice = usize::from(choice % CHOICES);
    let kind = Kind::ALL.get(choice % (Kind::ALL.len() + 1)).copied();
    let resource_type = RESOURCE_TYPES.get(choice / (Kind::ALL.len() + 1));
    Options {
        kind,
        resource_type: resource_type.copied(),
        file_name: "policy.json",
        must_hold_policy: !choice.is_multiple_of(7),
    }
}

/// Validates a text and holds what comes out to the invariants.
pub(crate) fn validated(text: &str, options: Options<'_>) -> Validation {
    let validation = validate(text, options, Catalog::embedded());
    for finding in &validation.findings {
        spans_are_in(text, finding);
        assert!(finding.locations.iter().all(|at| at.pointer.is_empty()));
    }
    for document in &validation.documents {
        document_holds(text, document);
    }
    if options.must_hold_policy {
        let answers = validation.documents.len() + validation.findings.len();
        assert!(answers > 0, "neither a policy nor a finding");
    }
    validation
}

fn document_holds(text: &str, document: &Document) {
    let mut arena = Arena::default();
    let mut values = Stream::new(&text[document.span.range()]);
    let root = values.next_value(&mut arena).unwrap().unwrap();
    let mut last = 0;
    for finding in &document.findings {
        spans_are_in(text, finding);
        for location in &finding.locations {
            assert!(document.span.start <= location.span.start);
            assert!(location.span.end <= document.span.end);
            assert!(
                resolves(&root, &location.pointer, true),
                "{}: no `{}` in the document",
                finding.code.name(),
                location.pointer
            );
        }
        let start = finding.primary().span.start;
        assert!(last <= start, "{}: out of order", finding.code.name());
        last = start;
    }
}

/// Every place is a range of whole characters, and what is said is one line.
fn spans_are_in(text: &str, finding: &Finding) {
    let name = finding.code.name();
    assert!(!finding.message.is_empty(), "{name}: no message");
    assert!(!finding.locations.is_empty(), "{name}: no place");
    for location in &finding.locations {
        let range = location.span.range();
        assert!(text.get(range.clone()).is_some(), "{name}: {range:?}");
    }
}

/// Tells whether a path leads to something. A key may hold a slash, so several ways are tried.
fn resolves(value: &Value<'_>, path: &str, at_start: bool) -> bool {
    if path.is_empty() {
        return true;
    }
    let path = if at_start {
        path
    } else {
        let Some(path) = path.strip_prefix('/') else {
            return false;
        };
        path
    };
    match value.kind {
        Json::Object(members) => members.iter().any(|member| {
            // An empty key at the start leaves no trace in the path.
            let still_at_start = at_start && member.key.text.is_empty();
            path.strip_prefix(member.key.text)
                .is_some_and(|rest| resolves(&member.value, rest, still_at_start))
        }),
        Json::Array(elements) => {
            let digits = path.bytes().take_while(u8::is_ascii_digit).count();
            let (index, rest) = path.split_at(digits);
            let element = index
                .parse()
                .ok()
                .and_then(|index: usize| elements.get(index));
            element.is_some_and(|element| resolves(element, rest, false))
        }
        _ => false,
    }
}
