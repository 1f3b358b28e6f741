//! The verdicts of the checks, case by case: what gives a finding, and the near miss that does not.
//!
//! Every check also has a bad and a good policy on its page; `pages` runs those.

mod action;
mod arn;
mod condition;
mod grammar;
mod organization;
mod principal;
mod quota;
mod redundancy;
mod roles;
mod trust;

use perk_iam::policy::Kind;
use perk_iam::{Options, validate};
use perk_iam_catalog::Catalog;

/// Returns the findings on a document, a line each: path and code.
fn findings(kind: Kind, resource_type: Option<&str>, text: &str) -> String {
    let options = Options {
        kind: Some(kind),
        resource_type,
        file_name: "policy.json",
        must_hold_policy: true,
    };
    let validation = validate(text, options, Catalog::embedded());
    let all = validation
        .documents
        .iter()
        .flat_map(|document| &document.findings);
    let lines: Vec<String> = all
        .chain(&validation.findings)
        .filter(|finding| finding.code.origin() == perk_iam::Origin::AccessAnalyzer)
        .map(|finding| {
            let paths: Vec<&str> = finding
                .locations
                .iter()
                .map(|location| location.pointer.as_str())
                .collect();
            format!("{} at {}", finding.code, paths.join(", "))
        })
        .collect();
    lines.join("\n")
}

/// Returns the findings on a policy with one statement, given without its `Version`.
fn check(kind: Kind, statement: &str) -> String {
    findings(kind, None, &policy(statement))
}

fn policy(statements: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
}

/// Returns the findings on an identity policy that allows an action on a resource.
fn allow(action: &str, resource: &str) -> String {
    check(
        Kind::Identity,
        &format!(r#"{{"Effect": "Allow", "Action": {action}, "Resource": {resource}}}"#),
    )
}

/// Returns the findings on an identity policy with a condition.
fn when(condition: &str) -> String {
    check(
        Kind::Identity,
        &format!(
            r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*", "Condition": {condition}}}"#
        ),
    )
}
