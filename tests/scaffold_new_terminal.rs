//! `perk scaffold new` at a terminal, with somebody who answers.

use camino::Utf8Path;
use perk_test::{Invocation, TerminalSession, TestContext};

use crate::context;

const CONTROL_C: &str = "\x03";
const ESCAPE: &str = "\x1b";
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";

const MANIFEST: &str = r#"
schema = 1

[template]
name = "worker"
version = "0.3.0"
description = "A worker"

[[question]]
key = "service_name"
ask = "What is it called?"
help = "lower case"
type = "string"
default = "{{kebab project.name}}"
pattern = "^[a-z-]+$"
message = "a name is lower-case letters and hyphens"

[[question]]
key = "queue"
ask = "Which queue?"
type = "choice"
choices = [{ value = "none" }, { value = "nats", label = "NATS" }]

[[question]]
key = "topics"
ask = "Which topics?"
type = "list"
default = ["a", "b"]
when = "(eq queue \"nats\")"

[[question]]
key = "parts"
ask = "Which parts?"
type = "choices"
choices = [{ value = "api" }, { value = "cli" }]

[[question]]
key = "metrics"
ask = "Metrics?"
type = "bool"
default = true

[[question]]
key = "token"
ask = "Token"
type = "secret"
pattern = "^.{4,}$"
message = "a token has 4 letters or more"
"#;

fn with_worker() -> TestContext {
    let context = context();
    context.write("project/worker/template.toml", MANIFEST);
    let all = "{{project.name}} {{service_name}} {{queue}} {{join topics \"+\"}} {{join parts \"+\"}} {{metrics}}\n";
    context.write("project/worker/files/all.hbs", all);
    context.write("project/worker/files/token.hbs", "{{token}}");
    context
}

fn new(context: &TestContext) -> TerminalSession {
    context
        .invocation(["scaffold", "new", "./worker"])
        .at_terminal()
}

/// Returns the names in the project besides the template.
fn written(context: &TestContext) -> Vec<String> {
    let entries = context.project().read_dir_utf8().unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_owned());
    names.filter(|name| name != "worker").collect()
}

fn text(path: impl AsRef<Utf8Path>) -> String {
    String::from_utf8(perk_fs::read_bytes(path.as_ref(), 1 << 20).unwrap()).unwrap()
}

#[test]
fn questions_are_asked_and_answered() {
    let context = with_worker();
    let mut session = new(&context);
    session
        .wait_for("What is it called? ")
        .type_keys("Bad Name\r");
    session.wait_for("error: a name is lower-case letters and hyphens");
    session
        .wait_for("What is it called? ")
        .type_keys("billing\r");
    session
        .wait_for("Which queue?")
        .type_keys(DOWN)
        .type_keys("\r");
    session
        .wait_for("Which topics? [a, b] ")
        .type_keys("x, y\r");
    session
        .wait_for("Which parts?")
        .wait_for("cli")
        .type_keys("a\r");
    session.wait_for("Metrics? [Y/n] ").type_keys("n");
    session.wait_for("Token: ").type_keys("abc\r");
    session.wait_for("error: a token has 4 letters or more");
    session.wait_for("Token: ").type_keys("hunter2\r");
    session.wait_for("yes, write it").type_keys("\r");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("token         (secret)"), "{shown}");
    assert!(shown.contains("Wrote 6 files to `billing`."), "{shown}");
    let folder = context.project().join("billing");
    assert_eq!(
        text(folder.join("all")),
        "billing billing nats x+y api+cli false\n"
    );
    assert_eq!(text(folder.join("token")), "hunter2");
}

#[test]
fn every_question_has_a_way_back() {
    let context = with_worker();
    let mut session = new(&context);
    session.wait_for("What is it called? ").type_keys("<\r");
    session.wait_for("This is the first question.");
    session.wait_for("What is it called? ").type_keys("one\r");
    session
        .wait_for("Which queue?")
        .wait_for("NATS")
        .type_keys(ESCAPE);
    session
        .wait_for("What is it called? [one] ")
        .type_keys("two\r");
    session
        .wait_for("Which queue?")
        .wait_for("NATS")
        .type_keys(DOWN)
        .type_keys("\r");
    session.wait_for("Which topics? [a, b] ").type_keys("<\r");
    session
        .wait_for("Which queue?")
        .wait_for("NATS")
        .type_keys(UP)
        .type_keys("\r");
    session
        .wait_for("Which parts?")
        .wait_for("cli")
        .type_keys("\r");
    session.wait_for("Metrics? [Y/n] ").type_keys("n");
    session.wait_for("Token: ").type_keys(ESCAPE);
    session.wait_for("Metrics? [y/N] ").type_keys("\r");
    session.wait_for("Token: ").type_keys("<\r");
    session.wait_for("Metrics? [y/N] ").type_keys("y");
    session.wait_for("Token: ").type_keys("hunter2\r");
    // From the summary, back to the last question.
    session
        .wait_for("yes, write it")
        .type_keys(DOWN)
        .type_keys("\r");
    session.wait_for("Token: ").type_keys("hunter3\r");
    session.wait_for("yes, write it").type_keys("\r");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    let folder = context.project().join("two");
    assert_eq!(text(folder.join("all")), "two two none a+b  true\n");
    assert_eq!(text(folder.join("token")), "hunter3");
    assert_eq!(written(&context), ["two"]);
}

#[test]
fn no_at_the_summary_writes_nothing() {
    let context = with_worker();
    let answers = [
        "--set",
        "queue=none",
        "--set",
        "parts=",
        "--set",
        "token=hunter2",
    ];
    let mut session = answers
        .into_iter()
        .fold(
            context.invocation(["scaffold", "new", "./worker", "out"]),
            Invocation::argument,
        )
        .at_terminal();
    session
        .wait_for("What is it called? [out] ")
        .type_keys("\r");
    session.wait_for("Metrics? [Y/n] ").type_keys("\r");
    session
        .wait_for("no, write nothing")
        .type_keys(UP)
        .type_keys("\r");
    let (code, shown) = session.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.ends_with("Nothing was written.\n"), "{shown}");
    assert!(written(&context).is_empty());
}

#[test]
fn control_c_writes_nothing_anywhere() {
    let all = ["one\r", "\r", "\r", "y", "hunter2\r"];
    let waits = [
        "called?",
        "Which queue?",
        "Which parts?",
        "Metrics?",
        "Token:",
        "Write it?",
    ];
    for (stop, last) in waits.iter().enumerate() {
        let context = with_worker();
        let mut session = new(&context);
        for (wait, keys) in waits[..stop].iter().zip(&all) {
            session.wait_for(wait).type_keys(keys);
        }
        session.wait_for(last).type_keys(CONTROL_C);
        let (code, shown) = session.end();
        assert_eq!(code, Some(130), "{last}: {shown}");
        assert!(shown.ends_with("Nothing was written.\n"), "{last}: {shown}");
        assert!(written(&context).is_empty(), "{last}");
    }
}

#[test]
fn differences_can_be_seen_before_files_are_replaced() {
    let context = with_worker();
    context.write("project/out/all", "mine\n");
    let new = [
        "scaffold",
        "new",
        "./worker",
        "out",
        "--defaults",
        "--set",
        "service_name=a",
        "--set",
        "queue=none",
        "--set",
        "parts=api",
    ];
    let mut session = context
        .invocation(new)
        .variable("PERK_SCAFFOLD_TOKEN", "hunter2")
        .at_terminal();
    session
        .wait_for("yes, and replace 1 file")
        .type_keys(DOWN)
        .type_keys("\r");
    session
        .wait_for("-mine")
        .wait_for("+out a none a+b api true");
    session.wait_for("yes, and replace 1 file").type_keys("\r");
    let (code, shown) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert_eq!(
        text(context.project().join("out/all")),
        "out a none a+b api true\n"
    );
}

#[test]
fn yes_asks_nothing() {
    let context = context();
    let new = ["scaffold", "new", "rust-service", "billing", "--yes"];
    let (code, shown) = context.invocation(new).at_terminal().end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains('?'), "{shown}");
}
