//! `perk scaffold status`: projects, folders of projects, and what is wrong with some.

use std::fs;
use std::os::unix::fs::symlink;

use crate::context;
use crate::scaffold_projects::{make, service, template};

#[test]
fn a_project_as_it_was_made() {
    let context = context();
    service(&context, "project/billing");
    let outcome = context.invocation(["scaffold", "status"]);
    insta::assert_snapshot!(outcome.folder("project/billing").run(), @"
    exit code: 0
    ----- stdout -----
    .  service 1.0.0  up to date
    ----- stderr -----
    looked at 1 project: 0 behind, 0 with drift
    ");
}

#[test]
fn a_project_that_is_behind_and_has_drifted() {
    let context = context();
    service(&context, "project");
    template(&context, "templates/service", "service", "1.1.0");
    context.write("project/service/README.md", "# Ours\n");
    fs::remove_file(context.project().join("service/src/main.rs")).unwrap();
    fs::create_dir(context.project().join("service/src/main.rs")).unwrap();
    fs::remove_file(context.project().join("service/config/token")).unwrap();
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 1
    ----- stdout -----
    .  service 1.0.0  behind (1.1.0 is out), 3 files have drifted
      changed   service/README.md
      deleted   service/config/token
      replaced  service/src/main.rs (it is a folder now)
    ----- stderr -----
    looked at 1 project: 1 behind, 1 with drift
    ");
}

#[test]
fn drift_alone_fails_only_if_it_is_to() {
    let context = context();
    service(&context, "project");
    context.write("project/service/README.md", "# Ours\n");
    assert_eq!(context.run(["scaffold", "status"]).code, Some(0));
    let outcome = context.run(["scaffold", "status", "--fail-on", "drift"]);
    assert_eq!(outcome.code, Some(1));
    // Line ends alone are no drift.
    context.write(
        "project/service/README.md",
        "# A service\r\n\r\nRead me.\r\n",
    );
    let outcome = context.run(["scaffold", "status", "--fail-on", "drift"]);
    assert_eq!(outcome.code, Some(0));
}

#[test]
fn a_folder_is_searched_for_projects_and_projects_in_them() {
    let context = context();
    service(&context, "project/billing");
    service(&context, "project/billing/plugins/tax");
    service(&context, "project/ledger");
    service(&context, "project/ignored/vendor");
    service(&context, "project/.hidden/old");
    service(&context, "project/ledger/target/copy");
    context.write("project/ledger/.git/HEAD", "ref: refs/heads/main\n");
    context.write("project/ledger/.gitignore", "target/\n");
    // A repository above says nothing about what is to be searched.
    context.write(".git/HEAD", "ref: refs/heads/main\n");
    context.write(".gitignore", "*\n");
    context.write("project/.ignore", "ignored\n");
    symlink("billing", context.project().join("link")).unwrap();
    template(&context, "templates/service", "service", "1.1.0");
    context.write("project/ledger/service/README.md", "# Ours\n");
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 1
    ----- stdout -----
    billing              service 1.0.0  behind (1.1.0 is out)
    billing/plugins/tax  service 1.0.0  behind (1.1.0 is out)
    ledger               service 1.0.0  behind (1.1.0 is out), 1 file has drifted
    ----- stderr -----
    looked at 3 projects: 3 behind, 1 with drift
    ");
}

#[test]
fn two_templates_in_one_project() {
    let context = context();
    service(&context, "project");
    template(&context, "project/.templates/docs", "docs", "0.3.0");
    make(
        &context,
        "project/.templates/docs",
        "project",
        "./.templates/docs",
    );
    context.write("project/docs/README.md", "# Ours\n");
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 0
    ----- stdout -----
    .  service 1.0.0  up to date
    .  docs 0.3.0     up to date, 1 file has drifted
      changed   docs/README.md
    ----- stderr -----
    looked at 1 project: 0 behind, 1 with drift
    ");
}

#[test]
fn a_template_that_is_not_at_hand_is_unknown() {
    let context = context();
    service(&context, "templates");
    let source = "git+https://git.example.com/templates.git//service#v1";
    make(&context, "templates/service", "project/far", source);
    make(
        &context,
        "templates/service",
        "project/gone",
        "/nowhere/service",
    );
    make(&context, "templates/service", "project/none", "built-in");
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 0
    ----- stdout -----
    far   service 1.0.0  unknown (cannot get `git+https://git.example.com/templates.git#v1`: cannot find the program `git`, which is needed to fetch templates from repositories)
    gone  service 1.0.0  unknown (cannot read `/nowhere/service`: No such file or directory (os error 2))
    none  service 1.0.0  unknown (this version of perk does not have it)
    ----- stderr -----
    looked at 3 projects: 0 behind, 0 with drift, 3 with a template that is not at hand
    ");
}

#[test]
fn one_broken_project_does_not_stop_the_others() {
    let context = context();
    service(&context, "project/good");
    let record = |project: &str, text: &str| {
        context.write(&format!("project/{project}/.perk/scaffold.toml"), text);
    };
    record("empty", "");
    record("newer", "schema = 2\n[[project]]\n");
    record("unknown", "schema = 1\nschemas = 2\n");
    record("folder/.perk/scaffold.toml", "");
    context.write("project/folder/.perk/scaffold.toml/x", "");
    insta::assert_snapshot!(context.run(["scaffold", "status"]), @"
    exit code: 2
    ----- stdout -----
    good  service 1.0.0  up to date
    ----- stderr -----
    error: empty/.perk/scaffold.toml:1:1: missing field `schema`
    hint: bring back what perk wrote: find the commit with `git -C empty log --oneline .perk`, then `git -C empty restore --source COMMIT .perk`
    error: `folder/.perk/scaffold.toml` is a folder, not a file
    error: newer/.perk/scaffold.toml:1:10: schema 2 is newer than this version of perk, which reads schema 1
    hint: update perk
    error: unknown/.perk/scaffold.toml:2:1: unknown field `schemas`, expected `schema` or `template`
    hint: bring back what perk wrote: find the commit with `git -C unknown log --oneline .perk`, then `git -C unknown restore --source COMMIT .perk`
    looked at 1 project: 0 behind, 0 with drift, 4 more could not be looked at
    ");
}

#[test]
fn folders_without_projects_are_told() {
    let context = context();
    service(&context, "project/good");
    fs::create_dir(context.project().join("bare")).unwrap();
    insta::assert_snapshot!(context.run(["scaffold", "status", "good", "bare", "missing"]), @"
    exit code: 2
    ----- stdout -----
    good  service 1.0.0  up to date
    ----- stderr -----
    error: `missing` does not exist
    error: `bare` has no record of a template
    hint: name a folder that `perk scaffold new` has made, or one above such folders
    looked at 1 project: 0 behind, 0 with drift, 2 more could not be looked at
    ");
}

#[test]
fn json_has_everything() {
    let context = context();
    service(&context, "project/billing");
    template(&context, "templates/service", "service", "1.1.0");
    context.write("project/billing/service/README.md", "# Ours\n");
    context.write("project/broken/.perk/scaffold.toml", "schema = 2\n");
    let outcome = context.run(["scaffold", "status", "--format", "json", "--quiet"]);
    insta::assert_snapshot!(outcome, @r#"
    exit code: 2
    ----- stdout -----
    {
      "schema_version": 1,
      "projects": [
        {
          "path": "billing",
          "templates": [
            {
              "name": "service",
              "version": "1.0.0",
              "source": "[TEMP]/templates/service",
              "commit": null,
              "state": "behind",
              "latest": "1.1.0",
              "reason": null,
              "files": 3,
              "drift": [
                {
                  "path": "service/README.md",
                  "change": "changed",
                  "now": null
                }
              ]
            }
          ],
          "error": null
        },
        {
          "path": "broken",
          "templates": [],
          "error": "broken/.perk/scaffold.toml:1:10: schema 2 is newer than this version of perk, which reads schema 1"
        }
      ],
      "summary": {
        "projects": 1,
        "behind": 1,
        "drifted": 1,
        "unknown": 0,
        "failed": 1
      }
    }
    ----- stderr -----
    error: broken/.perk/scaffold.toml:1:10: schema 2 is newer than this version of perk, which reads schema 1
    hint: update perk
    "#);
}
