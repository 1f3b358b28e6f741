//! `perk iam validate --format`: the formats for other programs, from the command to the text.

use perk_test::{Outcome, TestContext};

use crate::context;

const SERVICE_MISTYPED: &str = r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:GetObjet", "Resource": "*"}
}
"#;
const CLEAN: &str = r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
}
"#;

fn project() -> TestContext {
    let context = context();
    context.write("project/policies/a <b>, 5% ü.json", SERVICE_MISTYPED);
    context.write("project/policies/clean.json", CLEAN);
    context
}

fn validate(context: &TestContext, format: &str) -> Outcome {
    context.run(["iam", "validate", "policies", "--format", format])
}

#[test]
fn sarif_names_rules_places_and_encoded_paths() {
    let outcome = validate(&project(), "sarif");
    assert_eq!(outcome.code, Some(1));
    let log: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "INVALID_ACTION");
    let result = &run["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "policies/a%20%3Cb%3E%2C%205%25%20%C3%BC.json"
    );
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["region"]["startColumn"], 46);
    assert_eq!(place["region"]["endColumn"], 59);
    assert!(result["partialFingerprints"]["perkFindingHash/v1"].is_string());
}

#[test]
fn junit_has_a_suite_for_each_file() {
    insta::assert_snapshot!(validate(&project(), "junit"), @r#"
    exit code: 1
    ----- stdout -----
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="perk iam validate" tests="2" failures="1">
      <testsuite name="policies/a &lt;b&gt;, 5% ü.json" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="policies/a &lt;b&gt;, 5% ü" name="INVALID_ACTION at Statement/Action" file="policies/a &lt;b&gt;, 5% ü.json">
          <failure type="error" message="The service `s3` has no action `GetObjet`.">policies/a &lt;b&gt;, 5% ü.json:3:46: error: The service `s3` has no action `GetObjet`. Did you mean `s3:GetObject`?</failure>
        </testcase>
      </testsuite>
      <testsuite name="policies/clean.json" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="policies/clean" name="no findings" file="policies/clean.json"/>
      </testsuite>
    </testsuites>
    ----- stderr -----
    checked 2 policies in 2 files: 1 error
    "#);
}

#[test]
fn junit_fails_what_fails_the_run() {
    let context = project();
    let validate = context.invocation(["iam", "validate", "policies", "--format", "junit"]);
    let outcome = validate.argument("--fail-on=never").run();
    assert!(outcome.data().contains("failures=\"0\""));
}

#[test]
fn github_has_a_command_for_each_finding() {
    insta::assert_snapshot!(validate(&project(), "github"), @"
    exit code: 1
    ----- stdout -----
    ::error file=policies/a <b>%2C 5%25 ü.json,line=3,endLine=3,col=46,endColumn=58,title=INVALID_ACTION::The service `s3` has no action `GetObjet`. Did you mean `s3:GetObject`?
    ----- stderr -----
    checked 2 policies in 2 files: 1 error
    ");
}

#[test]
fn gitlab_has_a_violation_for_each_finding() {
    insta::assert_snapshot!(validate(&project(), "gitlab"), @r#"
    exit code: 1
    ----- stdout -----
    [
      {
        "description": "The service `s3` has no action `GetObjet`. Did you mean `s3:GetObject`?",
        "check_name": "INVALID_ACTION",
        "fingerprint": "9df0f1eac81beafa",
        "severity": "critical",
        "location": {
          "path": "policies/a <b>, 5% ü.json",
          "lines": {
            "begin": 3
          }
        }
      }
    ]
    ----- stderr -----
    checked 2 policies in 2 files: 1 error
    "#);
}

#[test]
fn markdown_has_a_table_for_each_file() {
    insta::assert_snapshot!(validate(&project(), "markdown"), @"
    exit code: 1
    ----- stdout -----
    ## IAM policies: 1 error

    ### <code>policies/a &#60;b&#62;, 5% ü.json</code>

    | line | type | check | finding |
    | ---: | --- | --- | --- |
    | 3 | error | `INVALID_ACTION` | The service <code>s3</code> has no action <code>GetObjet</code>. Did you mean <code>s3:GetObject</code>? |

    Checked 2 policies in 2 files: 1 error.
    ----- stderr -----
    checked 2 policies in 2 files: 1 error
    ");
}

#[test]
fn a_file_that_is_not_there_has_its_place_in_every_format() {
    let context = context();
    for format in ["sarif", "junit", "github", "gitlab", "markdown"] {
        let run = context.run(["iam", "validate", "--format", format, "missing.json"]);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains("UNREADABLE_INPUT"), "{run}");
    }
}

#[test]
fn nothing_found_is_a_whole_document_in_every_format() {
    let context = context();
    context.write("project/clean.json", CLEAN);
    let stdout = |format| {
        context
            .run(["iam", "validate", "clean.json", "--format", format])
            .data()
    };
    assert!(stdout("sarif").contains("\"results\": []"));
    assert!(stdout("junit").contains("tests=\"1\" failures=\"0\""));
    assert_eq!(stdout("github"), "");
    assert_eq!(stdout("gitlab"), "[]\n");
    assert!(stdout("markdown").starts_with("## IAM policies: no findings\n"));
}
