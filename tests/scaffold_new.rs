//! `perk scaffold new` without anybody to ask.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use camino::Utf8Path;
use perk_test::TestContext;

use crate::context;

const MANIFEST: &str = r#"
schema = 1

[template]
name = "worker"
version = "0.3.0"
description = "A worker"

[[question]]
key = "name"
ask = "Name"
type = "string"
pattern = "^[a-z]+$"
message = "a name is lower-case letters"

[[question]]
key = "size"
ask = "How many"
type = "int"
default = 3

[[question]]
key = "token"
ask = "Token"
type = "secret"
default = "changeme"
when = "(gt size 5)"

[[check]]
name = "tests"
run = ["make", "test"]
"#;

/// A context with the template `./worker` in the project.
pub(crate) fn with_worker() -> TestContext {
    let context = context();
    context.write("project/worker/template.toml", MANIFEST);
    context.write(
        "project/worker/files/README.md.hbs",
        "# {{name}} x {{size}}\n",
    );
    context.write("project/worker/files/src/run.sh", "#!/bin/sh\n");
    context.write("project/worker/files/secret.env.hbs", "TOKEN={{token}}\n");
    let script = context.project().join("worker/files/src/run.sh");
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    symlink("README.md", context.project().join("worker/files/LINK")).unwrap();
    context
}

pub(crate) fn text(path: impl AsRef<Utf8Path>) -> String {
    let bytes = perk_fs::read_bytes(path.as_ref(), 1 << 20).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_template_of_the_binary_becomes_a_project() {
    let context = context();
    let run = context.run([
        "scaffold",
        "new",
        "rust-service",
        "services/billing",
        "--defaults",
    ]);
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 77 files to `services/billing`.
    Next:
      cd services/billing
      cargo fmt --check
      cargo clippy --all-targets -- -D warnings
      cargo test
    ");
    let project = context.project().join("services/billing");
    assert!(text(project.join("Cargo.toml")).contains("name = \"billing\""));
    assert!(text(project.join(".perk/scaffold.toml")).contains("name = \"rust-service\""));
    let again = context.run([
        "scaffold",
        "new",
        "rust-service",
        "services/billing",
        "--yes",
    ]);
    insta::assert_snapshot!(again, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    `services/billing` had everything already.
    ");
}

#[test]
fn an_answer_names_the_folder() {
    let context = context();
    let new = [
        "scaffold",
        "new",
        "python-service",
        "--yes",
        "--set",
        "service_name=ledger",
    ];
    assert_eq!(context.run(new).code, Some(0));
    assert!(context.project().join("ledger/pyproject.toml").is_file());
}

#[test]
fn without_a_folder_nothing_is_guessed() {
    let context = with_worker();
    insta::assert_snapshot!(context.run(["scaffold", "new", "rust-service", "--defaults"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: it is not said which folder to write to
    hint: type it after the template: `perk scaffold new rust-service FOLDER`
    hint: or answer `--set service_name=…`, which is its name
    ");
    insta::assert_snapshot!(context.run(["scaffold", "new", "./worker"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: it is not said which folder to write to
    hint: type it after the template: `perk scaffold new ./worker FOLDER`
    ");
}

#[test]
fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let context = with_worker();
    let new = [
        "scaffold", "new", "./worker", "out", "--set", "name=a", "--set", "size=3",
    ];
    insta::assert_snapshot!(context.invocation(new).argument("--dry-run").run(), @"
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
    worker 0.3.0 to `out`: 8 files (8 new)
    ");
    assert!(!context.project().join("out").exists());

    assert_eq!(context.run(new).code, Some(0));
    context.write("project/out/README.md", "# mine\n");
    fs::remove_file(context.project().join("out/src/run.sh")).unwrap();
    insta::assert_snapshot!(context.invocation(new).argument("--dry-run").run(), @"
    exit code: 1
    ----- stdout -----
    same     .perk/.gitattributes
    same     .perk/.gitignore
    same     .perk/pristine/worker.tar.gz
    same     .perk/scaffold.toml
    same     LINK
    changed  README.md
    same     secret.env
    new      src/run.sh
    ----- stderr -----
    worker 0.3.0 to `out`: 8 files (1 new, 1 changed, 6 the same)
    note: files that are changed are replaced with `--overwrite` only
    ");
    let diff = context
        .invocation(new)
        .argument("--dry-run")
        .argument("--diff");
    insta::assert_snapshot!(diff.run(), @"
    exit code: 1
    ----- stdout -----
    diff --git a/README.md b/README.md
    --- a/README.md
    +++ b/README.md
    @@ -1 +1 @@
    -# mine
    +# a x 3
    diff --git a/src/run.sh b/src/run.sh
    new file mode 100755
    --- /dev/null
    +++ b/src/run.sh
    @@ -0,0 +1 @@
    +#!/bin/sh
    ----- stderr -----
    worker 0.3.0 to `out`: 8 files (1 new, 1 changed, 6 the same)
    note: files that are changed are replaced with `--overwrite` only
    ");
    assert_eq!(text(context.project().join("out/README.md")), "# mine\n");
}

#[test]
fn what_is_there_is_replaced_only_when_asked() {
    let context = with_worker();
    context.write("project/out/README.md", "# mine\n");
    let new = [
        "scaffold", "new", "./worker", "out", "--set", "name=a", "--set", "size=3",
    ];
    insta::assert_snapshot!(context.run(new), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: `README.md` is there already, with other content
    hint: see the differences with `--dry-run --diff`, or replace them with `--overwrite`
    ");
    assert_eq!(text(context.project().join("out/README.md")), "# mine\n");
    assert!(!context.project().join("out/.perk").exists());
    insta::assert_snapshot!(context.invocation(new).argument("--overwrite").run(), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 8 files to `out`; 1 of them took the place of another.
    Next:
      cd out
      make test
    ");
    assert_eq!(text(context.project().join("out/README.md")), "# a x 3\n");
}

#[test]
fn a_folder_in_the_way_is_never_removed() {
    let context = with_worker();
    context.write("project/out/README.md/mine", "");
    let new = [
        "scaffold",
        "new",
        "./worker",
        "out",
        "--overwrite",
        "--yes",
        "--set",
        "name=a",
    ];
    insta::assert_snapshot!(context.run(new), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: `README.md` is blocked by a folder, a link or a file that is there already
    hint: move what is there, or write to another folder
    ");
    context.write("project/file", "");
    insta::assert_snapshot!(
        context.run(["scaffold", "new", "./worker", "file", "--yes", "--set", "name=a"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `file` is not a folder
    ");
}

#[test]
fn a_second_template_joins_the_first() {
    let context = with_worker();
    let other = MANIFEST.replace("\"worker\"", "\"other\"");
    context.write("project/other/template.toml", other);
    context.write("project/other/files/OTHER.md", "other\n");
    let run = |template| {
        context.run([
            "scaffold", "new", template, "out", "--yes", "--set", "name=a",
        ])
    };
    assert_eq!(run("./worker").code, Some(0));
    insta::assert_snapshot!(run("./other"), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 3 files to `out`.
    Next:
      cd out
      make test
    ");
    let record = text(context.project().join("out/.perk/scaffold.toml"));
    assert_eq!(record.matches("[[template]]").count(), 2, "{record}");
}

#[test]
fn a_template_that_is_not_there_is_not_guessed() {
    let context = with_worker();
    let all = ["rust-servic", "worker", "./nothing", "git", "."].map(|template| {
        let run = context.run(["scaffold", "new", template, "out", "--yes"]);
        run.to_string()
    });
    insta::assert_snapshot!(all.join("\n"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `rust-servic`
    hint: did you mean `rust-service`?

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `worker`
    hint: for the template of the folder, write `./worker`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no folder `./nothing`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `git`
    hint: see the templates with `perk scaffold list`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `.` holds several templates: `worker`
    hint: name one, as in `./worker`
    ");
}

#[test]
fn a_new_folder_becomes_a_repository_where_there_is_git() {
    let context = with_worker();
    let git = context.root().join("bin/git");
    context.write("bin/git", "#!/bin/sh\necho \"$@\" > .git\n");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let new = |folder, flag| {
        let new = [
            "scaffold", "new", "./worker", folder, "--yes", "--set", "name=a", flag,
        ];
        context.run(new)
    };
    insta::assert_snapshot!(new("a", "--defaults"), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 8 files to `a`, as a git repository.
    Next:
      cd a
      make test
    ");
    assert_eq!(text(context.project().join("a/.git")), "init --quiet\n");
    assert_eq!(new("b", "--no-git").code, Some(0));
    assert!(!context.project().join("b/.git").exists());
    // Within a repository there is nothing to make.
    assert_eq!(new("a/c", "--git").code, Some(0));
    assert!(!context.project().join("a/c/.git").exists());

    context.write(
        "bin/git",
        "#!/bin/sh\necho 'fatal: no space' >&2\nexit 128\n",
    );
    insta::assert_snapshot!(new("d", "--git"), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 8 files to `d`.
    warning: `git init` made no repository: fatal: no space
    Next:
      cd d
      make test
    ");
    fs::remove_file(git).unwrap();
    insta::assert_snapshot!(new("e", "--git"), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    Wrote 8 files to `e`.
    warning: there is no repository, since git is not installed
    Next:
      cd e
      make test
    ");
}

#[test]
fn tools_get_a_document() {
    let context = with_worker();
    let new = [
        "scaffold",
        "new",
        "./worker",
        "out",
        "--set",
        "name=a",
        "--set",
        "size=6",
        "--defaults",
        "--format",
        "json",
    ];
    insta::assert_snapshot!(context.run(new).data(), @r#"
    {
      "schema_version": 1,
      "template": {
        "name": "worker",
        "version": "0.3.0",
        "source": "[TEMP]/project/worker",
        "commit": null,
        "content": "sha256:b0d316773ed89c5be68a1a8878a9eb37ade9359ba052604245c727eddfe2909a"
      },
      "destination": "out",
      "written": true,
      "repository_made": false,
      "answers": {
        "name": "a",
        "size": 6
      },
      "files": [
        {
          "path": ".perk/.gitattributes",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": ".perk/.gitignore",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": ".perk/pristine/worker.tar.gz",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": ".perk/scaffold.toml",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": "LINK",
          "mode": "120000",
          "state": "new"
        },
        {
          "path": "README.md",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": "secret.env",
          "mode": "100644",
          "state": "new"
        },
        {
          "path": "src/run.sh",
          "mode": "100755",
          "state": "new"
        }
      ],
      "hooks": []
    }
    "#);
}

#[test]
fn a_cut_off_write_is_settled_before_anything_is_compared() {
    let context = with_worker();
    context.write("project/out/.perk-pending/new/README.md", "half");
    let run = context.run([
        "scaffold", "new", "./worker", "out", "--yes", "--set", "name=a",
    ]);
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    An earlier write to `out`, which was cut off, was taken back.
    Wrote 8 files to `out`.
    Next:
      cd out
      make test
    ");
    assert!(!context.project().join("out/.perk-pending").exists());
}
