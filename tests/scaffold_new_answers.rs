//! `perk scaffold new` with answers from flags, files and variables.

use crate::context;
use crate::scaffold_new::{text, with_worker};

#[test]
fn missing_answers_are_named_all_at_once() {
    insta::assert_snapshot!(context().run(["scaffold", "new", "rust-service", "x"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no answer to `service_name`, `description`, `owner`, `database`, `telemetry`, `deployment`
    hint: answer with `--set service_name=…`, `--set description=…`, `--set owner=…`, `--set database=…`, `--set telemetry=…`, `--set deployment=…`, or take the defaults with `--defaults`
    ");
}

#[test]
fn the_strongest_answer_wins() {
    let context = with_worker();
    context.write(
        "project/a.toml",
        "name = 'file'\nsize = 7\ntoken = 'hush'\n",
    );
    let run = context
        .invocation([
            "scaffold",
            "new",
            "./worker",
            "out",
            "--answers",
            "a.toml",
            "--set",
            "name=flag",
        ])
        .variable("PERK_SCAFFOLD_NAME", "variable")
        .variable("PERK_SCAFFOLD_SIZE", "9")
        .variable("PERK_SCAFFOLD_OTHER", "x")
        .variable("PERK_SCAFFOLD_TOKN", "x");
    insta::assert_snapshot!(run.run(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning: the variable `PERK_SCAFFOLD_TOKN` has no effect here; did you mean `PERK_SCAFFOLD_TOKEN`?
    Wrote 8 files to `out`.
    Next:
      cd out
      make test
    ");
    assert_eq!(
        text(context.project().join("out/README.md")),
        "# flag x 7\n"
    );
    let record = text(context.project().join("out/.perk/scaffold.toml"));
    assert!(!record.contains("hush"), "{record}");
}

#[test]
fn answers_in_json_and_by_variables_count_too() {
    let context = with_worker();
    context.write("project/a.json", r#"{"size": 4}"#);
    let run = context
        .invocation(["scaffold", "new", "./worker", ".", "--answers", "a.json"])
        .variable("PERK_SCAFFOLD_NAME", "variable")
        .run();
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(
        text(context.project().join("README.md")),
        "# variable x 4\n"
    );
}

#[test]
fn mistaken_answers_are_refused_with_the_reason() {
    let context = with_worker();
    context.write("project/bad.toml", "name = 'a'\nsize =\n");
    context.write("project/bad.json", "{\"name\": }");
    let out = |rest: &[&str]| {
        let mut run = context.invocation(["scaffold", "new", "./worker", "out"]);
        for word in rest {
            run = run.argument(word);
        }
        run.run().to_string()
    };
    let all = [
        out(&["--set", "name=Bad", "--defaults"]),
        out(&["--set", "nmae=a", "--defaults"]),
        out(&["--set", "name=a", "--set", "size=many"]),
        out(&["--set", "hunter2", "--defaults"]),
        out(&["--answers", "none.toml"]),
        out(&["--answers", "bad.toml"]),
        out(&["--answers", "bad.json"]),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the answer to `name` does not fit
      caused by: a name is lower-case letters

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the template has no question `nmae`
    hint: did you mean `name`?

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the answer to `size` does not fit
      caused by: `many` is not a whole number

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `--set …` is no answer
    hint: write it as `--set KEY=ANSWER`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot read the answers
      caused by: `none.toml` does not exist

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `bad.toml` has no answers that can be read
      caused by: string values must be quoted, expected literal string at line 2

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `bad.json` has no answers that can be read
      caused by: expected value at line 1 column 10
    ");
    assert!(!context.project().join("out").exists());
}

#[test]
fn a_secret_in_a_flag_is_warned_about_and_never_shown() {
    let context = with_worker();
    let secret = [
        "scaffold", "new", "./worker", "out", "--set", "name=a", "--set", "size=6",
    ];
    let run = context
        .invocation(secret)
        .argument("--set")
        .argument("token=hunter2")
        .argument("--diff")
        .run();
    insta::assert_snapshot!(run, @r"
    exit code: 0
    ----- stdout -----
    diff --git a/LINK b/LINK
    new file mode 120000
    --- /dev/null
    +++ b/LINK
    @@ -0,0 +1 @@
    +README.md
    \ No newline at end of file
    diff --git a/README.md b/README.md
    new file mode 100644
    --- /dev/null
    +++ b/README.md
    @@ -0,0 +1 @@
    +# a x 6
    diff --git a/src/run.sh b/src/run.sh
    new file mode 100755
    --- /dev/null
    +++ b/src/run.sh
    @@ -0,0 +1 @@
    +#!/bin/sh
    ----- stderr -----
    warning: `--set token=…` shows a secret to everybody on this machine; use `PERK_SCAFFOLD_TOKEN` or `--answers`
    note: `secret.env` is not shown, since a secret is in it
    Wrote 8 files to `out`.
    Next:
      cd out
      make test
    ");
    assert_eq!(
        text(context.project().join("out/secret.env")),
        "TOKEN=hunter2\n"
    );
}

#[test]
fn an_answer_without_effect_is_noted() {
    let context = with_worker();
    let run = context.run([
        "scaffold",
        "new",
        "./worker",
        "out",
        "--yes",
        "--set",
        "name=a",
        "--set",
        "token=x",
        "--dry-run",
    ]);
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    new      .perk/.gitattributes
    new      .perk/.gitignore
    new      .perk/pristine/worker.tar.gz
    new      .perk/scaffold.toml
    new      LINK
    new      README.md
    new      secret.env
    new      src/run.sh
    ----- stderr -----
    warning: `--set token=…` shows a secret to everybody on this machine; use `PERK_SCAFFOLD_TOKEN` or `--answers`
    note: the answer to `token` has no effect: with the other answers it is not asked
    worker 0.3.0 to `out`: 8 files (8 new)
    ");
}
