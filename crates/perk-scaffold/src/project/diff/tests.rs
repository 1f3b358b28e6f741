//! Patches of projects in which somebody has worked, and git's own opinion of them.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use camino::Utf8Path;

use super::{Change, ProjectDiff, project_diff};
use crate::project::testing::{Source, project, put};

const FILES: &[Source<'_>] = &[
    ("a.txt", 0o644, b"1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
    ("crlf.bat", 0o644, b"one\r\ntwo\r\n"),
    ("dir/with space.txt", 0o644, b"b\n"),
    ("dir/gone", 0o644, b"gone"),
    ("empty", 0o644, b""),
    ("latin", 0o644, b"caf\xe9\n"),
    ("link", 0o120_000, b"a.txt"),
    ("logo.png", 0o644, b"\0\nx"),
    ("run", 0o755, b"#!/bin/sh\n"),
    ("token.hbs", 0o644, b"{{token}}\n"),
];

fn diff(project: &Utf8Path) -> ProjectDiff {
    project_diff(project).unwrap()
}

fn patch(project: &Utf8Path) -> String {
    String::from_utf8_lossy(&diff(project).to_patch()).into_owned()
}

/// Changes all kinds of things.
fn work(project: &Utf8Path) {
    put(project, "a.txt", "0\n1\n2\n3\n4\n5\n6\n7\n8\nnine");
    put(project, "crlf.bat", "one\r\ntwo\r\nthree\r\n");
    put(project, "dir/with space.txt", "b\nc\n");
    fs::remove_file(project.join("dir/gone")).unwrap();
    fs::remove_file(project.join("empty")).unwrap();
    put(project, "latin", b"caf\xe9 \xe0 la carte\n");
    fs::remove_file(project.join("link")).unwrap();
    symlink("run", project.join("link")).unwrap();
    fs::set_permissions(project.join("run"), fs::Permissions::from_mode(0o644)).unwrap();
    put(project, "mine", "mine\n");
    put(project, "token", "a real token\n");
}

#[test]
fn an_untouched_project_has_no_patch() {
    let (_guard, project) = project(FILES);
    put(&project, "mine", "mine\n");
    assert_eq!(diff(&project).files, []);
    assert_eq!(diff(&project).secret.len(), 1);
}

#[test]
fn every_kind_of_change_is_in_the_patch() {
    let (_guard, project) = project(FILES);
    work(&project);
    put(&project, "logo.png", b"\0\ny");
    fs::remove_file(project.join("link")).unwrap();
    put(&project, "link", "no link\n");
    insta::assert_snapshot!(patch(&project).replace('\r', "␍"), @r"
    diff --git a/a.txt b/a.txt
    --- a/a.txt
    +++ b/a.txt
    @@ -1,3 +1,4 @@
    +0
     1
     2
     3
    @@ -6,4 +7,4 @@
     6
     7
     8
    -9
    +nine
    \ No newline at end of file
    diff --git a/crlf.bat b/crlf.bat
    --- a/crlf.bat
    +++ b/crlf.bat
    @@ -1,2 +1,3 @@
     one␍
     two␍
    +three␍
    diff --git a/dir/gone b/dir/gone
    deleted file mode 100644
    --- a/dir/gone
    +++ /dev/null
    @@ -1 +0,0 @@
    -gone
    \ No newline at end of file
    diff --git a/dir/with space.txt b/dir/with space.txt
    --- a/dir/with space.txt	
    +++ b/dir/with space.txt	
    @@ -1 +1,2 @@
     b
    +c
    diff --git a/empty b/empty
    deleted file mode 100644
    diff --git a/latin b/latin
    --- a/latin
    +++ b/latin
    @@ -1 +1 @@
    -caf�
    +caf� � la carte
    diff --git a/link b/link
    deleted file mode 120000
    --- a/link
    +++ /dev/null
    @@ -1 +0,0 @@
    -a.txt
    \ No newline at end of file
    diff --git a/link b/link
    new file mode 100644
    --- /dev/null
    +++ b/link
    @@ -0,0 +1 @@
    +no link
    Binary files a/logo.png and b/logo.png differ
    diff --git a/run b/run
    old mode 100755
    new mode 100644
    ");
    let diff = diff(&project);
    let replaced: Vec<_> = diff
        .files
        .iter()
        .filter(|f| f.change == Change::Replaced)
        .collect();
    assert_eq!(replaced.len(), 1);
    assert!(diff.files.iter().any(|file| file.patch.is_binary));
}

#[test]
fn line_ends_of_another_system_do_not_drown_a_change() {
    let (_guard, project) = project(FILES);
    put(
        &project,
        "a.txt",
        "1\r\n2\r\n3\r\n4\r\nfive\r\n6\r\n7\r\n8\r\n9\r\n",
    );
    put(&project, "crlf.bat", "one\ntwo\n");
    insta::assert_snapshot!(patch(&project), @"
    diff --git a/a.txt b/a.txt
    --- a/a.txt
    +++ b/a.txt
    @@ -2,7 +2,7 @@
     2
     3
     4
    -5
    +five
     6
     7
     8
    ");
}

/// Runs git with a patch as its input; nothing where there is no git.
#[expect(
    clippy::disallowed_methods,
    reason = "the program is what is tested with"
)]
fn git(folder: &Utf8Path, arguments: &[&str], input: &[u8]) -> Option<()> {
    use std::io::Write as _;
    let mut child = Command::new("git")
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    Some(())
}

#[test]
fn git_takes_the_patch_back_and_makes_it_again() {
    for in_repository in [false, true] {
        let (_guard, project) = project(FILES);
        work(&project);
        if in_repository {
            git(&project, &["init", "-q"], b"");
        }
        let patch = diff(&project).to_patch();
        if git(&project, &["apply", "-R"], &patch).is_none() {
            return;
        }
        assert_eq!(diff(&project).files, []);
        assert!(project.join("mine").exists());
        git(&project, &["apply"], &patch);
        assert_eq!(diff(&project).to_patch(), patch);
    }
}

#[test]
fn git_makes_a_file_of_a_link() {
    // Taken back by `git apply -R`, a link is a file with its target, also by a patch of git.
    let (_guard, ours) = project(FILES);
    fs::remove_file(ours.join("link")).unwrap();
    put(&ours, "link", "no link\n");
    let patch = diff(&ours).to_patch();
    let (_guard, theirs) = project(FILES);
    if git(&theirs, &["apply"], &patch).is_some() {
        assert_eq!(diff(&theirs), diff(&ours));
    }
}

#[test]
fn a_patch_that_says_of_a_binary_file_that_it_differs_applies_for_the_others() {
    let (_guard, project) = project(FILES);
    put(&project, "a.txt", "1\n");
    put(&project, "logo.png", b"\0\ny");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(project.join("logo.png"), mode).unwrap();
    let patch = diff(&project).to_patch();
    if git(&project, &["apply", "-R"], &patch).is_none() {
        return;
    }
    let left: Vec<String> = diff(&project)
        .files
        .iter()
        .map(|f| f.path.to_string())
        .collect();
    assert_eq!(left, ["logo.png"]);
}

#[test]
fn a_file_that_is_a_folder_now_is_gone() {
    let (_guard, project) = project(FILES);
    fs::remove_file(project.join("a.txt")).unwrap();
    fs::create_dir(project.join("a.txt")).unwrap();
    assert_eq!(diff(&project).files[0].change, Change::Deleted);
    fs::remove_file(project.join("link")).unwrap();
    symlink("run", project.join("link")).unwrap();
    assert!(patch(&project).contains("-a.txt\n\\ No newline at end of file\n+run\n"));
}

#[test]
fn a_copy_that_is_not_what_the_record_says_is_refused() {
    let (_guard, project) = project(FILES);
    let record = project.join(".perk/scaffold.toml");
    #[expect(clippy::disallowed_methods, reason = "a test may read its own files")]
    let text = fs::read_to_string(&record).unwrap();
    put(
        &project,
        ".perk/scaffold.toml",
        text.replace(
            "\"run\" = { mode = \"100755\"",
            "\"run\" = { mode = \"100644\"",
        ),
    );
    let error = project_diff(&project).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "`run` in it is not what the record says");
    fs::remove_dir_all(project.join(".perk/pristine")).unwrap();
    let error = project_diff(&project).unwrap_err().to_string();
    assert!(error.contains("t.tar.gz` is not there"), "{error}");
}
