//! The policies on the pages of the checks: the bad one gives the finding, the good one does not.
#![expect(
    clippy::expect_used,
    reason = "a page that is out of form fails the test"
)]

use std::fmt::Write as _;

use perk_iam::policy::Kind;
use perk_iam::{Code, Options, Origin, Validator};
use perk_iam_catalog::Catalog;

/// A policy on a page.
struct Example<'p> {
    kind: Kind,
    resource_type: Option<&'p str>,
    text: &'p str,
}

/// Returns the policy under a heading; none where the page shows only an excerpt.
fn example<'p>(page: &'p str, heading: &str) -> Option<Example<'p>> {
    let section = page
        .split_once(&format!("\n## {heading}\n\n```"))
        .expect("no such section")
        .1;
    let (info, rest) = section.split_once('\n').expect("no text in the fence");
    let text = rest.split_once("\n```").expect("the fence is open").0;
    let mut words = info.split(' ').skip(1);
    let kind = words
        .next()
        .expect("the fence does not say the kind of policy");
    let resource_type = words.next();
    if info.ends_with(" excerpt") {
        return None;
    }
    let kind = Kind::parse(kind).expect("no such kind of policy");
    Some(Example {
        kind,
        resource_type,
        text,
    })
}

fn findings(example: &Example<'_>) -> Vec<(Code, String)> {
    let options = Options {
        kind: Some(example.kind),
        resource_type: example.resource_type,
        file_name: "policy.json",
        must_hold_policy: true,
    };
    let validation = Validator::new(Catalog::embedded()).validate(example.text, options);
    let documents = validation
        .documents
        .iter()
        .flat_map(|document| &document.findings);
    let all = documents.chain(&validation.findings);
    all.map(|finding| (finding.code, finding.primary().pointer.clone()))
        .collect()
}

#[test]
fn bad_policies_give_the_finding_and_good_ones_do_not() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let page = code.markdown();
        if let Some(bad) = example(page, "Bad")
            && !findings(&bad).iter().any(|(found, _)| *found == code)
        {
            wrong.push(format!("{code}: the bad policy is not found"));
        }
        if let Some(good) = example(page, "Good")
            && findings(&good).iter().any(|(found, _)| *found == code)
        {
            wrong.push(format!("{code}: the good policy is found"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Every finding on every page, so that a change of any verdict is seen.
#[test]
fn verdicts_on_all_pages() {
    let mut table = String::new();
    for &code in Code::ALL {
        for heading in ["Bad", "Good"] {
            let Some(example) = example(code.markdown(), heading) else {
                continue;
            };
            let mut found: Vec<String> = findings(&example)
                .into_iter()
                .map(|(code, pointer)| format!("{code} at {pointer:?}"))
                .collect();
            if found.is_empty() {
                found.push(String::from("nothing"));
            }
            writeln!(
                table,
                "{code} {}: {}",
                heading.to_lowercase(),
                found.join("; ")
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

/// Pages whose policies are too long to show, or are no policies, have their tests elsewhere.
#[test]
fn only_a_few_pages_show_excerpts() {
    let excerpts: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| code.origin() == Origin::AccessAnalyzer)
        .filter(|code| example(code.markdown(), "Bad").is_none())
        .map(|code| code.name())
        .collect();
    insta::assert_snapshot!(excerpts.join("\n"), @"
    POLICY_SIZE_EXCEEDS_RCP_QUOTA
    POLICY_SIZE_EXCEEDS_SCP_QUOTA
    POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA
    POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA
    POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA
    ");
}
