//! Answers from somebody and from nobody, to one manifest.

use serde_json::json;
use time::OffsetDateTime;

use super::{
    Answer, Answers, Circumstances, Defaults, Given, GivenAnswers, Interview, Source, resolve,
};
use crate::ScaffoldError;
use crate::manifest::Manifest;

const MANIFEST: &str = r#"
schema = 1
[template]
name = "service"
version = "1.2.3"
description = "d"

[[question]]
key = "service_name"
ask = "?"
type = "string"
default = "{{kebab project.name}}"
pattern = "^[a-z-]+$"
valid = "(ne service_name \"test\")"
message = "lower-case letters and hyphens, and not `test`"

[[question]]
key = "database"
ask = "?"
type = "choice"
choices = [{ value = "none" }, { value = "postgresql" }]

[[question]]
key = "pool"
ask = "?"
type = "int"
default = 5
valid = "(and (gt pool 0) (lt pool 100))"
when = "(eq database \"postgresql\")"

[[question]]
key = "token"
ask = "?"
type = "secret"
default = ""

[[computed]]
key = "crate_name"
value = "{{snake service_name}}"

[[computed]]
key = "header"
value = "Bearer {{token}}"

[[computed]]
key = "stamp"
value = "{{year}} {{now}}"
"#;

fn manifest() -> Manifest {
    Manifest::parse(MANIFEST).unwrap()
}

fn circumstances() -> Circumstances {
    Circumstances {
        project_name: "MyShop".to_owned(),
        time: OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap(),
        entropy: [3; 32],
    }
}

fn given(texts: &[(&str, &str)]) -> GivenAnswers {
    let given = texts
        .iter()
        .map(|(key, text)| ((*key).to_owned(), Given::Text((*text).to_owned())));
    given.collect()
}

fn resolved(texts: &[(&str, &str)], defaults: Defaults) -> Result<Answers, ScaffoldError> {
    resolve(&manifest(), &circumstances(), &given(texts), defaults)
}

fn lines(answers: &Answers) -> Vec<String> {
    let line = |(key, answer, source): (&str, &Answer, Source)| {
        format!("{key}={} {source:?}", answer.to_text())
    };
    answers.iter().map(line).collect()
}

fn refusal(outcome: Result<Answers, ScaffoldError>) -> String {
    let error = outcome.unwrap_err();
    match std::error::Error::source(&error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

#[test]
fn defaults_conditions_and_computed_values() {
    let answers = resolved(&[("database", "none"), ("token", "s3cret")], Defaults::Take).unwrap();
    assert_eq!(
        lines(&answers),
        [
            "service_name=my-shop Default",
            "database=none Given",
            "pool=5 NotAsked",
            "token= Given",
            "crate_name=my_shop Computed",
            "header= Computed",
            "stamp=2027 2027-01-15T08:00:00Z Computed",
        ]
    );
}

#[test]
fn what_is_kept_has_no_secret_nor_anything_made_of_one() {
    let answers = resolved(&[("database", "none"), ("token", "s3cret")], Defaults::Take).unwrap();
    let kept: Vec<&str> = answers.to_keep().map(|(key, _)| key).collect();
    assert_eq!(
        kept,
        ["service_name", "database", "pool", "crate_name", "stamp"]
    );
    assert!(!format!("{answers:?}").contains("s3cret"));
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let error = resolved(&[("database", "postgresql")], Defaults::Refuse);
    assert_eq!(
        refusal(error),
        "there is no answer to `service_name`, `pool`, `token`"
    );
    // A question without a default is missing even if defaults are taken.
    assert_eq!(
        refusal(resolved(&[], Defaults::Take)),
        "there is no answer to `database`"
    );
}

#[test]
fn answers_that_do_not_fit_are_refused() {
    for (texts, error) in [
        (
            &[("service_name", "Shop")][..],
            "the answer to `service_name` does not fit: lower-case letters and hyphens, and not `test`",
        ),
        (
            &[("service_name", "test")],
            "the answer to `service_name` does not fit: lower-case letters and hyphens, and not `test`",
        ),
        (
            &[("database", "mysql")],
            "the answer to `database` does not fit: `mysql` is not one of `none`, `postgresql`",
        ),
        (
            &[("database", "postgresql"), ("pool", "100")],
            "the answer to `pool` does not fit: it is not allowed here",
        ),
        (
            &[("databse", "none")],
            "the template has no question `databse`",
        ),
        (
            &[("crate_name", "x")],
            "the template has no question `crate_name`",
        ),
    ] {
        assert_eq!(refusal(resolved(texts, Defaults::Take)), error);
    }
}

#[test]
fn an_answer_that_is_not_asked_for_has_no_effect_and_is_named() {
    let answers = resolved(&[("database", "none"), ("pool", "9")], Defaults::Take).unwrap();
    assert_eq!(answers.ignored(), ["pool"]);
    assert_eq!(answers.get("pool"), Some(&Answer::Int(5)));
}

#[test]
fn data_is_taken_as_well_as_text() {
    let mut given = given(&[("database", "postgresql")]);
    given.insert("pool".to_owned(), Given::Value(json!(7)));
    let answers = resolve(&manifest(), &circumstances(), &given, Defaults::Take).unwrap();
    assert_eq!(answers.get("pool"), Some(&Answer::Int(7)));
}

/// Types texts until the questions end; `<` goes back. Returns what was asked, with the proposals.
fn interview(texts: &[&str], given: GivenAnswers) -> (Vec<String>, Answers) {
    let manifest = manifest();
    let mut interview = Interview::new(&manifest, &circumstances(), given).unwrap();
    let mut asked = Vec::new();
    for text in texts {
        let prompt = interview.prompt().unwrap().unwrap();
        let proposal = prompt
            .proposal
            .map(|answer| answer.to_text())
            .unwrap_or_default();
        asked.push(format!("{}? {proposal}", prompt.question.key));
        if *text == "<" {
            assert_eq!(interview.go_back(), prompt.can_go_back);
            continue;
        }
        match interview.check(text) {
            Ok(answer) => interview.answer(answer).unwrap(),
            Err(problem) => asked.push(problem.to_string()),
        }
    }
    assert!(interview.prompt().unwrap().is_none());
    (asked, interview.finish().unwrap())
}

#[test]
fn an_interview_asks_what_is_open() {
    let texts = ["shop", "postgresql", "0", "9", ""];
    let (asked, answers) = interview(&texts, GivenAnswers::new());
    assert_eq!(
        asked,
        [
            "service_name? my-shop",
            "database? ",
            "pool? 5",
            "it is not allowed here",
            "pool? 5",
            "token? "
        ]
    );
    assert_eq!(lines(&answers)[2], "pool=9 Typed");
    assert_eq!(lines(&answers)[4], "crate_name=shop Computed");
}

#[test]
fn an_interview_goes_back_and_remembers() {
    let texts = [
        "<",
        "shop",
        "postgresql",
        "9",
        "<",
        "<",
        "<",
        "store",
        "none",
        "",
    ];
    let (asked, answers) = interview(&texts, GivenAnswers::new());
    assert_eq!(
        asked,
        [
            "service_name? my-shop",
            "service_name? my-shop",
            "database? ",
            "pool? 5",
            "token? ",
            "pool? 9",
            "database? postgresql",
            "service_name? shop",
            "database? postgresql",
            "token? ",
        ]
    );
    assert_eq!(
        lines(&answers)[..3],
        [
            "service_name=store Typed",
            "database=none Typed",
            "pool=5 NotAsked"
        ]
    );
}

#[test]
fn an_interview_does_not_ask_what_was_given() {
    let given = given(&[
        ("service_name", "shop"),
        ("database", "none"),
        ("pool", "3"),
    ]);
    let (asked, answers) = interview(&[""], given);
    assert_eq!(asked, ["token? "]);
    assert_eq!(answers.ignored(), ["pool"]);
}

#[test]
fn an_interview_is_not_finished_before_its_end() {
    let manifest = manifest();
    let interview = Interview::new(&manifest, &circumstances(), GivenAnswers::new()).unwrap();
    let error = interview.finish().unwrap_err();
    assert_eq!(error.to_string(), "there is no answer to `service_name`");
}
