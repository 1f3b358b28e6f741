//! For each code a template that gives it, and nearly the same one that does not.

#![expect(clippy::expect_used, reason = "to panic is how a test fails")]

mod cases;

use std::borrow::Cow;
use std::collections::BTreeSet;

use cases::{CASES, Case};
use perk_scaffold::lint::{Code, Draft, LintReport, lint};
use perk_scaffold::{Circumstances, Given, GivenAnswers};
use time::OffsetDateTime;

const HEADER: &str = r#"schema = 1
[template]
name = "sample"
version = "1.0.0"
description = "A sample"
"#;

fn draft(manifest: &str, files: &[(&str, &str)]) -> Draft {
    let manifest = format!("{HEADER}{manifest}");
    let files = files
        .iter()
        .map(|(path, text)| (format!("files/{path}"), 0o644, bytes(text)));
    let manifest = ("template.toml".to_owned(), 0o644, bytes(&manifest));
    Draft::from_files(files.chain([manifest])).expect("a draft")
}

fn bytes(text: &str) -> Cow<'static, [u8]> {
    Cow::Owned(text.as_bytes().to_vec())
}

fn circumstances() -> Circumstances {
    Circumstances {
        project_name: "example-project".to_owned(),
        time: OffsetDateTime::UNIX_EPOCH,
        entropy: [7; 32],
    }
}

fn check(draft: &Draft) -> LintReport {
    lint(draft, &circumstances(), &GivenAnswers::new()).expect("a report")
}

/// Returns the findings as lines: code, place, message.
fn lines(draft: &Draft, report: &LintReport) -> Vec<String> {
    let line = |finding: &perk_scaffold::lint::Finding| {
        let marked = finding.span.map(|span| {
            let text = draft.text(&finding.file).expect("a text");
            text[span.range()].to_owned()
        });
        format!(
            "{} {} {:?}: {}",
            finding.code,
            finding.file,
            marked.unwrap_or_default(),
            finding.message
        )
    };
    report.findings.iter().map(line).collect()
}

#[test]
fn a_bad_template_gives_the_code_and_a_good_one_gives_nothing() {
    for Case { code, bad, good } in CASES {
        let bad = draft(bad.0, bad.1);
        let report = check(&bad);
        let codes: BTreeSet<Code> = report.findings.iter().map(|it| it.code).collect();
        assert_eq!(
            codes,
            BTreeSet::from([*code]),
            "{code}: {:#?}",
            lines(&bad, &report)
        );
        let good = draft(good.0, good.1);
        let report = check(&good);
        let lines = lines(&good, &report);
        assert!(lines.is_empty(), "{code}: {lines:#?}");
        assert!(report.covers_all_pairs && !report.combinations.is_empty());
        assert!(report.combinations.iter().all(|it| it.files.is_some()));
    }
}

#[test]
fn every_code_has_a_case() {
    // What these are about cannot be a text in a table.
    let elsewhere = [Code::NotUtf8, Code::UnsafeFile];
    let covered: BTreeSet<Code> = CASES
        .iter()
        .map(|case| case.code)
        .chain(elsewhere)
        .collect();
    assert_eq!(covered, Code::ALL.iter().copied().collect());
}

#[test]
fn the_reference_has_every_code() {
    let page = include_str!("../../../../docs/reference/template-manifest.md");
    for code in Code::ALL {
        let row = format!("| `{code}` | {} | ", code.severity().as_str());
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn a_file_with_tags_has_to_be_text() {
    let files = [
        ("template.toml", HEADER.as_bytes()),
        ("files/a.hbs", b"\xff{{x}}"),
        ("files/b.png", b"\xff{{x}}"),
    ];
    let files = files.map(|(path, bytes)| (path, 0o644, Cow::Owned(bytes.to_vec())));
    let draft = Draft::from_files(files).expect("a draft");
    assert_eq!(
        lines(&draft, &check(&draft)),
        ["NOT_UTF8 files/a.hbs \"\": the file is not UTF-8 text, so it cannot have tags"]
    );
}

#[test]
fn a_link_that_leads_outside_is_a_finding() {
    let files = [
        ("template.toml", 0o100_644, HEADER),
        ("files/a", 0o120_000, "../../etc/passwd"),
    ];
    let files = files.map(|(path, mode, text)| (path, mode, bytes(text)));
    let draft = Draft::from_files(files).expect("a draft");
    assert_eq!(
        lines(&draft, &check(&draft)),
        [
            "UNSAFE_FILE files/a \"\": the link `a` leads to `../../etc/passwd`, which is not surely within `files`"
        ]
    );
}

#[test]
fn every_mistake_of_a_file_is_told_with_its_place() {
    let draft = draft(
        "",
        &[(
            "a.hbs",
            "one {{first}}\n{{#if second}}\n  {{upperr \"x\"}}{{else}}{{third}}\n{{/if}}\n{{#each fourth}}{{this}}{{/each}}",
        )],
    );
    insta::assert_snapshot!(lines(&draft, &check(&draft)).join("\n"), @r#"
    UNKNOWN_NAME files/a.hbs "{{first}}": `first` is not defined
    UNKNOWN_NAME files/a.hbs "{{#if second}}": `second` is not defined
    UNKNOWN_HELPER files/a.hbs "{{upperr \"x\"}}": there is no helper `upperr`
    UNKNOWN_NAME files/a.hbs "{{third}}": `third` is not defined
    UNKNOWN_NAME files/a.hbs "{{#each fourth}}": `fourth` is not defined
    "#);
}

const MANY: &str = r#"
[[question]]
key = "name"
ask = "?"
help = "h"
type = "string"
default = "plain"
[[question]]
key = "words"
ask = "?"
help = "h"
type = "list"
[[question]]
key = "size"
ask = "?"
type = "choice"
choices = [{ value = "s" }, { value = "m" }, { value = "l" }]
[[question]]
key = "database"
ask = "?"
type = "bool"
default = false
[[question]]
key = "pool"
ask = "?"
help = "h"
type = "int"
default = 5
when = "database"
[[question]]
key = "token"
ask = "?"
help = "h"
type = "secret"
"#;

fn settings(report: &LintReport) -> Vec<String> {
    let typed = |combination: &perk_scaffold::lint::Combination| {
        let settings = combination.settings.iter();
        let settings: Vec<String> = settings
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        settings.join(" ")
    };
    report.combinations.iter().map(typed).collect()
}

#[test]
fn answers_are_made_up_for_every_type() {
    let files = [(
        "a.hbs",
        "{{name}}{{join words \"\"}}{{size}}{{database}}{{pool}}{{token}}",
    )];
    let draft = draft(MANY, &files);
    let report = check(&draft);
    assert!(report.findings.is_empty(), "{:#?}", lines(&draft, &report));
    insta::assert_snapshot!(settings(&report).join("\n"), @r#"
    words=example, example-one size=s token=example
    words= size=m database=true token=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über
    words=it's "odd" size=l token=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über
    words=example, example-one size=l database=true pool=1 token=example
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words=it's "odd" size=s database=true token=example
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words=example, example-one size=m token=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words= size=l token=example
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words= size=s database=true pool=1 token=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über
    words=example, example-one size=l database=true token=example
    words=it's "odd" size=m token=example
    words=it's "odd" size=m database=true pool=1 token=example
    "#);
}

#[test]
fn a_given_answer_is_the_only_one_tried() {
    let files = [(
        "a.hbs",
        "{{name}}{{join words \"\"}}{{size}}{{database}}{{pool}}{{token}}",
    )];
    let given = [
        ("database", "yes"),
        ("size", "m"),
        ("words", ""),
        ("token", "hush"),
    ]
    .map(|(key, text)| (key.to_owned(), Given::Text(text.to_owned())));
    let report = lint(
        &draft(MANY, &files),
        &circumstances(),
        &GivenAnswers::from(given),
    );
    let report = report.expect("a report");
    insta::assert_snapshot!(settings(&report).join("\n"), @r#"
    words= size=m database=true token=…
    words= size=m database=true pool=1 token=…
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words= size=m database=true token=…
    name=It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über words= size=m database=true pool=1 token=…
    "#);
    let unknown = GivenAnswers::from([("databse".to_owned(), Given::Text("yes".to_owned()))]);
    assert!(lint(&draft(MANY, &files), &circumstances(), &unknown).is_err());
}

#[test]
fn what_only_some_answers_show_is_told_with_the_combination() {
    let choice = |key: &str, values: &str| {
        format!("[[question]]\nkey = '{key}'\nask = '?'\ntype = 'choice'\nchoices = [{values}]\n")
    };
    let manifest = choice("left", "{ value = 'a' }, { value = 'x' }")
        + &choice("right", "{ value = 'b' }, { value = 'x' }");
    let draft = draft(&manifest, &[("{{left}}", "1"), ("{{right}}", "2")]);
    let report = check(&draft);
    assert_eq!(
        lines(&draft, &report),
        ["COLLIDING_PATHS files/{{left}} \"\": `x` would be written twice"]
    );
    let number = report.findings[0].combination.expect("a combination");
    assert_eq!(settings(&report)[number], "left=x right=x");
    assert_eq!(report.combinations[number].files, None);
}
