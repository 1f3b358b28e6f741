//! `perk scaffold diff`: the patch, the list, and what is in neither.

use std::fs;

use perk_test::TestContext;

use crate::context;
use crate::scaffold_projects::{make, service, template};

/// A project in which somebody has worked.
fn project() -> TestContext {
    let context = context();
    service(&context, "project");
    context.write("project/service/README.md", "# Ours\n\nRead me.\n");
    context.write("project/service/src/ours.rs", "fn ours() {}\n");
    fs::remove_file(context.project().join("service/src/main.rs")).unwrap();
    context
}

#[test]
fn the_patch_has_what_the_templates_made_and_nothing_else() {
    insta::assert_snapshot!(project().run(["scaffold", "diff"]), @"
    exit code: 0
    ----- stdout -----
    diff --git a/service/README.md b/service/README.md
    --- a/service/README.md
    +++ b/service/README.md
    @@ -1,3 +1,3 @@
    -# A service
    +# Ours
     
     Read me.
    diff --git a/service/src/main.rs b/service/src/main.rs
    deleted file mode 100644
    --- a/service/src/main.rs
    +++ /dev/null
    @@ -1,3 +0,0 @@
    -fn main() {
    -    start();
    -}
    ----- stderr -----
    note: `service/config/token` was not compared, since a secret is in it and no copy is kept
    ");
}

#[test]
fn the_list_has_a_line_for_each_file() {
    let context = project();
    insta::assert_snapshot!(context.run(["scaffold", "diff", "--stat", "."]), @"
    exit code: 0
    ----- stdout -----
    service/README.md    +1 -1
    service/src/main.rs  deleted
    ----- stderr -----
    note: `service/config/token` was not compared, since a secret is in it and no copy is kept
    ");
}

#[test]
fn files_of_all_templates_are_in_one_patch() {
    let context = project();
    template(&context, "templates/docs", "docs", "0.3.0");
    make(&context, "templates/docs", "project", "/templates/docs");
    context.write("project/docs/README.md", "# Ours\n");
    let outcome = context.run(["scaffold", "diff", "--stat", "--quiet"]);
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    docs/README.md       +1 -3
    service/README.md    +1 -1
    service/src/main.rs  deleted
    ----- stderr -----
    ");
}

#[test]
fn an_untouched_project_has_no_patch() {
    let context = context();
    service(&context, "project");
    insta::assert_snapshot!(context.run(["scaffold", "diff"]), @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    no file differs from what the templates made
    note: `service/config/token` was not compared, since a secret is in it and no copy is kept
    ");
}

#[test]
fn nothing_is_compared_with_a_damaged_copy() {
    let context = project();
    context.write("project/.perk/pristine/service.tar.gz", "not an archive");
    insta::assert_snapshot!(context.run(["scaffold", "diff"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `.perk/pristine/service.tar.gz` cannot be used
      caused by: it is damaged
      caused by: invalid gzip header
    hint: bring back what perk wrote: find the commit with `git log --oneline .perk`, then `git restore --source COMMIT .perk`
    ");
    fs::remove_dir_all(context.project().join(".perk/pristine")).unwrap();
    insta::assert_snapshot!(context.run(["scaffold", "diff"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `.perk/pristine/service.tar.gz` is not there, which has the files as the template made them
    hint: bring back what perk wrote: find the commit with `git log --oneline .perk`, then `git restore --source COMMIT .perk`
    ");
}

#[test]
fn a_folder_that_no_template_made_has_nothing_to_compare() {
    insta::assert_snapshot!(context().run(["scaffold", "diff"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `.` has no record of a template
    hint: name a folder that `perk scaffold new` has made, or one above such folders
    ");
}
