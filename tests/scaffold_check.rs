//! `perk scaffold check`.

use perk_test::TestContext;

use crate::context;

const MANIFEST: &str = r#"schema = 1

[template]
name = "worker"
version = "1.0.0"
description = "A worker"

[[question]]
key = "name"
ask = "What is it called?"
help = "lower case"
type = "string"
default = "{{kebab project.name}}"
pattern = "^[a-z][a-z0-9-]*$"
message = "a name is lower-case letters, digits and hyphens"

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
name = "has a name"
run = ["sh", "-c", "test -s name.txt && echo fine"]

[[check]]
name = "has no queue"
run = ["sh", "-c", "echo looking; test ! -e queue.txt"]
"#;

fn template(manifest: &str, name: &str) -> TestContext {
    let context = context();
    context.write("project/worker/template.toml", manifest);
    context.write("project/worker/files/name.txt.hbs", name);
    context.write("project/worker/files/queue.txt", "redis\n");
    context
}

fn good() -> TestContext {
    template(MANIFEST, "{{name}} {{queue}}\n")
}

#[test]
fn a_good_template_has_no_findings() {
    insta::assert_snapshot!(good().run(["scaffold", "check", "worker"]), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    rendered 4 combinations: no findings
    ");
}

#[test]
fn findings_are_drawn_into_their_files() {
    let manifest = MANIFEST
        .replace("message =", "#")
        .replace("queue.txt", "queue.tx");
    let context = template(
        &manifest,
        "{{name}} {{queue}}\n${{ secrets.TOKEN }} {{nam}}\n",
    );
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker"]), @r#"
    exit code: 1
    ----- stdout -----
    warning[MISSING_MESSAGE]: `name` refuses answers and has no `message`
      --> worker/template.toml:14:11
       |
    14 | pattern = "^[a-z][a-z0-9-]*$"
       |           ^^^^^^^^^^^^^^^^^^^
       |
       = help: say in `message` what an answer must be

    error[UNMATCHED_PATTERN]: no file matches `queue.tx`
      --> worker/template.toml:25:10
       |
    25 | paths = ["queue.tx"]
       |          ^^^^^^^^^^
       |
       = help: a pattern is for the whole path below `files`, with `.hbs` at its end if it is there

    error[FOREIGN_TAG]: this looks like a tag of GitHub Actions, not of the template
     --> worker/files/name.txt.hbs:2:2
      |
    2 | ${{ secrets.TOKEN }} {{nam}}
      |  ^^^^^^^^^^^^^^^^^^^
      |
      = help: write `\{{` for braces that stay, or give the file other `delimiters` by a rule

    error[UNKNOWN_NAME]: `nam` is not defined
     --> worker/files/name.txt.hbs:2:22
      |
    2 | ${{ secrets.TOKEN }} {{nam}}
      |                      ^^^^^^^
      |
      = help: did you mean `name`?

    ----- stderr -----
    no combination was rendered: 3 errors, 1 warning
    "#);
}

#[test]
fn a_manifest_that_cannot_be_read_is_a_finding() {
    let context = template(&MANIFEST.replace("ask =", "aks ="), "");
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker"]), @r#"
    exit code: 1
    ----- stdout -----
    error[BAD_MANIFEST]: unknown key `question.aks`
      --> worker/template.toml:10:1
       |
    10 | aks = "What is it called?"
       | ^^^
       |
       = help: did you mean `ask`?

    ----- stderr -----
    no combination was rendered: 1 error
    "#);
}

#[test]
fn what_only_some_answers_show_comes_with_the_command_that_shows_it() {
    let context = good();
    context.write("project/worker/files/{{queue}}", "");
    context.write("project/worker/files/redis.hbs", "");
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker"]), @"
    exit code: 1
    ----- stdout -----
    error[COLLIDING_PATHS]: `redis` would be written twice
     --> worker/files/redis.hbs
      = help: they come from `files/redis.hbs`, `files/{{queue}}`
      = note: seen with `perk scaffold new ./worker example-project --defaults --set queue=redis`

    ----- stderr -----
    rendered 2 combinations: 1 error
    ");
}

#[test]
fn a_folder_that_is_no_template_is_wrong_input() {
    let context = context();
    context.write("project/empty/file", "");
    insta::assert_snapshot!(context.run(["scaffold", "check", "empty"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `empty` is not a template: it has no `template.toml`
    ");
    insta::assert_snapshot!(context.run(["scaffold", "check", "nowhere"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `nowhere` is not a folder
    ");
}

#[test]
fn an_answer_to_nothing_is_wrong_usage() {
    let context = good();
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker", "--set", "queu=redis"]).stderr, @"
    error: the template has no question `queu`
    hint: did you mean `queue`?
    ");
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker", "--set", "queue=kafka"]).stderr, @"
    error: the answer to `queue` does not fit
      caused by: `kafka` is not one of `none`, `redis`
    ");
    insta::assert_snapshot!(context.run(["scaffold", "check", "worker", "--set", "queue"]).stderr, @"
    error: `queue` is not an answer to a question, which has an `=`
    hint: write it as `--set KEY=ANSWER`
    ");
}
