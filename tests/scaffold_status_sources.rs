//! `perk scaffold status` of projects whose templates come from repositories.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use perk_test::TestContext;

use crate::context;
use crate::scaffold_projects::make;
use crate::scaffold_repositories::{Repository, manifest, perk, text};

/// A context with the source `company`, and projects of both of its templates.
fn with_projects() -> (TestContext, Repository) {
    let context = context();
    let repository = Repository::of_services(&context);
    let company = repository.spec("//services#main");
    context.write(
        "project/perk.toml",
        format!("scaffold.sources.company = '{company}'\n"),
    );
    for (spec, folder) in [
        ("company/worker".to_owned(), "a-worker"),
        ("company/api".to_owned(), "an-api"),
        (repository.spec("//services/api#main"), "by-address"),
    ] {
        let run = perk(&context, &["new", &spec, folder]).run();
        assert_eq!(run.code, Some(0), "{run}");
    }
    (context, repository)
}

fn publish(context: &TestContext, repository: &Repository) -> String {
    let template = "repository/services/worker";
    context.write(
        &format!("{template}/template.toml"),
        manifest("worker", "1.1.0"),
    );
    context.write(&format!("{template}/files/worker.txt"), "two\n");
    repository.commit()
}

/// Puts a git on the path of a context that keeps what it was run for.
fn with_log(context: &TestContext) -> impl Fn() -> String {
    let log = context.root().join("git.log");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> '{log}'\nPATH=/usr/local/bin:/usr/bin:/bin exec git \"$@\"\n"
    );
    context.write("bin/git", script);
    let git = context.root().join("bin/git");
    fs::set_permissions(git, fs::Permissions::from_mode(0o755)).unwrap();
    move || {
        if log.exists() {
            text(&log)
        } else {
            String::new()
        }
    }
}

#[test]
fn a_project_is_behind_what_the_branch_is_now() {
    let (context, repository) = with_projects();
    insta::assert_snapshot!(perk(&context, &["status"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker    worker 1.0.0  up to date
    an-api      api 1.0.0     up to date
    by-address  api 1.0.0     up to date
    ----- stderr -----
    looked at 3 projects: 0 behind, 0 with drift
    ");
    publish(&context, &repository);
    insta::assert_snapshot!(perk(&context, &["status", "--offline"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker    worker 1.0.0  up to date
    an-api      api 1.0.0     up to date
    by-address  api 1.0.0     up to date
    ----- stderr -----
    looked at 3 projects: 0 behind, 0 with drift
    ");
    insta::assert_snapshot!(perk(&context, &["status"]).run(), @"
    exit code: 1
    ----- stdout -----
    a-worker    worker 1.0.0  behind (1.1.0 is out)
    an-api      api 1.0.0     up to date
    by-address  api 1.0.0     up to date
    ----- stderr -----
    looked at 3 projects: 1 behind, 0 with drift
    ");
    // What was fetched to compare is there from now on.
    assert_eq!(perk(&context, &["status", "--offline"]).run().code, Some(1));
}

#[test]
fn each_source_is_asked_once() {
    let (context, repository) = with_projects();
    publish(&context, &repository);
    for number in 0..200 {
        let folder = format!("project/many/{number}");
        make(
            &context,
            "repository/services/worker",
            &folder,
            "company/worker",
        );
    }
    let log = with_log(&context);
    let run = context.run(["scaffold", "status"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(
        run.stderr.contains("looked at 203 projects: 1 behind"),
        "{run}"
    );
    assert_eq!(log().matches(" ls-remote ").count(), 1, "{}", log());
    assert_eq!(log().matches(" fetch ").count(), 1, "{}", log());
}

#[test]
fn a_project_of_a_full_commit_asks_nothing() {
    let context = context();
    let repository = Repository::of_services(&context);
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let spec = repository.spec(&format!("//services/api#{commit}"));
    let run = perk(&context, &["new", &spec, "pinned"]).run();
    assert_eq!(run.code, Some(0), "{run}");
    publish(&context, &repository);
    fs::remove_dir_all(context.root().join("home/.cache")).unwrap();
    let log = with_log(&context);
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 0
    ----- stdout -----
    pinned  api 1.0.0  up to date
    ----- stderr -----
    looked at 1 project: 0 behind, 0 with drift
    ");
    assert_eq!(log(), "");
}

#[test]
fn what_cannot_be_asked_is_unknown_with_the_reason() {
    let (context, repository) = with_projects();
    fs::rename(&repository.path, context.root().join("away")).unwrap();
    insta::assert_snapshot!(perk(&context, &["status"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker    worker 1.0.0  unknown (cannot reach `file://[TEMP]/repository`: fatal: '[TEMP]/repository' does not appear to be a git repository; fatal: Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.)
    an-api      api 1.0.0     unknown (cannot reach `file://[TEMP]/repository`: fatal: '[TEMP]/repository' does not appear to be a git repository; fatal: Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.)
    by-address  api 1.0.0     unknown (cannot reach `file://[TEMP]/repository`: fatal: '[TEMP]/repository' does not appear to be a git repository; fatal: Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.)
    ----- stderr -----
    looked at 3 projects: 0 behind, 0 with drift, 3 with a template that is not at hand
    ");
    // A name that the configuration no longer has, or has for something else.
    context.write("project/perk.toml", "");
    insta::assert_snapshot!(perk(&context, &["status", "a-worker"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker  worker 1.0.0  unknown (`[scaffold.sources]` has no source `company`)
    ----- stderr -----
    looked at 1 project: 0 behind, 0 with drift, 1 with a template that is not at hand
    ");
    context.write("other/template.toml", manifest("other", "9.0.0"));
    context.write(
        "project/perk.toml",
        "scaffold.sources.company = '../other/..'\n",
    );
    insta::assert_snapshot!(perk(&context, &["status", "a-worker", "an-api"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker  worker 1.0.0  unknown (cannot read `[TEMP]/project/../other/../worker`: No such file or directory (os error 2))
    an-api    api 1.0.0     unknown (cannot read `[TEMP]/project/../other/../api`: No such file or directory (os error 2))
    ----- stderr -----
    looked at 2 projects: 0 behind, 0 with drift, 2 with a template that is not at hand
    ");
}

#[test]
fn offline_without_a_cache_is_unknown() {
    let (context, _repository) = with_projects();
    fs::remove_dir_all(context.root().join("home/.cache")).unwrap();
    insta::assert_snapshot!(perk(&context, &["status", "--offline", "a-worker"]).run(), @"
    exit code: 0
    ----- stdout -----
    a-worker  worker 1.0.0  unknown (`git+file://[TEMP]/repository//services/worker#main` has never been fetched on this machine, and the network is not to be used)
    ----- stderr -----
    looked at 1 project: 0 behind, 0 with drift, 1 with a template that is not at hand
    ");
}

#[test]
fn a_record_cannot_name_what_git_would_run() {
    let context = context();
    Repository::of_services(&context);
    let marker = context.root().join("marker");
    for (number, source) in [
        format!("ext::sh -c touch% {marker}"),
        format!("git+ext::touch% {marker}"),
        "--upload-pack=touch".to_owned(),
        "git+https://me:s3cret@h/t".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let folder = format!("project/{number}");
        make(&context, "repository/services/api", &folder, source);
    }
    let run = perk(&context, &["status"]).run();
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    0  api 1.0.0  unknown (`ext::sh -c touch% [TEMP]/marker` names no source of templates: `ext::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used)
    1  api 1.0.0  unknown (`git+ext::touch% [TEMP]/marker` names no source of templates: `ext::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used)
    2  api 1.0.0  unknown (`--upload-pack=touch` names no source of templates: it begins with `-`, as options do)
    3  api 1.0.0  unknown (`git+https://***@h/t` names no source of templates: it has credentials in it, which would be kept and shown with every project)
    ----- stderr -----
    looked at 4 projects: 0 behind, 0 with drift, 4 with a template that is not at hand
    ");
    assert!(!marker.exists() && !run.to_string().contains("s3cret"));
}
