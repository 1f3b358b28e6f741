//! `perk config`.

use crate::context;

const EVERYTHING: &str = r#"
[output]
color = "never"

[iam]
fail-on = "warning"

[iam.checks]
REDUNDANT_ACTION = "off"
"odd code" = "error"

[[iam.checks.suppress]]
code = "PASS_ROLE_WITH_STAR_IN_RESOURCE"
path = "legacy/**"
sid = "Deploy \"all\""
reason = "Moves to the new account in spring."
expires = 2027-01-31
"#;

#[test]
fn without_files_the_defaults_hold() {
    insta::assert_snapshot!(context().run(["config", "show", "--origin"]), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "auto"  # built in
    iam.fail-on = "security-warning"  # built in
    ----- stderr -----
    "#);
}

#[test]
fn every_layer_adds_and_the_nearest_wins() {
    let context = context();
    context.write(
        "system.toml",
        "output.color = 'always'\niam.fail-on = 'error'\n",
    );
    context.write(
        "config/perk/config.toml",
        "[iam]\nfail-on = 'suggestion'\nchecks.B = 'off'\n",
    );
    context.write("project/perk.toml", EVERYTHING);
    context.write("project/deep/below/file", "");
    let show = context
        .invocation(["config", "show", "--origin"])
        .folder("project/deep/below");
    insta::assert_snapshot!(show.clone().run(), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "never"  # project: [TEMP]/project/perk.toml:3:9
    iam.fail-on = "warning"  # project: [TEMP]/project/perk.toml:6:11
    iam.checks.B = "off"  # user: [TEMP]/config/perk/config.toml:3:8
    iam.checks.REDUNDANT_ACTION = "off"  # project: [TEMP]/project/perk.toml:9:1
    iam.checks."odd code" = "error"  # project: [TEMP]/project/perk.toml:10:1

    [[iam.checks.suppress]]  # project: [TEMP]/project/perk.toml:12:1
    code = "PASS_ROLE_WITH_STAR_IN_RESOURCE"
    path = "legacy/**"
    sid = "Deploy \"all\""
    reason = "Moves to the new account in spring."
    expires = 2027-01-31
    ----- stderr -----
    "#);

    let show = show
        .variable("PERK_IAM_FAIL_ON", "never")
        .argument("--color=never");
    insta::assert_snapshot!(show.run(), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "never"  # flag: --color
    iam.fail-on = "never"  # variable: PERK_IAM_FAIL_ON
    iam.checks.B = "off"  # user: [TEMP]/config/perk/config.toml:3:8
    iam.checks.REDUNDANT_ACTION = "off"  # project: [TEMP]/project/perk.toml:9:1
    iam.checks."odd code" = "error"  # project: [TEMP]/project/perk.toml:10:1

    [[iam.checks.suppress]]  # project: [TEMP]/project/perk.toml:12:1
    code = "PASS_ROLE_WITH_STAR_IN_RESOURCE"
    path = "legacy/**"
    sid = "Deploy \"all\""
    reason = "Moves to the new account in spring."
    expires = 2027-01-31
    ----- stderr -----
    "#);
}

#[test]
fn suppressions_of_all_layers_hold() {
    let context = context();
    let entry = |code| format!("[[iam.checks.suppress]]\ncode = '{code}'\nreason = 'known'\n");
    context.write("system.toml", entry("A"));
    context.write("config/perk/config.toml", entry("B"));
    context.write("project/perk.toml", entry("C"));
    insta::assert_snapshot!(context.run(["config", "show", "--origin"]), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "auto"  # built in
    iam.fail-on = "security-warning"  # built in

    [[iam.checks.suppress]]  # system: [TEMP]/system.toml:1:1
    code = "A"
    reason = "known"

    [[iam.checks.suppress]]  # user: [TEMP]/config/perk/config.toml:1:1
    code = "B"
    reason = "known"

    [[iam.checks.suppress]]  # project: [TEMP]/project/perk.toml:1:1
    code = "C"
    reason = "known"
    ----- stderr -----
    "#);
}

#[test]
fn what_is_shown_can_be_read_again() {
    let context = context();
    context.write("project/perk.toml", EVERYTHING);
    let first = context.run(["config", "show"]).data();
    context.write("project/perk.toml", &first);
    assert_eq!(context.run(["config", "show"]).data(), first);
}

#[test]
fn json_says_the_same() {
    let context = context();
    context.write("project/perk.toml", EVERYTHING);
    insta::assert_snapshot!(context.run(["config", "show", "--format", "json"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "settings": [
        {
          "key": "output.color",
          "value": "never",
          "origin": {
            "layer": "project",
            "path": "[TEMP]/project/perk.toml",
            "line": 3,
            "column": 9
          }
        },
        {
          "key": "iam.fail-on",
          "value": "warning",
          "origin": {
            "layer": "project",
            "path": "[TEMP]/project/perk.toml",
            "line": 6,
            "column": 11
          }
        },
        {
          "key": "iam.checks.REDUNDANT_ACTION",
          "value": "off",
          "origin": {
            "layer": "project",
            "path": "[TEMP]/project/perk.toml",
            "line": 9,
            "column": 1
          }
        },
        {
          "key": "iam.checks.\"odd code\"",
          "value": "error",
          "origin": {
            "layer": "project",
            "path": "[TEMP]/project/perk.toml",
            "line": 10,
            "column": 1
          }
        }
      ],
      "suppressions": [
        {
          "code": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
          "path": "legacy/**",
          "sid": "Deploy \"all\"",
          "reason": "Moves to the new account in spring.",
          "expires": "2027-01-31",
          "origin": {
            "layer": "project",
            "path": "[TEMP]/project/perk.toml",
            "line": 12,
            "column": 1
          }
        }
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn paths_are_listed_there_or_not() {
    let context = context();
    context.write("project/perk.toml", "");
    insta::assert_snapshot!(context.run(["config", "path"]), @"
    exit code: 0
    ----- stdout -----
    system   [TEMP]/system.toml  (not there)
    user     [TEMP]/config/perk/config.toml  (not there)
    project  [TEMP]/project/perk.toml
    ----- stderr -----
    ");
    insta::assert_snapshot!(context.run(["config", "path", "--format=json"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "files": [
        {
          "layer": "system",
          "path": "[TEMP]/system.toml",
          "exists": false
        },
        {
          "layer": "user",
          "path": "[TEMP]/config/perk/config.toml",
          "exists": false
        },
        {
          "layer": "project",
          "path": "[TEMP]/project/perk.toml",
          "exists": true
        }
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn paths_are_listed_while_the_configuration_is_broken() {
    let context = context();
    context.write("project/perk.toml", "nonsense");
    assert!(
        context
            .run(["config", "path"])
            .data()
            .contains("[TEMP]/project/perk.toml")
    );
}
