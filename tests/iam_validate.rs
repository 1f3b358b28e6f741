//! `perk iam validate`: what it reads and what it answers.

use camino::Utf8Path;

use crate::context;

/// A policy with a finding of every type.
const DEPLOY: &str = include_str!("fixtures/policies/deploy.json");
/// A policy without findings.
const CLEAN: &str = include_str!("fixtures/policies/roles/reports-reader.json");

fn fixtures() -> String {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/policies");
    folder.canonicalize_utf8().unwrap().into_string()
}

#[test]
fn the_samples_show_every_type_of_finding() {
    let outcome = context()
        .invocation(["iam", "validate", "."])
        .folder(&fixtures())
        .run();
    insta::assert_snapshot!(outcome);
}

#[test]
fn nothing_found_is_said_in_one_line() {
    let context = context();
    context.write("project/a.json", CLEAN);
    context.write("project/b.json", format!("{CLEAN}\n{CLEAN}"));
    insta::assert_snapshot!(context.run(["iam", "validate", "."]), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    checked 3 policies in 2 files: no findings
    ");
}

#[test]
fn json_has_places_documents_and_numbers() {
    let context = context();
    context.write("project/scp.json", CLEAN);
    context.write("project/trusts.json", format!("[{CLEAN}]\n{DEPLOY}"));
    let run = context.invocation([
        "iam",
        "validate",
        "--format=json",
        "scp.json",
        "trusts.json",
    ]);
    insta::assert_snapshot!(run.run());
}

#[test]
fn the_line_between_yes_and_no_can_be_moved() {
    let context = context();
    let with_action = |action: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": {action}, "Resource": "*"}}]}}"#
        )
    };
    context.write("project/error.json", with_action(r#""s3:GetObjet""#));
    context.write(
        "project/security-warning.json",
        with_action(r#""iam:PassRole""#),
    );
    context.write(
        "project/warning.json",
        with_action(r#""s3:GetObject""#).replace(r#""Version": "2012-10-17", "#, ""),
    );
    context.write(
        "project/suggestion.json",
        with_action(r#"["s3:Get*", "s3:GetObject"]"#),
    );
    context.write("project/none.json", CLEAN);
    let levels = [
        "error",
        "security-warning",
        "warning",
        "suggestion",
        "never",
    ];
    let row = |file: &str| {
        let codes = levels.map(|level| {
            let run = context.invocation(["iam", "validate", "--fail-on", level]);
            let outcome = run.argument(format!("{file}.json")).run();
            outcome.code.unwrap().to_string()
        });
        format!("{file:17} {}", codes.join(" "))
    };
    let table = ["error", "security-warning", "warning", "suggestion", "none"].map(row);
    insta::assert_snapshot!(table.join("\n"), @"
    error             1 1 1 1 0
    security-warning  0 1 1 1 0
    warning           0 0 1 1 0
    suggestion        0 0 1 1 0
    none              0 0 0 0 0
    ");
    let run = context.invocation(["iam", "validate", "warning.json"]);
    assert_eq!(run.clone().run().code, Some(0));
    assert_eq!(
        run.variable("PERK_IAM_FAIL_ON", "warning").run().code,
        Some(1)
    );
}

#[test]
fn standard_input_is_checked_when_piped_or_asked_for() {
    let context = context();
    let piped = context.invocation(["iam", "validate"]).input(DEPLOY).run();
    let asked = context
        .invocation(["iam", "validate", "-"])
        .input(DEPLOY)
        .run();
    assert_eq!(piped, asked);
    assert!(piped.stdout.contains(" --> <stdin>:7:53\n"), "{piped}");
    insta::assert_snapshot!(context.run(["iam", "validate"]), @"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the text is empty
     --> <stdin>
      = help: a policy document is a JSON object with a `Statement`

    ----- stderr -----
    checked 0 policies in 1 file: 1 error
    ");
    insta::assert_snapshot!(context.run(["iam", "validate", "-"]), @"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the text is empty
     --> <stdin>
      = help: a policy document is a JSON object with a `Statement`

    ----- stderr -----
    checked 0 policies in 1 file: 1 error
    ");
}

#[test]
fn a_folder_is_walked_as_git_sees_it() {
    let context = context();
    for path in [
        "b.json",
        "a.JSON",
        "deep/er/c.json",
        ".hidden/d.json",
        "ignored/e.json",
    ] {
        context.write(&format!("project/{path}"), DEPLOY);
    }
    context.write("project/notes.txt", DEPLOY);
    context.write("project/package.json", "{\"name\": \"x\"}");
    context.write("project/broken.json", "{\"name\": ");
    context.write("project/.git/HEAD", "");
    context.write("project/.gitignore", "ignored/\n");
    let run = context.invocation(["iam", "validate", "--format=json", "--verbose"]);
    let outcome = run.clone().argument(".").run();
    assert_eq!(
        paths(&outcome.stdout),
        ["a.JSON", "b.json", "deep/er/c.json"]
    );
    insta::assert_snapshot!(outcome.stderr, @"
    passed over `broken.json`: it holds no policy
    passed over `package.json`: it holds no policy
    checked 3 policies in 3 files: 3 errors, 6 security warnings, 3 warnings, 6 suggestions
    ");
    let outcome = run.clone().argument("./deep").argument("b.json").run();
    assert_eq!(paths(&outcome.stdout), ["deep/er/c.json", "b.json"]);
    // What is named is checked, whatever it is called and whatever git thinks of it.
    let outcome = run.argument("ignored/e.json").argument("notes.txt").run();
    assert_eq!(paths(&outcome.stdout), ["ignored/e.json", "notes.txt"]);
}

/// Returns the paths of the documents of a report.
fn paths(json: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    let documents = report["documents"].as_array().unwrap();
    let path = |document: &serde_json::Value| document["path"].as_str().unwrap().to_owned();
    documents.iter().map(path).collect()
}

#[test]
fn a_folder_without_policies_is_noticed() {
    let context = context();
    context.write("project/policies/README.md", "");
    insta::assert_snapshot!(context.run(["iam", "validate", "policies"]), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning: no policy was found; `--verbose` names what was passed over
    ");
}

#[test]
fn the_kind_is_found_out_or_given() {
    let context = context();
    context.write("project/deploy-boundary.json", CLEAN);
    let kind = |arguments: &[&str]| {
        let mut run =
            context.invocation(["iam", "validate", "--format=json", "deploy-boundary.json"]);
        for argument in arguments {
            run = run.argument(*argument);
        }
        let report: serde_json::Value = serde_json::from_str(&run.run().stdout).unwrap();
        let document = &report["documents"][0];
        format!("{} {}", document["kind"], document["kind_reason"])
    };
    insta::assert_snapshot!(kind(&[]), @r#""boundary" "file-name""#);
    insta::assert_snapshot!(kind(&["--kind", "scp"]), @r#""scp" "given""#);
    insta::assert_snapshot!(kind(&["--kind", "auto"]), @r#""boundary" "file-name""#);
    insta::assert_snapshot!(kind(&["--resource-type", "AWS::S3::Bucket"]), @r#""resource" "given""#);
}

#[test]
fn many_findings_of_one_check_get_a_line_each() {
    let context = context();
    let actions: Vec<String> = (1..=6)
        .map(|number| format!("\n  \"s3:Nothing{number}\""))
        .collect();
    let policy = format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Resource\": \"*\", \"Action\": [{}]}}]}}",
        actions.join(",")
    );
    context.write("project/a.json", policy);
    insta::assert_snapshot!(context.run(["iam", "validate", "a.json"]), @r#"
    exit code: 1
    ----- stdout -----
    error[INVALID_ACTION]: the service `s3` has no action `Nothing1`
     --> a.json:2:3
      |
    2 |   "s3:Nothing1",
      |   ^^^^^^^^^^^^^
      |
      = help: `perk iam catalog show s3` lists its actions

    error[INVALID_ACTION]: the service `s3` has no action `Nothing2`
     --> a.json:3:3
      |
    3 |   "s3:Nothing2",
      |   ^^^^^^^^^^^^^
      |
      = help: `perk iam catalog show s3` lists its actions

    error[INVALID_ACTION]: the service `s3` has no action `Nothing3`
     --> a.json:4:3
      |
    4 |   "s3:Nothing3",
      |   ^^^^^^^^^^^^^
      |
      = help: `perk iam catalog show s3` lists its actions

    error[INVALID_ACTION]: 3 more in this file
     --> a.json:5:3: the service `s3` has no action `Nothing4`
     --> a.json:6:3: the service `s3` has no action `Nothing5`
     --> a.json:7:3: the service `s3` has no action `Nothing6`

    ----- stderr -----
    checked 1 policy in 1 file: 6 errors
    "#);
    let verbose = context.run(["iam", "validate", "--verbose", "a.json"]);
    assert_eq!(verbose.stdout.matches("error[INVALID_ACTION]").count(), 6);
}

#[test]
fn verbose_says_where_to_read_more() {
    let context = context();
    context.write("project/a.json", "[]");
    context.write("project/b.json", CLEAN.replace("2012-10-17", "2012-10-16"));
    insta::assert_snapshot!(context.run(["iam", "validate", "-v", "a.json", "b.json"]), @r#"
    exit code: 1
    ----- stdout -----
    error[NO_POLICY_FOUND]: the JSON is not a policy document
     --> a.json:1:1
      |
    1 | []
      | ^
      |
      = help: a policy document is an object with a `Statement`
      = note: see `perk iam validate --explain NO_POLICY_FOUND`

    error[INVALID_VERSION]: `2012-10-16` is not a version of the policy language
     --> b.json:2:14
      |
    2 |   "Version": "2012-10-16",
      |              ^^^^^^^^^^^^
      |
      = help: use `2012-10-17`
      = note: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-version

    ----- stderr -----
    checked 1 policy in 2 files: 2 errors
    "#);
}

#[test]
fn checks_are_listed_with_the_types_they_have_here() {
    let context = context();
    context.write(
        "project/perk.toml",
        "[iam.checks]\nMISSING_VERSION = 'error'\nREDUNDANT_ACTION = 'off'\n",
    );
    let list = context.run(["iam", "validate", "--list-checks"]).data();
    let line = |code: &str| {
        let mut lines = list.lines();
        lines
            .find(|line| line.starts_with(&format!("{code} ")))
            .unwrap()
            .to_owned()
    };
    insta::assert_snapshot!(line("MISSING_VERSION"), @"MISSING_VERSION                                                 error             aws   The policy has no Version element.");
    insta::assert_snapshot!(line("REDUNDANT_ACTION"), @"REDUNDANT_ACTION                                                off               aws   An action is covered by another action of the same statement.");
    insta::assert_snapshot!(line("UNREADABLE_INPUT"), @"UNREADABLE_INPUT                                                error             perk  A file could not be read, so its policies were not checked.");
    let json = context
        .run(["iam", "validate", "--list-checks", "--format=json"])
        .data();
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        document["checks"].as_array().unwrap().len(),
        list.lines().count()
    );
    let checks = document["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|check| check["code"] == "MISSING_VERSION")
        .unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(check).unwrap(), @r#"
    {
      "code": "MISSING_VERSION",
      "origin": "aws",
      "summary": "The policy has no Version element.",
      "type": "error",
      "url": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-missing-version"
    }
    "#);
    insta::assert_snapshot!(context.run(["iam", "validate", "--list-checks", "--format=sarif"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the checks are not listed in this format
    hint: use `--format text` or `--format json`
    ");
}

#[test]
fn a_check_is_explained() {
    let context = context();
    let explain = |code: &str| {
        context
            .invocation(["iam", "validate", "--explain"])
            .argument(code)
            .run()
    };
    insta::assert_snapshot!(explain("unreadable_input"), @r#"
    exit code: 0
    ----- stdout -----
    # UNREADABLE_INPUT

    A file could not be read, so its policies were not checked.

    ## What it checks

    Given for a file that does not exist, may not be read, is larger than the limit,
    or is not a file at all, such as a named pipe or a device. The finding says which.
    The other files are checked nevertheless.

    ## Why it matters

    A file that was passed over in silence would count as checked.

    ## Bad

    ```json identity excerpt
    { "Version": "2012-10-17", "Statement": [
    ```

    ## Good

    ```json identity excerpt
    { "Version": "2012-10-17", "Statement": [] }
    ```

    ## Reference

    Type `error`, a check of perk's own.
    ----- stderr -----
    "#);
    let page = explain("MISSING_VERSION").data();
    insta::assert_snapshot!(page.rsplit("\n\n").next().unwrap(), @"
    Type `warning`, a check of AWS:
    <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-missing-version>
    ");
    insta::assert_snapshot!(explain("PASS_ROLE_WITH_STAR_IN_RESOURSE"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no check is called `PASS_ROLE_WITH_STAR_IN_RESOURSE`
    hint: did you mean `PASS_ROLE_WITH_STAR_IN_RESOURCE`?
    ");
    insta::assert_snapshot!(explain("nothing"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no check is called `nothing`
    hint: list the checks with `perk iam validate --list-checks`
    ");
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let context = context();
    context.write("project/a.json", DEPLOY.repeat(100));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let outcome = context
        .invocation(["iam", "validate", "--quiet", "a.json"])
        .run_with(writer);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
}
