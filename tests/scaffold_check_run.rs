//! `perk scaffold check --run`.

use std::fs;
use std::thread;
use std::time::Duration;

use perk_test::{Invocation, TestContext};
use rustix::process::{Signal, kill_process_group, test_kill_process};

use crate::context;
use crate::scaffold_signals::{perk_in_group, wait_for_number};

const MANIFEST: &str = r#"schema = 1

[template]
name = "worker"
version = "1.0.0"
description = "A worker"

[[question]]
key = "queue"
ask = "Which queue does it read?"
type = "choice"
choices = [{ value = "none" }, { value = "redis" }]
default = "none"

[[rule]]
paths = ["queue.txt"]
when = '(eq queue "redis")'

[[check]]
name = "name"
run = ["sh", "-c", "test -s name.txt && echo fine"]

[[check]]
name = "no queue"
run = ["sh", "-c", "echo looking; echo harder >&2; test ! -e queue.txt"]

[[check]]
name = "last"
run = ["sh", "-c", "touch was-here"]
"#;

fn template(manifest: &str) -> TestContext {
    let context = context();
    context.write("project/worker/template.toml", manifest);
    context.write("project/worker/files/name.txt.hbs", "{{queue}}\n");
    context.write("project/worker/files/queue.txt", "redis\n");
    context
}

fn check<'c>(context: &'c TestContext, arguments: &[&str]) -> Invocation<'c> {
    let check = context
        .invocation(["scaffold", "check", "worker"])
        .variable("PATH", "/usr/bin:/bin");
    arguments.iter().fold(check, Invocation::argument)
}

#[test]
fn a_combination_ends_with_its_first_failing_check() {
    let context = template(MANIFEST);
    insta::assert_snapshot!(check(&context, &["--run"]).run(), @"
    exit code: 1
    ----- stdout -----
    failed: no queue: `sh -c echo looking; echo harder >&2; test ! -e queue.txt`, exit code 1
     --> perk scaffold new ./worker example-project --defaults --set queue=redis
      | looking
      | harder

    ----- stderr -----
    combination 1: the defaults
      passed: name ([DURATION])
      passed: no queue ([DURATION])
      passed: last ([DURATION])
    combination 2: --set queue=redis
      passed: name ([DURATION])
      failed: no queue ([DURATION])
    rendered 2 combinations: no findings
    ran 5 checks in 2 combinations: 1 failed
    ");
    assert_eq!(fs::read_dir(context.root().join("tmp")).unwrap().count(), 0);
}

#[test]
fn all_checks_may_pass() {
    let context = template(MANIFEST);
    let check = check(&context, &["--run", "--set", "queue=none"]);
    insta::assert_snapshot!(check.run(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    combination 1: --set queue=none
      passed: name ([DURATION])
      passed: no queue ([DURATION])
      passed: last ([DURATION])
    rendered 1 combination: no findings
    ran 3 checks in 1 combination: 0 failed
    ");
}

#[test]
fn the_combinations_with_the_most_files_come_first() {
    let context = template(MANIFEST);
    let check = check(&context, &["--run", "--combinations", "1"]);
    let stderr = check.run().stderr;
    assert!(
        stderr.contains("combination 2: --set queue=redis"),
        "{stderr}"
    );
    assert!(!stderr.contains("combination 1"), "{stderr}");
}

#[test]
fn folders_are_kept_when_asked() {
    let context = template(MANIFEST);
    let keep = ["--run", "--keep", "kept/here"];
    assert_eq!(check(&context, &keep).run().code, Some(1));
    let kept = context.project().join("kept/here");
    assert!(kept.join("combination-1/was-here").exists());
    assert!(kept.join("combination-2/queue.txt").exists());
    insta::assert_snapshot!(check(&context, &keep).run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `kept/here` is not empty
    hint: name a folder that does not exist yet
    ");
}

#[test]
fn a_check_whose_program_is_not_installed_is_skipped() {
    let context = template(&MANIFEST.replacen("\"sh\"", "\"no-such-program\"", 1));
    let run = check(&context, &["--run", "--set", "queue=none"]).run();
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    combination 1: --set queue=none
      skipped: name: no-such-program is not installed
      passed: no queue ([DURATION])
      passed: last ([DURATION])
    rendered 1 combination: no findings
    ran 2 checks in 1 combination: 0 failed, 1 skipped
    ");
    let json = check(&context, &["--run", "--format=json"]).run().stdout;
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        document["combinations"][0]["checks"][0]["outcome"],
        "skipped"
    );
    assert_eq!(document["summary"]["skipped_checks"], 2);
    assert_fits_schema(&document);
}

#[test]
fn a_program_of_the_project_itself_has_to_be_there() {
    let context = template(&MANIFEST.replacen("\"sh\"", "\"./no-such-program\"", 1));
    let run = check(&context, &["--run", "--combinations", "1"]).run();
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("there is no such program"), "{run}");
}

#[test]
fn a_check_that_takes_too_long_is_stopped_with_what_it_said() {
    let context = template(&MANIFEST.replace("echo looking", "echo looking; sleep 100"));
    let run = check(
        &context,
        &["--run", "--timeout", "1", "--set", "queue=none"],
    )
    .run();
    insta::assert_snapshot!(run, @"
    exit code: 1
    ----- stdout -----
    failed: no queue: `sh -c echo looking; sleep 100; echo harder >&2; test ! -e queue.txt`, no end within [DURATION]
     --> perk scaffold new ./worker example-project --defaults --set queue=none
      | looking

    ----- stderr -----
    combination 1: --set queue=none
      passed: name ([DURATION])
      failed: no queue ([DURATION])
    rendered 1 combination: no findings
    ran 2 checks in 1 combination: 1 failed
    ");
    assert_eq!(fs::read_dir(context.root().join("tmp")).unwrap().count(), 0);
}

#[test]
fn control_c_ends_the_programs_and_removes_the_folders() {
    // A shell lets what runs in the background ignore an interrupt, and may itself lose one that
    // comes between two of its commands: its number is told when it has come to the last.
    let script = "echo $$ > ../../new; \
                  (sleep 0.3; mv ../../new ../../pid; sleep 1; touch ../../late) & sleep 100";
    let context = template(&MANIFEST.replace("echo looking", script));
    let child = perk_in_group(&context, &["scaffold", "check", "worker", "--run"]);
    let pid = wait_for_number(&context.root().join("tmp/pid"));
    kill_process_group(child.0, Signal::INT).unwrap();
    let status = child.1.wait_with_output().unwrap();
    assert_eq!(status.status.code(), Some(130), "{status:?}");
    let said = String::from_utf8(status.stderr).unwrap();
    assert!(
        said.ends_with("Interrupted before all checks were run.\n"),
        "{said}"
    );
    assert!(test_kill_process(pid).is_err());
    thread::sleep(Duration::from_millis(1500));
    fs::remove_file(context.root().join("tmp/pid")).unwrap();
    assert_eq!(fs::read_dir(context.root().join("tmp")).unwrap().count(), 0);
}

#[test]
fn nothing_is_run_on_a_template_with_errors() {
    let context = template(&MANIFEST.replace("queue.txt\"]", "queue.tx\"]"));
    let outcome = check(&context, &["--run", "--keep", "kept"]).run();
    assert_eq!(outcome.code, Some(1));
    assert!(!context.project().join("kept").exists());
}

#[test]
fn the_document_has_everything() {
    let context = template(MANIFEST);
    let outcome = check(&context, &["--run", "--format", "json"]).run();
    let document: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["summary"]["failed_checks"], 1);
    assert_eq!(document["combinations"][1]["settings"]["queue"], "redis");
    assert_eq!(document["combinations"][1]["files"], 2);
    let checks = document["combinations"][1]["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 2);
    assert_eq!(checks[1]["outcome"], "failed");
    assert_eq!(checks[1]["output"], "looking\nharder\n");
    assert_fits_schema(&document);
}

fn assert_fits_schema(document: &serde_json::Value) {
    let schemas = perk::schemas();
    let (_, schema) = schemas
        .iter()
        .find(|(name, _)| *name == "scaffold-check")
        .unwrap();
    let mut compiler = boon::Compiler::new();
    compiler
        .add_resource("schema.json", schema.as_value().clone())
        .unwrap();
    let mut ready = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut ready).unwrap();
    ready.validate(document, index).unwrap();
}
