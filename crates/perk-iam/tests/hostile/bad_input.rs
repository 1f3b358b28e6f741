//! Texts that are no policies, or hardly.

use perk_iam::{Code, Options, Validation};

use super::invariants::validated;

fn codes(text: &str) -> Vec<&'static str> {
    let options = Options {
        must_hold_policy: true,
        ..Options::default()
    };
    let Validation {
        documents,
        findings,
    } = validated(text, options);
    let of_documents = documents.iter().flat_map(|document| &document.findings);
    findings
        .iter()
        .chain(of_documents)
        .map(|finding| finding.code.name())
        .collect()
}

const SYNTAX: &str = "JSON_SYNTAX_ERROR";

#[test]
fn what_is_not_json_is_one_finding() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"#;
    assert_eq!(codes(policy), [SYNTAX]);
    assert_eq!(codes(""), [SYNTAX]);
    assert_eq!(codes("\u{feff}"), [SYNTAX]);
    assert_eq!(codes("\0"), [SYNTAX]);
    assert_eq!(codes("{\"Statement\": \"a\0b\"}"), [SYNTAX]);
    assert_eq!(codes(r#"{"Statement": [], "Statement": []}"#), [SYNTAX]);
    assert_eq!(codes(&"[".repeat(10_000)), [SYNTAX]);
    assert_eq!(codes(&"{\"Statement\":".repeat(10_000)), [SYNTAX]);
}

#[test]
fn what_is_json_and_no_policy_is_said_so() {
    assert_eq!(codes("[]"), [Code::NoPolicyFound.name()]);
    assert_eq!(codes("null"), [Code::NoPolicyFound.name()]);
    assert_eq!(codes(&"9".repeat(1_000_000)), [Code::NoPolicyFound.name()]);
}

#[test]
fn a_policy_before_the_fault_is_still_checked() {
    let text = "{\"Version\": \"2012-10-17\", \"Statement\": []}\n{";
    assert_eq!(codes(text), [SYNTAX, "MISSING_STATEMENT"]);
}
