//! Programs that a template wants run: shown, trusted, run.

use std::fs;

use camino::Utf8PathBuf;
use perk_test::{Invocation, TerminalSession, TestContext};
use rustix::process::{Signal, kill_process_group, test_kill_process};

use crate::context;
use crate::scaffold_repositories::{Repository, manifest, perk, text};
use crate::scaffold_signals::{perk_in_group, wait_for_number};

const BEFORE: &str = "[[hook]]\nat = 'before'\nrun = ['sh', '-c', 'pwd > before.txt']\n";
const AFTER: &str = "[[hook]]\nat = 'after'\nrun = ['sh', '-c', 'ls > after.txt; echo said']\n";

/// A context with the template `./worker`, which has these hooks.
fn with_hooks(hooks: &str) -> TestContext {
    let context = context();
    write_template(&context, "project/worker", hooks);
    context
}

fn write_template(context: &TestContext, folder: &str, hooks: &str) {
    let manifest = manifest("worker", "1.0.0") + hooks;
    context.write(&format!("{folder}/template.toml"), manifest);
    context.write(&format!("{folder}/files/worker.txt"), "one\n");
}

fn store(context: &TestContext) -> Utf8PathBuf {
    context
        .root()
        .join("home/.local/share/perk/trusted-hooks.toml")
}

fn new<'c>(context: &'c TestContext, folder: &str) -> Invocation<'c> {
    perk(context, &["new", "./worker", folder, "--no-git"])
}

/// Starts to make a project at a terminal, and says that it is to be written.
fn written(context: &TestContext, folder: &str) -> TerminalSession {
    let mut session = new(context, folder).at_terminal();
    session.wait_for("yes, write it").type_keys("\r");
    session
}

#[test]
fn without_anybody_to_ask_nothing_runs_and_nothing_is_written() {
    let context = with_hooks(&format!("{BEFORE}{AFTER}"));
    insta::assert_snapshot!(new(&context, "out").run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the template runs programs that are not trusted here: `sh -c 'pwd > before.txt'`, `sh -c 'ls > after.txt; echo said'`
    hint: read the template, and if you trust it pass `--trust`
    ");
    assert!(!context.project().join("out").exists());
    assert!(!context.project().join("before.txt").exists());
    assert!(!store(&context).exists());
    // `--yes` at a terminal is nobody, too.
    let (code, shown) = new(&context, "out").argument("--yes").at_terminal().end();
    assert_eq!(code, Some(2), "{shown}");
    assert!(!context.project().join("out").exists());
}

#[test]
fn with_trust_they_run_at_their_moments_and_places() {
    let context = with_hooks(&format!("{BEFORE}{AFTER}"));
    insta::assert_snapshot!(new(&context, "out").argument("--trust").run(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    The template runs programs, which can do whatever you can do:
      before: sh -c 'pwd > before.txt'
      after:  sh -c 'ls > after.txt; echo said'
    Running `sh -c 'pwd > before.txt'`.
    Wrote 5 files to `out`.
    Running `sh -c 'ls > after.txt; echo said'`.
    said
    Next:
      cd out
    ");
    let project = context.project();
    assert_eq!(text(project.join("before.txt")), format!("{project}\n"));
    assert_eq!(
        text(project.join("out/after.txt")),
        "after.txt\nworker.txt\n"
    );
    // The trust is for who is at a terminal; a script has to say it again.
    assert_eq!(new(&context, "again").run().code, Some(2));
}

#[test]
fn a_dry_run_shows_them_and_asks_and_runs_nothing() {
    let context = with_hooks(&format!("{BEFORE}{AFTER}"));
    insta::assert_snapshot!(new(&context, "out").argument("--dry-run").run(), @"
    exit code: 0
    ----- stdout -----
    new      .perk/.gitattributes
    new      .perk/.gitignore
    new      .perk/pristine/worker.tar.gz
    new      .perk/scaffold.toml
    new      worker.txt
    ----- stderr -----
    worker 1.0.0 to `out`: 5 files (5 new)
    The template runs programs, which can do whatever you can do:
      before: sh -c 'pwd > before.txt'
      after:  sh -c 'ls > after.txt; echo said'
    ");
    let (code, shown) = new(&context, "out")
        .argument("--dry-run")
        .at_terminal()
        .end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains('?'), "{shown}");
    assert!(!context.project().join("before.txt").exists() && !store(&context).exists());
}

#[test]
fn at_a_terminal_somebody_is_asked_once() {
    let context = with_hooks(AFTER);
    let mut session = written(&context, "one");
    session.wait_for("after:  sh -c 'ls > after.txt; echo said'");
    session
        .wait_for("Trust this program and run it? [y/N] ")
        .type_keys("y");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("Running `sh -c"), "{shown}");
    assert!(context.project().join("one/after.txt").exists());
    assert!(text(store(&context)).contains("'sh'") || text(store(&context)).contains("\"sh\""));

    let (code, shown) = written(&context, "two").end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("Trust"), "{shown}");
    assert!(context.project().join("two/after.txt").exists());
}

#[test]
fn a_changed_byte_asks_again() {
    let context = with_hooks(AFTER);
    let trusted = new(&context, "one").argument("--trust").run();
    assert_eq!(trusted.code, Some(0), "{trusted}");
    context.write("project/worker/files/worker.txt", "two\n");
    let mut session = written(&context, "two");
    session.wait_for("Trust this program").type_keys("\r");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!context.project().join("two/after.txt").exists());
    context.write("project/worker/files/worker.txt", "one\n");
    assert!(!written(&context, "three").end().1.contains("Trust"));
    // The same bytes somewhere else are another template.
    write_template(&context, "project/else/worker", AFTER);
    let mut session = perk(&context, &["new", "./else/worker", "four"]).at_terminal();
    session.wait_for("yes, write it").type_keys("\r");
    session.wait_for("Trust this program").type_keys("n");
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn another_commit_asks_again() {
    let context = context();
    let repository = Repository::new(&context, "repository");
    write_template(&context, "repository", AFTER);
    repository.commit();
    let spec = repository.spec("#main");
    let first = perk(&context, &["new", &spec, "one", "--trust"]).run();
    assert_eq!(first.code, Some(0), "{first}");
    context.write("repository/README.md", "not a part of the template\n");
    repository.commit();
    let mut session = perk(&context, &["new", &spec, "two"]).at_terminal();
    session.wait_for("Getting the template from `git+file:");
    session.wait_for("yes, write it").type_keys("\r");
    session.wait_for("Trust this program").type_keys("y");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert_eq!(text(store(&context)).matches("[[hook]]").count(), 2);
}

#[test]
fn no_to_what_comes_after_leaves_the_project_and_says_how() {
    let context = with_hooks(AFTER);
    let mut session = written(&context, "out");
    session.wait_for("Trust this program").type_keys("n");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    let (_, said) = shown.split_once("Wrote").unwrap();
    insta::assert_snapshot!(said, @"
     5 files to `out`.
    warning: `sh -c 'ls > after.txt; echo said'` was not run; the project may need it
    Next:
      cd out
      sh -c 'ls > after.txt; echo said'
    ");
    assert!(context.project().join("out/worker.txt").exists());
    assert!(!store(&context).exists());
}

#[test]
fn no_to_what_comes_before_writes_nothing() {
    let context = with_hooks(&format!("{BEFORE}{AFTER}"));
    for key in ["n", "\r", "\x1b", "\x03"] {
        let mut session = written(&context, "out");
        session
            .wait_for("Trust these 2 programs and run them?")
            .type_keys(key);
        let (code, shown) = session.end();
        assert_eq!(code, Some(130), "{key:?}: {shown}");
        assert!(
            shown.ends_with("Nothing was written.\n"),
            "{key:?}: {shown}"
        );
        assert!(!context.project().join("out").exists(), "{key:?}");
        assert!(!context.project().join("before.txt").exists(), "{key:?}");
    }
}

#[test]
fn a_failure_before_writes_nothing_and_one_after_leaves_what_is_written() {
    let fails = "run = ['sh', '-c', 'echo no luck; exit 7']\n";
    let context = with_hooks(&format!("[[hook]]\nat = 'before'\n{fails}"));
    insta::assert_snapshot!(new(&context, "out").argument("--trust").run(), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    The template runs programs, which can do whatever you can do:
      before: sh -c 'echo no luck; exit 7'
    Running `sh -c 'echo no luck; exit 7'`.
    no luck
    Nothing was written.
    error: the hook `sh -c 'echo no luck; exit 7'` has failed
      caused by: `sh` failed to run as a hook (exit code 7)
    ");
    assert!(!context.project().join("out").exists());
    write_template(
        &context,
        "project/worker",
        &format!("[[hook]]\nat = 'after'\n{fails}{AFTER}"),
    );
    let run = new(&context, "out")
        .argument("--trust")
        .argument("--format=json")
        .run();
    assert_eq!(run.code, Some(3), "{run}");
    insta::assert_snapshot!(run.stderr, @"
    The template runs programs, which can do whatever you can do:
      after:  sh -c 'echo no luck; exit 7'
      after:  sh -c 'ls > after.txt; echo said'
    Wrote 5 files to `out`.
    Running `sh -c 'echo no luck; exit 7'`.
    no luck
    error: the hook `sh -c 'echo no luck; exit 7'` has failed
      caused by: `sh` failed to run as a hook (exit code 7)
    The files stay as they were written.
    To go on by hand:
      cd out
      sh -c 'echo no luck; exit 7'
      sh -c 'ls > after.txt; echo said'
    ");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["written"], true);
    assert_eq!(document["hooks"][0]["state"], "failed");
    assert_eq!(document["hooks"][1]["state"], "not-run");
    assert!(context.project().join("out/worker.txt").exists());
    assert!(!context.project().join("out/after.txt").exists());
}

#[test]
fn a_hook_is_shown_as_a_shell_would_take_it_and_no_shell_takes_it() {
    let hook = |words: &str| format!("[[hook]]\nat = 'after'\nrun = [{words}]\n");
    let context = with_hooks(&hook("'touch', '$(id)', \"it's; id\""));
    let run = new(&context, "out").argument("--trust").run();
    assert_eq!(run.code, Some(0), "{run}");
    let shown = r"touch '$(id)' 'it'\''s; id'";
    assert!(run.stderr.contains(shown), "{run}");
    assert!(context.project().join("out/$(id)").exists());
    // What would hide a part of it at a terminal is not even a template.
    write_template(
        &context,
        "project/worker",
        &hook(r#""touch", "a\r\u001b[2Kb""#),
    );
    let run = new(&context, "other").argument("--trust").run();
    insta::assert_snapshot!(run, @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: template.toml:8:7: `run` has control or invisible characters
    ");
}

#[test]
fn a_program_of_the_project_runs_and_one_in_disguise_does_not() {
    let context = with_hooks("[[hook]]\nat = 'after'\nrun = ['./setup.sh']\n");
    context.write(
        "project/worker/files/setup.sh",
        "#!/bin/sh\ntouch \"$0.ran\" ; env > env\n",
    );
    let script = context.project().join("worker/files/setup.sh");
    fs::set_permissions(script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let run = new(&context, "deep/out")
        .argument("--trust")
        .variable("PERK_SCAFFOLD_TOKEN", "hush")
        .run();
    assert_eq!(run.code, Some(0), "{run}");
    assert!(context.project().join("deep/out/setup.sh.ran").exists());
    assert!(!text(context.project().join("deep/out/env")).contains("PERK_"));
    write_template(
        &context,
        "project/worker",
        "[[hook]]\nat = 'after'\nrun = ['setup.sh']\n",
    );
    let run = new(&context, "other").argument("--trust").run();
    assert_eq!(run.code, Some(3), "{run}");
    write_template(
        &context,
        "project/worker",
        "[[hook]]\nat = 'before'\nrun = ['./setup.sh']\n",
    );
    let run = new(&context, "before").argument("--trust").run();
    assert_eq!(run.code, Some(2), "{run}");
    assert!(!context.project().join("before").exists());
}

#[test]
fn a_store_that_others_can_write_is_not_believed() {
    let context = with_hooks(AFTER);
    assert_eq!(new(&context, "one").argument("--trust").run().code, Some(0));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    fs::set_permissions(store(&context), mode).unwrap();
    insta::assert_snapshot!(new(&context, "two").argument("--trust").run(), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    The template runs programs, which can do whatever you can do:
      after:  sh -c 'ls > after.txt; echo said'
    error: `[TEMP]/home/.local/share/perk/trusted-hooks.toml` can be written by others than you, so that nothing in it is trusted
    hint: look through it, then run `chmod 600 [TEMP]/home/.local/share/perk/trusted-hooks.toml`
    ");
    assert!(!context.project().join("two").exists());
}

#[test]
fn control_c_ends_the_program_and_leaves_what_is_written() {
    let context = with_hooks(
        "[[hook]]\nat = 'after'\nrun = ['sh', '-c', 'echo $$ > pid; sleep 100; touch late']\n",
    );
    let new = ["scaffold", "new", "./worker", "out", "--trust", "--no-git"];
    let (group, mut child) = perk_in_group(&context, &new);
    let pid = wait_for_number(&context.project().join("out/pid"));
    // All programs at a terminal get what Ctrl-C sends.
    kill_process_group(group, Signal::INT).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "{status}");
    assert!(test_kill_process(pid).is_err());
    assert!(context.project().join("out/worker.txt").exists());
    assert!(!context.project().join("out/late").exists());
    assert_eq!(fs::read_dir(context.root().join("tmp")).unwrap().count(), 0);
}
