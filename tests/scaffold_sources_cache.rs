//! What was fetched once: without the network, after changes, with several runs at once.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;

use crate::context;
use crate::scaffold_repositories::{Repository, manifest, perk, text};

#[test]
fn offline_is_only_for_what_was_seen() {
    let context = context();
    let repository = Repository::of_services(&context);
    let spec = repository.spec("//services/api#main");
    insta::assert_snapshot!(perk(&context, &["new", &spec, "a", "--offline"]).run(), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: `git+file://[TEMP]/repository//services/api#main` has never been fetched on this machine, and the network is not to be used
    hint: run it once without `--offline`
    ");
    assert!(!context.project().join("a").exists());
    assert_eq!(perk(&context, &["new", &spec, "a"]).run().code, Some(0));
    fs::remove_dir_all(&repository.path).unwrap();
    let run = perk(&context, &["new", &spec, "b", "--offline"]).run();
    assert_eq!(
        (run.code, run.stderr.contains("warning")),
        (Some(0), false),
        "{run}"
    );
    let other = repository.spec("//services/api");
    assert_eq!(
        perk(&context, &["new", &other, "c", "--offline"])
            .run()
            .code,
        Some(3)
    );
}

#[test]
fn what_cannot_be_reached_is_taken_from_the_cache_with_one_warning() {
    let context = context();
    let repository = Repository::of_services(&context);
    let spec = repository.spec("//services/api#main");
    let new = |folder: &str, today: &str| {
        let new = ["new", &spec, folder];
        perk(&context, &new).variable("PERK_TODAY", today).run()
    };
    assert_eq!(new("a", "2030-01-01").code, Some(0));
    let commit = repository.git(&["rev-parse", "HEAD"]);
    fs::rename(&repository.path, context.root().join("away")).unwrap();
    let run = new("b", "2030-01-09");
    let said = run
        .stderr
        .replace(&commit[..12], "[COMMIT]")
        .replace("7 days", "8 days");
    insta::assert_snapshot!(said, @"
    warning: cannot reach `git+file://[TEMP]/repository//services/api#main`; using commit [COMMIT] as fetched 8 days ago
    Wrote 5 files to `b`, as a git repository.
    Next:
      cd b
    ");
    assert_eq!(run.code, Some(0));
    // What was never seen has no substitute.
    let run = perk(&context, &["new", &repository.spec("#v9"), "c"]).run();
    insta::assert_snapshot!(run, @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot get `git+file://[TEMP]/repository#v9`
      caused by: `git` failed to ask `file://[TEMP]/repository` for its branches and tags (exit code 128)
      caused by: fatal: '[TEMP]/repository' does not appear to be a git repository; fatal: Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.
    hint: see what `git ls-remote file://[TEMP]/repository` says
    ");
    assert!(!context.project().join("c").exists());
}

#[test]
fn a_list_of_what_cannot_be_reached_is_the_one_of_earlier() {
    let context = context();
    let repository = Repository::of_services(&context);
    let company = repository.spec("//services#main");
    let config = format!("scaffold.sources.company = '{company}'\n");
    context.write("project/perk.toml", config);
    let before = perk(&context, &["list", "--refresh"]).run();
    assert_eq!(before.stderr, "");
    fs::rename(&repository.path, context.root().join("away")).unwrap();
    let after = perk(&context, &["list", "--refresh"]).run();
    assert_eq!((after.code, after.stdout), (Some(0), before.stdout));
    assert_eq!(after.stderr.matches("warning: cannot reach").count(), 1);
    let offline = perk(&context, &["list", "--refresh", "--offline"]).run();
    assert_eq!((offline.code, offline.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_tag_that_moved_and_a_branch_that_went() {
    let context = context();
    let repository = Repository::of_services(&context);
    repository.git(&["tag", "v1"]);
    repository.git(&["branch", "old"]);
    let old = repository.git(&["rev-parse", "HEAD"]);
    let new = |reference: &str, folder: &str| {
        let spec = repository.spec(&format!("//services/api#{reference}"));
        perk(&context, &["new", &spec, folder]).run()
    };
    assert_eq!(
        (new("v1", "a").code, new("old", "b").code),
        (Some(0), Some(0))
    );
    context.write("repository/services/api/files/api.txt", "two\n");
    repository.commit();
    repository.git(&["tag", "--force", "v1"]);
    repository.git(&["branch", "--quiet", "-D", "old"]);
    assert_eq!(new("v1", "c").code, Some(0));
    assert_eq!(text(context.project().join("a/api.txt")), "one\n");
    assert_eq!(text(context.project().join("c/api.txt")), "two\n");
    let run = new("old", "d").to_string().replace(&old, "[COMMIT]");
    insta::assert_snapshot!(run, @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `file://[TEMP]/repository` has no branch or tag `old`
    hint: when it was last seen it was `[COMMIT]`; to use that commit, write `#[COMMIT]`
    ");
    assert!(!context.project().join("d").exists());
}

#[test]
fn a_cache_that_is_damaged_is_made_again() {
    let context = context();
    let repository = Repository::of_services(&context);
    let spec = repository.spec("//services/api#main");
    let new = |folder: &str| perk(&context, &["new", &spec, folder]).run();
    assert_eq!(new("a").code, Some(0));
    let cache = context.root().join("home/.cache/perk/templates");
    let cached = cache
        .read_dir_utf8()
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .into_path();
    fs::remove_dir_all(cached.join("repository.git/objects")).unwrap();
    assert_eq!(new("b").code, Some(0));
    fs::remove_dir_all(&cache).unwrap();
    assert_eq!(new("c").code, Some(0));
}

#[test]
fn a_cache_that_goes_in_the_middle_is_made_again() {
    let context = context();
    let repository = Repository::of_services(&context);
    let cache = context.root().join("home/.cache/perk/templates");
    let once = context.root().join("once");
    let script = format!(
        "#!/bin/sh\nPATH=/usr/local/bin:/usr/bin:/bin\ncase \"$*\" in *\" ls-tree \"*)\n\
         mkdir '{once}' 2>/dev/null && rm -rf '{cache}'/*/repository.git;;\nesac\n\
         exec git \"$@\"\n"
    );
    context.write("bin/git", script);
    let git = context.root().join("bin/git");
    fs::set_permissions(git, fs::Permissions::from_mode(0o755)).unwrap();
    let spec = repository.spec("//services/api#main");
    let run = context.run(["scaffold", "new", &spec, "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(once.exists());
    assert_eq!(text(context.project().join("out/api.txt")), "one\n");
}

#[test]
fn several_runs_at_once_do_not_harm_each_other() {
    let context = context();
    let repository = Repository::of_services(&context);
    let spec = repository.spec("//services/api#main");
    thread::scope(|scope| {
        for number in 0..4 {
            let (context, spec) = (&context, &spec);
            scope.spawn(move || {
                let run = perk(context, &["new", spec, &format!("out-{number}")]).run();
                assert_eq!(run.code, Some(0), "{run}");
            });
        }
    });
    assert_eq!(text(context.project().join("out-3/api.txt")), "one\n");
}

#[test]
fn a_submodule_is_refused_before_anything_is_written() {
    let context = context();
    let inner = Repository::of_services(&context);
    let outer = Repository::new(&context, "outer");
    context.write("outer/template.toml", manifest("outer", "1.0.0"));
    outer.git(&[
        "submodule",
        "--quiet",
        "add",
        inner.path.as_str(),
        "files/inner",
    ]);
    outer.commit();
    insta::assert_snapshot!(perk(&context, &["new", &outer.spec(""), "out"]).run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `files/inner` of the template is a submodule; templates have files of their own only
    ");
    assert!(!context.project().join("out").exists());
}

#[test]
fn without_git_it_is_said_what_is_missing() {
    let context = context();
    let repository = Repository::of_services(&context);
    let spec = repository.spec("//services/api");
    insta::assert_snapshot!(context.run(["scaffold", "new", &spec, "out"]), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot get `git+file://[TEMP]/repository//services/api`
      caused by: cannot find the program `git`, which is needed to fetch templates from repositories
    hint: install `git`, or add its folder to `PATH`
    ");
}
