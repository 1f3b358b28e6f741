//! Where templates come from: names of the configuration, folders, repositories.

use perk_test::TestContext;

use crate::context;
use crate::scaffold_repositories::{Repository, manifest, perk, text};

/// A context with the source `company`, which is the services of a repository, and `local`.
fn with_sources() -> (TestContext, Repository) {
    let context = context();
    let repository = Repository::of_services(&context);
    context.write("templates/template.toml", manifest("local", "0.4.0"));
    context.write("templates/files/local.txt", "local\n");
    let company = repository.spec("//services#main");
    let config = format!("[scaffold.sources]\ncompany = '{company}'\nlocal = '../templates'\n");
    context.write("project/perk.toml", config);
    (context, repository)
}

#[test]
fn a_template_is_found_by_every_form_and_the_record_has_it() {
    let (context, repository) = with_sources();
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let company = repository.spec("//services/worker#main");
    let pinned = repository.spec(&format!("//services/worker#{commit}"));
    let folder = repository.path.join("services/worker");
    let cases = [
        ("company/worker", "company/worker", true),
        (company.as_str(), company.as_str(), true),
        (pinned.as_str(), pinned.as_str(), true),
        ("local", "local", false),
        ("../repository/services/worker", folder.as_str(), false),
    ];
    for (number, (spec, source, has_commit)) in cases.into_iter().enumerate() {
        let folder = format!("out-{number}");
        let run = perk(&context, &["new", spec, &folder]).run();
        assert_eq!(run.code, Some(0), "{spec}: {run}");
        let record = text(context.project().join(&folder).join(".perk/scaffold.toml"));
        assert!(
            record.contains(&format!("source = \"{source}\"\n")),
            "{record}"
        );
        let kept = format!("commit = \"{commit}\"\n");
        assert_eq!(record.contains(&kept), has_commit, "{record}");
    }
}

#[test]
fn a_document_has_the_commit() {
    let (context, repository) = with_sources();
    let new = ["new", "company/api", "out", "--format", "json", "--dry-run"];
    let document = perk(&context, &new).run().data();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["template"]["source"], "company/api");
    assert_eq!(
        document["template"]["commit"],
        repository.git(&["rev-parse", "HEAD"])
    );
}

#[test]
fn a_source_comes_before_a_built_in_template_of_its_name() {
    let context = context();
    context.write("ours/template.toml", manifest("ours", "3.0.0"));
    context.write("ours/files/a", "a");
    context.write(
        "project/perk.toml",
        "scaffold.sources.rust-service = '../ours'\n",
    );
    insta::assert_snapshot!(context.run(["scaffold", "list"]), @"
    exit code: 0
    ----- stdout -----
    python-service  1.0.0  An HTTP service in Python (FastAPI, uv), with health checks that are right
    rust-service    3.0.0  The ours  ([TEMP]/project/../ours)
    ----- stderr -----
    ");
    let run = context.run(["scaffold", "new", "rust-service", "out"]);
    insta::assert_snapshot!(run, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    note: `rust-service` is not the built-in template here: by `[scaffold.sources]` it is `[TEMP]/project/../ours`
    Wrote 5 files to `out`.
    Next:
      cd out
    ");
    assert_eq!(text(context.project().join("out/a")), "a");
}

#[test]
fn one_project_has_templates_from_everywhere() {
    let (context, repository) = with_sources();
    repository.git(&["tag", "v1"]);
    context.write("other/template.toml", manifest("other", "2.0.0"));
    context.write("other/files/other.txt", "other\n");
    let api = repository.spec("//services/api#v1");
    for spec in ["company/worker", "local", "../other", &api] {
        let run = perk(&context, &["new", spec, "out"]).run();
        assert_eq!(run.code, Some(0), "{spec}: {run}");
    }
    let rust = ["new", "rust-service", "out", "--defaults"];
    let run = perk(&context, &rust).run();
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(perk(&context, &["status", "out"]).run(), @"
    exit code: 0
    ----- stdout -----
    out  worker 1.0.0        up to date
    out  local 0.4.0         up to date
    out  other 2.0.0         up to date
    out  api 1.0.0           up to date
    out  rust-service 1.0.0  up to date
    ----- stderr -----
    looked at 1 project: 0 behind, 0 with drift
    ");
    // A template of the same name from elsewhere is another one.
    let worker = repository.spec("//services/worker#v1");
    insta::assert_snapshot!(perk(&context, &["new", &worker, "out"]).run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the project has a template `worker` already, from `company/worker`
    hint: if the template has moved, change its `source` in `.perk/scaffold.toml`
    ");
    // One that writes what another wrote is refused.
    context.write("clash/template.toml", manifest("clash", "1.0.0"));
    context.write("clash/files/api.txt", "mine\n");
    insta::assert_snapshot!(perk(&context, &["new", "../clash", "out", "--overwrite"]).run(), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `api.txt` belongs to the template `api` already
    ");
    // The same again, after it has changed, takes the place of what it made.
    context.write("other/files/other.txt", "more\n");
    let again = perk(&context, &["new", "../other", "out", "--overwrite"]).run();
    assert_eq!(again.code, Some(0), "{again}");
    let record = text(context.project().join("out/.perk/scaffold.toml"));
    assert_eq!(record.matches("[[template]]").count(), 5, "{record}");
}

#[test]
fn a_list_has_what_is_on_this_machine() {
    let (context, _repository) = with_sources();
    insta::assert_snapshot!(perk(&context, &["list"]).run(), @"
    exit code: 0
    ----- stdout -----
    local           0.4.0  The local  ([TEMP]/project/../templates)
    python-service  1.0.0  An HTTP service in Python (FastAPI, uv), with health checks that are right
    rust-service    1.0.0  An HTTP service in Rust (axum), with health checks that are right
    ----- stderr -----
    warning: `company` is left out: `git+file://[TEMP]/repository//services#main` has never been fetched on this machine
    hint: fetch it with `perk scaffold list --refresh`
    ");
    insta::assert_snapshot!(perk(&context, &["list", "--refresh"]).run(), @"
    exit code: 0
    ----- stdout -----
    company/api     1.0.0  The api  (git+file://[TEMP]/repository//services/api#main)
    company/worker  1.0.0  The worker  (git+file://[TEMP]/repository//services/worker#main)
    local           0.4.0  The local  ([TEMP]/project/../templates)
    python-service  1.0.0  An HTTP service in Python (FastAPI, uv), with health checks that are right
    rust-service    1.0.0  An HTTP service in Rust (axum), with health checks that are right
    ----- stderr -----
    ");
    // Now it is there.
    let document = perk(&context, &["list", "--offline", "--format", "json"])
        .run()
        .data();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["templates"][1]["name"], "company/worker");
    assert!(document["templates"][1]["commit"].is_string());
}

#[test]
fn one_bad_source_does_not_hide_the_others() {
    let (context, repository) = with_sources();
    context.write("repository/services/broken/template.toml", "schema = 1\n");
    repository.commit();
    context.write(
        "config/perk/config.toml",
        "[scaffold.sources]\ngone = '/nowhere'\nsecret = 'git+https://me:s3cret@h/t'\n\
         unreachable = 'git+file:///nowhere/at/all'\nname = 'company'\n",
    );
    insta::assert_snapshot!(perk(&context, &["list", "--refresh"]).run(), @"
    exit code: 0
    ----- stdout -----
    company/api     1.0.0  The api  (git+file://[TEMP]/repository//services/api#main)
    company/worker  1.0.0  The worker  (git+file://[TEMP]/repository//services/worker#main)
    local           0.4.0  The local  ([TEMP]/project/../templates)
    python-service  1.0.0  An HTTP service in Python (FastAPI, uv), with health checks that are right
    rust-service    1.0.0  An HTTP service in Rust (axum), with health checks that are right
    ----- stderr -----
    warning: `company/broken` is left out: cannot use the template `git+file://[TEMP]/repository//services/broken#main`: template.toml:1:1: missing field `template`
    warning: `gone` is left out: there is no folder `/nowhere`
    warning: `name` is left out: the source `name` in `[scaffold.sources]` cannot be used: `company` is a name; a source is a folder or a git repository
    warning: `secret` is left out: the source `secret` in `[scaffold.sources]` cannot be used: `git+https://***@h/t` names no source of templates: it has credentials in it, which would be kept and shown with every project
    hint: leave them to git: set up a credential helper with `git config --global credential.helper …`, or use `git+ssh://` with a key
    warning: `unreachable` is left out: cannot get `git+file:///nowhere/at/all`: `git` failed to ask `file:///nowhere/at/all` for its branches and tags (exit code 128): fatal: '/nowhere/at/all' does not appear to be a git repository; fatal: Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.
    hint: see what `git ls-remote file:///nowhere/at/all` says
    ");
}

#[test]
fn a_name_that_is_not_there_leads_to_the_one_that_is() {
    let (context, _repository) = with_sources();
    assert_eq!(perk(&context, &["list", "--refresh"]).run().code, Some(0));
    let all = [
        "compnay",
        "company/wroker",
        "company/none",
        "worker",
        "local/x",
        "company",
        "templates/x",
        "../repository/services",
        "../repository",
        "Company",
        "",
    ]
    .map(|spec| perk(&context, &["new", spec, "out"]).run().to_string());
    insta::assert_snapshot!(all.join("\n"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `compnay`
    hint: did you mean `company`?

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the source `company` has no template `wroker`
    hint: did you mean `company/worker`?

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the source `company` has no template `none`
    hint: it has `company/api`, `company/worker`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `worker`
    hint: did you mean `company/worker`?

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the source `local` has no template `x`
    hint: it is one template: write `local`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `company` holds several templates: `api`, `worker`
    hint: name one, as in `company/api`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no template `templates/x`
    hint: see the templates with `perk scaffold list`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `../repository/services` holds several templates: `api`, `worker`
    hint: name one, as in `../repository/services/api`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `../repository` is not a template: it has no `template.toml`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `Company` names no source of templates: a name is lower-case letters, digits and hyphens, with one `/` between source and template; a folder begins with `./`
    hint: list the names with `perk scaffold list`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `` names no source of templates: it is empty
    ");
    assert!(!context.project().join("out").exists());
}

#[test]
fn what_could_run_a_program_or_tell_a_secret_is_refused() {
    let context = context();
    let marker = context.root().join("marker");
    let mut all = Vec::new();
    for spec in [
        format!("ext::sh -c touch% {marker}"),
        format!("git+ext::sh -c touch% {marker}"),
        "fd::17/x".to_owned(),
        "git+fd::17".to_owned(),
        "http://git.example.com/x".to_owned(),
        "git+http://git.example.com/x".to_owned(),
        "git+ssh://-oProxyCommand=x/y".to_owned(),
        "git+https://me:s3cret@git.example.com/x".to_owned(),
        "git+https://git.example.com/x?token=s3cret".to_owned(),
        "git+https://git.example.com/x//../y".to_owned(),
        "git+file://relative".to_owned(),
        "git@git.example.com:team/x".to_owned(),
    ] {
        all.push(perk(&context, &["new", &spec, "out"]).run().to_string());
    }
    all.push(perk(&context, &["new", "-x", "out"]).run().to_string());
    all.push(
        perk(&context, &["new", "--", "-x", "out"])
            .run()
            .to_string(),
    );
    let all = all.join("\n");
    assert!(!all.contains("s3cret"), "{all}");
    insta::assert_snapshot!(all, @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `ext::sh -c touch% [TEMP]/marker` names no source of templates: `ext::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+ext::sh -c touch% [TEMP]/marker` names no source of templates: `ext::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `fd::17/x` names no source of templates: `fd::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+fd::17` names no source of templates: `fd::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `http://git.example.com/x` names no source of templates: `http` is not a transport for templates; `git+https`, `git+ssh` and `git+file` are

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+http://git.example.com/x` names no source of templates: `git+http` is not a transport for templates; `git+https`, `git+ssh` and `git+file` are

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+ssh://-oProxyCommand=x/y` names no source of templates: it has no valid name of a host

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+https://***@git.example.com/x` names no source of templates: it has credentials in it, which would be kept and shown with every project
    hint: leave them to git: set up a credential helper with `git config --global credential.helper …`, or use `git+ssh://` with a key

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+https://git.example.com/x?***` names no source of templates: it has a `?`; an address of a repository has no query

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+https://git.example.com/x//../y` names no source of templates: the folder after `//` cannot be used: it has a `.` or `..` component

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `git+file://relative` names no source of templates: `git+file://` needs an absolute path, as in `git+file:///srv/templates`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `***@git.example.com:team/x` names no source of templates: a git repository is written with `git+` before its address
    hint: write `git+ssh://git@git.example.com/team/x`

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unexpected argument '-x' found

      tip: to pass '-x' as a value, use '-- -x'

    Usage: perk scaffold new [OPTIONS] <TEMPLATE> [FOLDER]

    For more information, try '--help'.

    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `-x` names no source of templates: it begins with `-`, as options do
    ");
    assert!(!marker.exists() && !context.project().join("out").exists());
    assert!(!context.root().join("home/.cache").exists());
}

#[test]
fn sources_of_templates_are_shown_with_their_origins_and_without_credentials() {
    let context = context();
    context.write(
        "config/perk/config.toml",
        "[scaffold.sources]\nmine = './templates'\nbad = 'git+https://me:s3cret@h/t'\n",
    );
    context.write(
        "project/perk.toml",
        "[scaffold.sources]\ncompany = 'git+https://git.example.com/t//services#v1'\n",
    );
    insta::assert_snapshot!(context.run(["config", "show", "--origin"]), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "auto"  # built in
    iam.fail-on = "security-warning"  # built in
    scaffold.sources.bad = "git+https://***@h/t"  # user: [TEMP]/config/perk/config.toml:3:7
    scaffold.sources.company = "git+https://git.example.com/t//services#v1"  # project: [TEMP]/project/perk.toml:2:11
    scaffold.sources.mine = "./templates"  # user: [TEMP]/config/perk/config.toml:2:8
    ----- stderr -----
    "#);
    let json = context.run(["config", "show", "--format=json"]).data();
    assert!(
        json.contains("git+https://***@h/t") && !json.contains("s3cret"),
        "{json}"
    );
}

#[test]
fn a_source_with_a_name_that_cannot_be_typed_is_refused() {
    let context = context();
    context.write(
        "project/perk.toml",
        "[scaffold.sources]\n'Our Own' = '/x'\n",
    );
    insta::assert_snapshot!(context.run(["config", "show"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: "Our Own" at [TEMP]/project/perk.toml:2:1 is not the name of a source
    hint: a name begins with a letter, has lower-case letters, digits and hyphens only, and is not `built-in`
    "#);
}
