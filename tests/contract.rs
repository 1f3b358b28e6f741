//! What holds for every command: streams, exit codes, colors, bad configuration, bad places.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::PermissionsExt as _;

use crate::context;

#[test]
fn nothing_typed_is_wrong_usage() {
    let outcome = context().run([]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
}

#[test]
fn an_unknown_key_is_an_error_with_its_place() {
    let context = context();
    context.write("project/perk.toml", "[iam]\n\n  fial-on = 'error'\n");
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unknown key `iam.fial-on` at [TEMP]/project/perk.toml:3:3
    hint: did you mean `fail-on`?
    ");
}

#[test]
fn a_key_that_resembles_nothing_gets_the_list() {
    let context = context();
    context.write("project/perk.toml", "[[iam.checks.suppress]]\nwhy = 'so'\n");
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unknown key `iam.checks.suppress.why` at [TEMP]/project/perk.toml:2:1
    hint: the keys here are `code`, `path`, `sid`, `reason`, `expires`
    ");
}

#[test]
fn wrong_values_are_errors_with_their_place() {
    let context = context();
    let show = |text: &str| {
        context.write("project/perk.toml", text);
        let outcome = context.run(["config", "show"]);
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (Some(2), ""),
            "{text}"
        );
        outcome.stderr
    };
    let entry = |rest: &str| show(&format!("[[iam.checks.suppress]]\n{rest}"));
    insta::assert_snapshot!(show("iam.fail-on = 'critical'"), @"
    error: `critical` is not a value of `iam.fail-on` ([TEMP]/project/perk.toml:1:15)
    hint: use one of `error`, `security-warning`, `warning`, `suggestion`, `never`
    ");
    insta::assert_snapshot!(show("iam.fail-on = 3"), @"error: `iam.fail-on` at [TEMP]/project/perk.toml:1:15 must be a string, not an integer");
    insta::assert_snapshot!(show("iam = 'strict'"), @"error: `iam` at [TEMP]/project/perk.toml:1:7 must be a table, not a string");
    insta::assert_snapshot!(show("iam.checks.suppress = 'all'"), @"error: `iam.checks.suppress` at [TEMP]/project/perk.toml:1:23 must be a list of tables, not a string");
    insta::assert_snapshot!(show("[output\ncolor = 'auto'"), @"error: [TEMP]/project/perk.toml:1:8 is not valid TOML: unclosed table, expected `]`");
    insta::assert_snapshot!(show("[iam]\nfail-on = 'error'\nfail-on = 'never'"), @"error: [TEMP]/project/perk.toml:3:1 is not valid TOML: duplicate key");
    insta::assert_snapshot!(entry("code = 'A'"), @r#"
    error: `iam.checks.suppress.reason` is missing in the entry at [TEMP]/project/perk.toml:1:1
    hint: say it with `reason = "..."`
    "#);
    insta::assert_snapshot!(entry("code = 'A'\nreason = ' '"), @r#"
    error: `iam.checks.suppress.reason` at [TEMP]/project/perk.toml:3:10 must not be blank
    hint: say it with `reason = "..."`
    "#);
    insta::assert_snapshot!(entry("code = 'A'\nreason = 'b'\npath = '['"), @"
    error: `[` at [TEMP]/project/perk.toml:4:8 is not a path pattern
      caused by: error parsing glob '[': unclosed character class; missing ']'
    ");
    insta::assert_snapshot!(entry("code = 'A'\nreason = 'b'\nexpires = '2027-01-31'"), @"error: `iam.checks.suppress.expires` at [TEMP]/project/perk.toml:4:11 must be a bare date such as 2027-01-31, not a string");
    insta::assert_snapshot!(entry("code = 'A'\nreason = 'b'\nexpires = 2027-01-31T00:00:00Z"), @"error: `iam.checks.suppress.expires` at [TEMP]/project/perk.toml:4:11 must be a bare date such as 2027-01-31, not a date or time");
}

#[test]
fn a_wrong_variable_is_named() {
    let context = context();
    let show = context
        .invocation(["config", "show"])
        .variable("PERK_COLOR", "blue");
    insta::assert_snapshot!(show.run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `blue` is not a value of `PERK_COLOR` (environment)
    hint: use one of `auto`, `always`, `never`
    ");
}

#[test]
fn a_misspelled_variable_is_noticed() {
    let context = context();
    let show = context
        .invocation(["config", "path"])
        .variable("PERK_IAM_FAILON", "error")
        .variable("PERK_TOKEN", "of somebody else");
    insta::assert_snapshot!(show.clone().run().stderr, @"warning: the variable `PERK_IAM_FAILON` has no effect; did you mean `PERK_IAM_FAIL_ON`?");
    assert_eq!(show.argument("--quiet").run().stderr, "");
}

#[test]
fn control_characters_from_a_file_do_not_reach_the_terminal() {
    let context = context();
    context.write("project/perk.toml", "\"\\u001b[2J\" = 1");
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unknown key `�[2J` at [TEMP]/project/perk.toml:1:1
    hint: the keys here are `output`, `iam`, `scaffold`, `docker-run`
    ");
}

#[test]
fn no_color_beats_force_color_and_a_flag_beats_both() {
    let context = context();
    let show = context.invocation(["config", "show"]);
    let is_colored = |outcome: perk_test::Outcome| outcome.data().contains('\u{1b}');
    assert!(!is_colored(show.clone().run()));
    let forced = show.variable("CLICOLOR_FORCE", "1");
    assert!(is_colored(forced.clone().run()));
    let both = forced.variable("NO_COLOR", "1");
    assert!(!is_colored(both.clone().run()));
    assert!(is_colored(both.clone().argument("--color=always").run()));
    assert!(is_colored(both.variable("PERK_COLOR", "always").run()));
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let context = context();
    for arguments in [
        ["config", "show"],
        ["completions", "bash"],
        ["config", "--help"],
    ] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let outcome = context.invocation(arguments).run_with(writer);
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_full_disk_is_a_failure() {
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        return;
    };
    let outcome = context().invocation(["config", "show"]).run_with(full);
    insta::assert_snapshot!(outcome, @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot write to standard output
      caused by: No space left on device (os error 28)
    ");
}

#[test]
fn a_home_is_not_needed() {
    let context = context();
    let show = context
        .invocation(["config", "show"])
        .without_variable("HOME")
        .without_variable("XDG_CONFIG_HOME")
        .without_variable("PATH");
    assert_eq!(show.run().code, Some(0));
}

#[test]
fn a_configuration_that_cannot_be_read_is_an_error() {
    let context = context();
    context.write("project/perk.toml/file", "");
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the configuration file
      caused by: `[TEMP]/project/perk.toml` is a folder, not a file
    ");
}

#[test]
fn a_configuration_that_is_not_text_is_an_error() {
    let context = context();
    context.write("project/perk.toml", b"[output]\n\xff");
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the configuration file
      caused by: `[TEMP]/project/perk.toml` is not UTF-8 text: byte 9 does not belong there
    ");
}

#[test]
fn a_configuration_without_permission_is_an_error() {
    let context = context();
    context.write("project/perk.toml", "");
    let path = context.project().join("perk.toml");
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    if File::open(&path).is_ok() {
        // The superuser may read everything.
        return;
    }
    insta::assert_snapshot!(context.run(["config", "show"]), @"");
}

#[test]
fn a_configuration_that_links_to_nothing_is_an_error() {
    let context = context();
    std::os::unix::fs::symlink("nowhere", context.project().join("perk.toml")).unwrap();
    insta::assert_snapshot!(context.run(["config", "show"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the configuration file
      caused by: `[TEMP]/project/perk.toml` does not exist
    ");
}

#[test]
fn an_argument_that_is_not_text_is_wrong_usage() {
    let argument = std::ffi::OsString::from_vec(b"\xff".to_vec());
    assert_eq!(
        context().invocation([]).argument(argument).run().code,
        Some(2)
    );
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    let outcome = context().run(["config", "show", "--quiet", "--verbose"]);
    assert_eq!(outcome.code, Some(2));
}
