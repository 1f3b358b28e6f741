//! Records that are written and read back, and records that are refused.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{FileRecord, Record, TemplateRecord};
use crate::{ContentHash, SafePath};

const SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn template(name: &str) -> TemplateRecord {
    let file = |mode, hash| FileRecord { mode, hash };
    let hash = Some(ContentHash::of(b"abc"));
    let path = |text| SafePath::parse(text).unwrap();
    TemplateRecord {
        name: name.to_owned(),
        version: "1.2.0".to_owned(),
        source: "git+https://git.example.com/t.git#v1".to_owned(),
        commit: Some("0123abcd".to_owned()),
        content: ContentHash::of(b"abc"),
        perk: "0.1.0".to_owned(),
        answers: [
            ("components".to_owned(), json!(["a \"b\"", "c\\d"])),
            ("port".to_owned(), json!(8080)),
            ("ratio".to_owned(), json!(2.0)),
            ("service_name".to_owned(), json!("billing\n\u{7f}")),
            ("telemetry".to_owned(), json!(true)),
        ]
        .into(),
        files: [
            (path("Cargo.toml"), file(0o100_644, hash)),
            (path("bin/run"), file(0o100_755, hash)),
            (path("docs/größe.md"), file(0o120_000, hash)),
            (path("token"), file(0o100_644, None)),
        ]
        .into(),
    }
}

fn record(templates: Vec<TemplateRecord>) -> Record {
    Record { templates }
}

#[test]
fn is_written_as_people_would_write_it() {
    insta::assert_snapshot!(record(vec![template("rust-service")]).to_text(), @r#"
    # Written by `perk scaffold`: which templates this project was made from, and what they made.
    # Keep it and the folder it is in under version control.
    schema = 1

    [[template]]
    name = "rust-service"
    version = "1.2.0"
    source = "git+https://git.example.com/t.git#v1"
    commit = "0123abcd"
    content = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    perk = "0.1.0"

    [template.answers]
    components = ["a \"b\"", "c\\d"]
    port = 8080
    ratio = 2.0
    service_name = "billing\n\u007f"
    telemetry = true

    [template.files]
    "Cargo.toml" = { mode = "100644", sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }
    "bin/run" = { mode = "100755", sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }
    "docs/größe.md" = { mode = "120000", sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }
    "token" = { mode = "100644", secret = true }
    "#);
}

#[test]
fn two_templates_are_read_back() {
    let record = record(vec![template("service"), template("docs")]);
    let text = record.to_text();
    assert_eq!(Record::parse(text.as_bytes()).unwrap(), record);
    // As git may check it out on another system, or an editor may leave it.
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(Record::parse(windows.as_bytes()).unwrap(), record);
}

/// Parses a record of one template in which something was replaced.
fn damaged(from: &str, to: &str) -> String {
    let text = record(vec![template("t")]).to_text();
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    Record::parse(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn says_what_is_wrong_and_where() {
    let cases = [
        ("schema = 1", "schema = 2\nnew = 1"),
        ("schema = 1", "schema = 0"),
        ("schema = 1", ""),
        ("perk = ", "perks = "),
        ("name = \"t\"", "name = \"../t\""),
        ("sha256:", "md5:"),
        ("100755", "100777"),
        ("secret = true", "secret = false"),
        ("\"Cargo.toml\"", "\"../Cargo.toml\""),
        ("\"Cargo.toml\"", "\".git/config\""),
        ("port = 8080", "port = 2026-11-22"),
        ("port = 8080", "port = nan"),
        ("\"bin/run\" = { mode", "\"bin/run\" = { size = 1, mode"),
        (SUM, "ba78"),
        ("[[template]]", "[[template]"),
    ];
    let said: Vec<String> = cases.map(|(from, to)| damaged(from, to)).into();
    insta::assert_snapshot!(said.join("\n"), @r#"
    .perk/scaffold.toml:3:10: schema 2 is newer than this version of perk, which reads schema 1
    .perk/scaffold.toml:3:10: schema 0 is not one
    .perk/scaffold.toml:1:1: missing field `schema`
    .perk/scaffold.toml:11:1: unknown field `perks`, expected one of `name`, `version`, `source`, `commit`, `content`, `perk`, `answers`, `files`
    .perk/scaffold.toml:6:8: `../t` is not the name of a template
    .perk/scaffold.toml:10:11: `md5:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad` is not a SHA-256 sum
    .perk/scaffold.toml:22:13: `100777` is not one of the modes `100644`, `100755` and `120000`
    .perk/scaffold.toml:24:11: `token` needs either `sha256` or `secret = true`
    .perk/scaffold.toml:21:19: "../Cargo.toml" is not a path of a file: it has a `.` or `..` component
    .perk/scaffold.toml:21:17: ".git/config" is not a path of a file: it names the `.git` folder, where a file can run by itself
    .perk/scaffold.toml:15:8: the answer `port` is neither a text, a number, a boolean nor a list of texts
    .perk/scaffold.toml:15:8: the answer `port` is neither a text, a number, a boolean nor a list of texts
    .perk/scaffold.toml:22:15: unknown field `size`, expected one of `mode`, `sha256`, `secret`
    .perk/scaffold.toml:10:11: `sha256:ba78` is not a SHA-256 sum
    .perk/scaffold.toml:5:12: unclosed array table, expected `]`
    "#);
}

#[test]
fn two_of_one_name_and_none_at_all_are_refused() {
    let text = record(vec![template("t"), template("t")]).to_text();
    let error = Record::parse(text.as_bytes()).unwrap_err().to_string();
    assert!(
        error.ends_with("the template `t` is there twice"),
        "{error}"
    );
    let error = Record::parse(b"schema = 1\n").unwrap_err().to_string();
    assert!(error.ends_with("it has no `[[template]]`"), "{error}");
    assert!(Record::parse(b"schema = 1\n\xff").is_err());
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        prop::collection::vec(any::<String>(), 0..3).prop_map(Value::from),
    ]
}

proptest! {
    #[test]
    fn answers_of_any_kind_are_read_back(
        answers in prop::collection::btree_map("[a-z][a-z0-9_]{0,8}", value(), 0..6),
        source in any::<String>(),
    ) {
        let record = record(vec![TemplateRecord { source, answers, ..template("t") }]);
        let text = record.to_text();
        prop_assert_eq!(Record::parse(text.as_bytes()).unwrap(), record);
    }

    #[test]
    fn no_text_makes_it_panic(at in 0_usize..900, bytes in prop::collection::vec(any::<u8>(), 0..8)) {
        let mut text = record(vec![template("t")]).to_text().into_bytes();
        let at = at.min(text.len());
        text.splice(at..at, bytes);
        let _ = Record::parse(&text);
    }
}
