//! From a template and answers to a plan.

use time::OffsetDateTime;

use super::{Content, due_hooks, plan};
use crate::{
    Answers, Circumstances, Defaults, Given, GivenAnswers, HookMoment, SafePath, ScaffoldError,
    Template, resolve,
};

const MANIFEST: &str = r#"
schema = 1
[template]
name = "t"
version = "1.0.0"
description = "d"

[[question]]
key = "name"
ask = "?"
type = "string"
default = "shop"

[[question]]
key = "database"
ask = "?"
type = "bool"
default = false

[[question]]
key = "parts"
ask = "?"
type = "list"
default = ["b", "a"]

[[question]]
key = "token"
ask = "?"
type = "secret"
default = "s3cret"

[[computed]]
key = "docs_folder"
value = "{{#if database}}docs{{/if}}"

[[rule]]
paths = ["migrations/**", "src/db.rs.hbs"]
when = "database"

[[rule]]
paths = ["parts/{{item}}.md.hbs"]
each = "parts"

[[rule]]
paths = ["percent.hbs"]
delimiters = ["<%", "%>"]

[[hook]]
at = "after"
run = ["migrate"]
when = "database"

[[hook]]
at = "after"
run = ["lock"]
"#;

const FILES: &[(&str, u32, &str)] = &[
    ("{{name}}/main.rs.hbs", 0o644, "fn {{name}}() {}\n"),
    ("run.sh", 0o755, "echo {{name}}\n"),
    ("link", 0o120_000, "{{name}}/main.rs.hbs"),
    ("up/link", 0o120_000, "../run.sh"),
    ("migrations/1.sql", 0o644, "create"),
    ("src/db.rs.hbs", 0o644, "db of {{name}}"),
    ("{{docs_folder}}/index.md", 0o644, "docs"),
    ("parts/{{item}}.md.hbs", 0o644, "{{item}} of {{name}}"),
    (".github/ci.yml.hbs", 0o644, "${{ x }} [[name]]"),
    ("percent.hbs", 0o644, "<%name%> {{x}} [[y]]"),
    ("secret.env.hbs", 0o600, "TOKEN={{token}}"),
];

fn template() -> Template {
    let manifest = ("template.toml".to_owned(), 0o644, MANIFEST);
    let files = FILES
        .iter()
        .map(|&(path, mode, text)| (format!("files/{path}"), mode, text));
    let all = std::iter::once(manifest).chain(files);
    Template::from_files(all.map(|(path, mode, text)| (path, mode, text.as_bytes().into())))
        .unwrap()
}

fn answers(template: &Template, texts: &[(&str, &str)]) -> Answers {
    let circumstances = Circumstances {
        project_name: "p".to_owned(),
        time: OffsetDateTime::UNIX_EPOCH,
        entropy: [0; 32],
    };
    let given = texts
        .iter()
        .map(|(key, text)| ((*key).to_owned(), Given::Text((*text).to_owned())));
    let given: GivenAnswers = given.collect();
    resolve(template.manifest(), &circumstances, &given, Defaults::Take).unwrap()
}

fn planned(texts: &[(&str, &str)]) -> Vec<String> {
    let template = template();
    let plan = plan(&template, &answers(&template, texts)).unwrap();
    let lines = plan.entries().iter().map(|entry| {
        let text = String::from_utf8_lossy(entry.bytes()).trim_end().to_owned();
        format!("{:o} {} {text}", entry.mode(), entry.path)
    });
    lines.collect()
}

#[test]
fn a_plan_has_what_the_rules_leave() {
    insta::assert_debug_snapshot!(planned(&[]), @r#"
    [
        "100644 .github/ci.yml ${{ x }} shop",
        "120000 link shop/main.rs",
        "100644 parts/a.md a of shop",
        "100644 parts/b.md b of shop",
        "100644 percent shop {{x}} [[y]]",
        "100755 run.sh echo {{name}}",
        "100644 secret.env TOKEN=s3cret",
        "100644 shop/main.rs fn shop() {}",
        "120000 up/link ../run.sh",
    ]
    "#);
}

#[test]
fn conditions_names_and_lists_follow_the_answers() {
    let lines = planned(&[("database", "yes"), ("parts", "x")]);
    for line in [
        "100644 docs/index.md docs",
        "100644 migrations/1.sql create",
        "100644 src/db.rs db of shop",
        "100644 parts/x.md x of shop",
    ] {
        assert!(
            lines.iter().any(|found| found == line),
            "{line} in {lines:#?}"
        );
    }
}

#[test]
fn files_with_a_secret_are_marked() {
    let template = template();
    let plan = plan(&template, &answers(&template, &[])).unwrap();
    let secret = plan.entries().iter().filter(|entry| entry.has_secret);
    let paths: Vec<&str> = secret.map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths, ["secret.env"]);
}

#[test]
fn hooks_are_due_by_moment_and_condition() {
    let template = template();
    let due = |texts, at| {
        let due = due_hooks(template.manifest(), &answers(&template, texts), at).unwrap();
        due.iter()
            .map(|hook| hook.run[0].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(due(&[], HookMoment::After), ["lock"]);
    assert_eq!(
        due(&[("database", "yes")], HookMoment::After),
        ["migrate", "lock"]
    );
    assert!(due(&[], HookMoment::Before).is_empty());
}

#[test]
fn files_of_others_are_added_unless_they_meet() {
    let template = template();
    let plan = || plan(&template, &answers(&template, &[])).unwrap();
    let path = |text| SafePath::parse(text).unwrap();
    let with = plan()
        .with_file(path(".perk/scaffold.toml"), b"x".to_vec())
        .unwrap();
    assert_eq!(with.entries().len(), plan().entries().len() + 1);
    let Err(ScaffoldError::Collision { .. }) = plan().with_file(path("RUN.sh"), Vec::new()) else {
        panic!("two files met")
    };
}

#[test]
fn paths_that_meet_say_where_they_come_from() {
    let head = MANIFEST.split("[[rule]]").next().unwrap();
    let met = |files: [&str; 2]| {
        let manifest = ("template.toml".to_owned(), 0o644, head.as_bytes().into());
        let files = files.map(|path| (format!("files/{path}"), 0o644, b"".into()));
        let template = Template::from_files([manifest].into_iter().chain(files)).unwrap();
        match plan(&template, &answers(&template, &[])) {
            Err(ScaffoldError::Collision { from, .. }) => from,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        met(["shop.txt", "{{name}}.txt"]),
        ["files/shop.txt", "files/{{name}}.txt"]
    );
    assert_eq!(
        met(["shop/a", "{{name}}"]),
        ["files/{{name}}", "files/shop/a"]
    );
    assert_eq!(met(["README", "readme"]), ["files/README", "files/readme"]);
}

#[test]
fn the_hash_of_a_template_sees_names_modes_and_bytes() {
    let hash = |files: &[(&str, u32, &'static str)]| {
        let head = MANIFEST.split("[[rule]]").next().unwrap().as_bytes();
        let manifest = ("template.toml".to_owned(), 0o644, head.into());
        let files = files
            .iter()
            .map(|&(path, mode, text)| (format!("files/{path}"), mode, text.as_bytes().into()));
        Template::from_files(std::iter::once(manifest).chain(files))
            .unwrap()
            .content_hash()
    };
    let first = hash(&[("a", 0o644, "b"), ("c", 0o644, "")]);
    assert_eq!(first, hash(&[("c", 0o600, ""), ("a", 0o640, "b")]));
    for other in [
        &[("a", 0o644, "b")][..],
        &[("a", 0o755, "b"), ("c", 0o644, "")],
        &[("a", 0o644, ""), ("c", 0o644, "b")],
        &[("a", 0o120_000, "b"), ("c", 0o644, "")],
        &[("ab", 0o644, ""), ("c", 0o644, "")],
    ] {
        assert_ne!(first, hash(other));
    }
}

#[test]
fn many_files_come_in_order_from_several_threads() {
    let head = MANIFEST.split("[[rule]]").next().unwrap().as_bytes();
    let manifest = ("template.toml".to_owned(), 0o644, head.into());
    let file = |number: usize| {
        let text = if number == 77 || number == 150 {
            "{{nam}}"
        } else {
            "{{name}}"
        };
        (
            format!("files/{number:03}.hbs"),
            0o644,
            text.as_bytes().into(),
        )
    };
    let files = |with_typo: bool| {
        (0..200)
            .filter(move |&number| with_typo || !matches!(number, 77 | 150))
            .map(file)
    };
    let good = Template::from_files(std::iter::once(manifest.clone()).chain(files(false))).unwrap();
    let plan_of_good = plan(&good, &answers(&good, &[])).unwrap();
    assert_eq!(plan_of_good.entries().len(), 198);
    assert!(
        plan_of_good.entries().iter().all(
            |entry| matches!(&entry.content, Content::File { bytes, .. } if **bytes == *b"shop")
        )
    );
    let bad = Template::from_files(std::iter::once(manifest).chain(files(true))).unwrap();
    let error = plan(&bad, &answers(&bad, &[])).unwrap_err();
    assert_eq!(error.to_string(), "files/077.hbs:1:1: `nam` is not defined");
}
