//! `perk iam validate`: what the configuration and a baseline do to findings.

use perk_test::{Outcome, TestContext};

use crate::context;

const DEPLOY: &str = include_str!("fixtures/policies/deploy.json");

fn world(configuration: &str) -> TestContext {
    let context = context();
    context.write("project/legacy/deploy.json", DEPLOY);
    context.write("project/perk.toml", configuration);
    context
}

/// Returns the codes and paths of what is found, and the last line.
fn found(outcome: &Outcome) -> String {
    let heads = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("]: ") || line.contains("--> "));
    let heads: Vec<&str> = heads.map(str::trim_start).collect();
    format!("{}\n{}", heads.join("\n"), outcome.stderr)
}

fn suppression(rest: &str) -> String {
    format!("[[iam.checks.suppress]]\ncode = 'INVALID_ACTION'\nreason = 'known'\n{rest}\n")
}

#[test]
fn checks_are_switched_off_or_get_another_type() {
    let context = world("[iam.checks]\nINVALID_ACTION = 'off'\nREDUNDANT_ACTION = 'error'\n");
    insta::assert_snapshot!(found(&context.run(["iam", "validate", "."])), @"
    security-warning[PASS_ROLE_WITH_STAR_IN_RESOURCE]: any role can be passed to any service
    --> legacy/deploy.json:13:49
    security-warning[PRIVILEGE_ESCALATION]: privilege escalation: whoever has this creates a stack whose resources are made under any role (`cloudformation-001`)
    --> legacy/deploy.json:13:49
    error[REDUNDANT_ACTION]: `cloudformation:*` covers one other of the actions
    --> legacy/deploy.json:19:18
    suggestion[SERVICE_WILDCARD]: `cloudformation:*` allows every action of the service, those to come among them
    --> legacy/deploy.json:19:18
    warning[WILDCARD_WITHOUT_LIKE_OPERATOR]: `StringEquals` takes the wildcard in `platform-*` for a plain character
    --> legacy/deploy.json:22:52
    checked 1 policy in 1 file: 1 error, 2 security warnings, 1 warning, 1 suggestion
    ");
}

#[test]
fn a_check_that_does_not_exist_is_an_error() {
    let context = world("[iam.checks]\nINVALID_ACTIONS = 'off'\n");
    insta::assert_snapshot!(context.run(["iam", "validate", "."]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unknown check `INVALID_ACTIONS` at [TEMP]/project/perk.toml:2:1
    hint: did you mean `INVALID_ACTION`?
    ");
}

#[test]
fn suppressions_are_limited_by_path_and_sid() {
    let all = "path = 'legacy/**'\nsid = 'ReadArtifacts'";
    let context = world(&suppression(all));
    insta::assert_snapshot!(found(&context.run(["iam", "validate", "."])), @"
    security-warning[PASS_ROLE_WITH_STAR_IN_RESOURCE]: any role can be passed to any service
    --> legacy/deploy.json:13:49
    security-warning[PRIVILEGE_ESCALATION]: privilege escalation: whoever has this creates a stack whose resources are made under any role (`cloudformation-001`)
    --> legacy/deploy.json:13:49
    suggestion[REDUNDANT_ACTION]: `cloudformation:*` covers one other of the actions
    --> legacy/deploy.json:19:18
    suggestion[SERVICE_WILDCARD]: `cloudformation:*` allows every action of the service, those to come among them
    --> legacy/deploy.json:19:18
    warning[WILDCARD_WITHOUT_LIKE_OPERATOR]: `StringEquals` takes the wildcard in `platform-*` for a plain character
    --> legacy/deploy.json:22:52
    checked 1 policy in 1 file: 2 security warnings, 1 warning, 2 suggestions; 1 suppressed
    ");
    // From below the project's folder the same file is meant.
    let below = context
        .invocation(["iam", "validate", "deploy.json"])
        .folder("project/legacy");
    insta::assert_snapshot!(found(&below.run()), @"
    security-warning[PASS_ROLE_WITH_STAR_IN_RESOURCE]: any role can be passed to any service
    --> deploy.json:13:49
    security-warning[PRIVILEGE_ESCALATION]: privilege escalation: whoever has this creates a stack whose resources are made under any role (`cloudformation-001`)
    --> deploy.json:13:49
    suggestion[REDUNDANT_ACTION]: `cloudformation:*` covers one other of the actions
    --> deploy.json:19:18
    suggestion[SERVICE_WILDCARD]: `cloudformation:*` allows every action of the service, those to come among them
    --> deploy.json:19:18
    warning[WILDCARD_WITHOUT_LIKE_OPERATOR]: `StringEquals` takes the wildcard in `platform-*` for a plain character
    --> deploy.json:22:52
    checked 1 policy in 1 file: 2 security warnings, 1 warning, 2 suggestions; 1 suppressed
    ");
}

#[test]
fn a_suppression_that_matches_nothing_is_a_finding() {
    let context = world(&suppression("path = 'legacy/*'\nsid = 'Other'"));
    let outcome = context.run(["iam", "validate", "."]);
    let last = outcome.stdout.trim_end().rsplit("\n\n").next().unwrap();
    insta::assert_snapshot!(last, @"
    warning[UNUSED_SUPPRESSION]: the suppression of INVALID_ACTION matches no finding
     --> perk.toml:2:8
      |
    2 | code = 'INVALID_ACTION'
      |        ^^^^^^^^^^^^^^^^
      |
      = help: delete the entry
    ");
    // Nothing is said of files that were not looked at.
    context.write("project/other.json", DEPLOY);
    let other = context.run(["iam", "validate", "other.json"]);
    assert!(!other.stdout.contains("UNUSED_SUPPRESSION"), "{other}");
    let both = world(&suppression("path = 'nowhere/*'"));
    assert!(
        !both
            .run(["iam", "validate", "."])
            .stdout
            .contains("UNUSED_SUPPRESSION")
    );
}

#[test]
fn a_suppression_ends_after_its_date() {
    let context = world(&suppression("expires = 2027-01-31"));
    let on = |day: &str| {
        let run = context
            .invocation(["iam", "validate", "legacy"])
            .variable("PERK_TODAY", day);
        found(&run.run())
    };
    assert!(!on("2027-01-31").contains("INVALID_ACTION"));
    insta::assert_snapshot!(on("2027-02-01"), @"
    error[INVALID_ACTION]: the service `s3` has no action `GetObjet`
    --> legacy/deploy.json:7:53
    security-warning[PASS_ROLE_WITH_STAR_IN_RESOURCE]: any role can be passed to any service
    --> legacy/deploy.json:13:49
    security-warning[PRIVILEGE_ESCALATION]: privilege escalation: whoever has this creates a stack whose resources are made under any role (`cloudformation-001`)
    --> legacy/deploy.json:13:49
    suggestion[REDUNDANT_ACTION]: `cloudformation:*` covers one other of the actions
    --> legacy/deploy.json:19:18
    suggestion[SERVICE_WILDCARD]: `cloudformation:*` allows every action of the service, those to come among them
    --> legacy/deploy.json:19:18
    warning[WILDCARD_WITHOUT_LIKE_OPERATOR]: `StringEquals` takes the wildcard in `platform-*` for a plain character
    --> legacy/deploy.json:22:52
    warning[EXPIRED_SUPPRESSION]: the suppression of INVALID_ACTION ended with 2027-01-31
    --> perk.toml:2:8
    checked 1 policy in 1 file: 1 error, 2 security warnings, 2 warnings, 2 suggestions
    ");
}

#[test]
fn a_baseline_hides_what_was_there_and_nothing_else() {
    let context = world("");
    insta::assert_snapshot!(context.run(["iam", "validate", "--write-baseline", "baseline.json", "legacy"]), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    recorded 6 findings in `baseline.json`
    ");
    let baseline = context.project().join("baseline.json");
    insta::assert_snapshot!(perk_fs::read_text(&baseline, 10_000).unwrap(), @r#"
    {
      "schema_version": 1,
      "findings": [
        {
          "path": "legacy/deploy.json",
          "code": "INVALID_ACTION",
          "policy": "deploy",
          "pointer": "Statement/0/Action/2",
          "fingerprint": "06c6a5cc18296ed0"
        },
        {
          "path": "legacy/deploy.json",
          "code": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
          "policy": "deploy",
          "pointer": "Statement/1/Action/2",
          "fingerprint": "943f41c5d3f3d574"
        },
        {
          "path": "legacy/deploy.json",
          "code": "PRIVILEGE_ESCALATION",
          "policy": "deploy",
          "pointer": "Statement/1/Action/2",
          "fingerprint": "d384d77886e34d04"
        },
        {
          "path": "legacy/deploy.json",
          "code": "REDUNDANT_ACTION",
          "policy": "deploy",
          "pointer": "Statement/2/Action/0",
          "fingerprint": "6fde5b8456da5d26"
        },
        {
          "path": "legacy/deploy.json",
          "code": "SERVICE_WILDCARD",
          "policy": "deploy",
          "pointer": "Statement/2/Action/0",
          "fingerprint": "4cf69079f063a894"
        },
        {
          "path": "legacy/deploy.json",
          "code": "WILDCARD_WITHOUT_LIKE_OPERATOR",
          "policy": "deploy",
          "pointer": "Statement/2/Condition/StringEquals/aws:PrincipalTag/team",
          "fingerprint": "042a4a34823be6c2"
        }
      ]
    }
    "#);
    let check = || context.run(["iam", "validate", "--baseline", "baseline.json", "legacy"]);
    insta::assert_snapshot!(check(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    checked 1 policy in 1 file: no findings; 6 in the baseline
    ");

    // Other lines, and the statements in another order.
    let mut document: serde_json::Value = serde_json::from_str(DEPLOY).unwrap();
    document["Statement"].as_array_mut().unwrap().reverse();
    context.write("project/legacy/deploy.json", document.to_string());
    insta::assert_snapshot!(check(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    checked 1 policy in 1 file: no findings; 6 in the baseline
    ");

    // One finding is mended, and there is another.
    let mended = DEPLOY
        .replace("s3:GetObjet", "s3:GetObject*")
        .replace("acme-artifacts/", "acme artifacts/");
    context.write("project/legacy/deploy.json", mended);
    insta::assert_snapshot!(found(&check()), @"
    suggestion[REDUNDANT_ACTION]: `s3:GetObject*` covers 2 others of the actions
    --> legacy/deploy.json:7:18
    checked 1 policy in 1 file: 1 suggestion; 5 in the baseline
    note: 1 finding of the baseline is gone; write it again with `--write-baseline`
    ");
}

#[test]
fn a_broken_file_in_the_baseline_is_not_taken_for_no_policy() {
    let context = world("");
    context.write("project/broken.json", "{\"Statement\": [");
    let record = ["iam", "validate", "--write-baseline", "b", "broken.json"];
    assert_eq!(context.run(record).code, Some(0));
    let outcome = context.run(["iam", "validate", "--baseline", "b", "broken.json"]);
    insta::assert_snapshot!(outcome.stderr, @"checked 0 policies in 1 file: no findings; 1 in the baseline");
}

#[test]
fn a_baseline_that_is_none_is_an_error() {
    let context = world("");
    let check = || context.run(["iam", "validate", "--baseline", "baseline.json", "legacy"]);
    insta::assert_snapshot!(check(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the baseline
      caused by: `baseline.json` does not exist
    hint: write it with `perk iam validate --write-baseline FILE PATH`
    ");
    context.write("project/baseline.json", "[]");
    insta::assert_snapshot!(check(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `baseline.json` is not a baseline of perk
      caused by: invalid length 0, expected a baseline at line 1 column 2
    hint: write it with `perk iam validate --write-baseline FILE PATH`
    ");
    context.write(
        "project/baseline.json",
        "{\"schema_version\": 9, \"findings\": []}",
    );
    insta::assert_snapshot!(check(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the baseline `baseline.json` has version 9, and this perk reads version 1
    hint: write it with `perk iam validate --write-baseline FILE PATH`
    ");
    let both = [
        "iam",
        "validate",
        "--baseline",
        "a",
        "--write-baseline",
        "b",
        "legacy",
    ];
    assert_eq!(context.run(both).code, Some(2));
}

#[test]
fn a_damaged_catalog_in_the_cache_is_not_used() {
    let context = world("");
    context.write("home/.cache/perk/iam-catalog.bin", "nonsense");
    let outcome = context.run(["iam", "validate", "legacy"]);
    insta::assert_snapshot!(outcome.stderr, @"
    warning: `[TEMP]/home/.cache/perk/iam-catalog.bin` is not used: this is not an IAM catalog of perk
    checked 1 policy in 1 file: 1 error, 2 security warnings, 1 warning, 2 suggestions
    ");
}
