//! Projects in which somebody has worked.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use camino::Utf8Path;

use super::{Drift, Known, Standing, project_status};
use crate::project::testing::{Source, project, put};
use crate::{ContentHash, Template};

const FILES: &[Source<'_>] = &[
    ("a.txt", 0o644, b"one\ntwo\n"),
    ("crlf.bat", 0o644, b"one\r\ntwo\r\n"),
    ("dir/b.txt", 0o644, b"b\n"),
    ("dir/c.txt", 0o644, b"c\n"),
    ("link", 0o120_000, b"a.txt"),
    ("logo.png", 0o644, b"\0\nx"),
    ("run", 0o755, b"#!/bin/sh\n"),
    ("token.hbs", 0o644, b"{{token}}\n"),
];

/// Returns the drifted files of a project.
fn drift(project: &Utf8Path) -> Vec<(String, Drift)> {
    let unknown = |_: &_| Known::Unknown {
        reason: String::new(),
    };
    let status = project_status(project, &unknown).unwrap();
    let drift = status.templates.into_iter().flat_map(|t| t.drift);
    drift.map(|d| (d.path.to_string(), d.drift)).collect()
}

fn set_mode(project: &Utf8Path, path: &str, mode: u32) {
    fs::set_permissions(project.join(path), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_project_as_it_was_made_has_no_drift() {
    let (_guard, project) = project(FILES);
    assert_eq!(drift(&project), []);
    // What somebody adds is his own.
    put(&project, "src/mine.txt", "mine");
    put(&project, "token", "a real token");
    assert_eq!(drift(&project), []);
}

#[test]
fn each_kind_of_drift_is_told() {
    let (_guard, project) = project(FILES);
    put(&project, "a.txt", "one\nthree\n");
    set_mode(&project, "crlf.bat", 0o755);
    fs::remove_dir_all(project.join("dir")).unwrap();
    symlink("elsewhere", project.join("dir")).unwrap();
    fs::remove_file(project.join("link")).unwrap();
    symlink("dir/b.txt", project.join("link")).unwrap();
    fs::remove_file(project.join("logo.png")).unwrap();
    put(&project, "run", "#!/bin/bash\n");
    set_mode(&project, "run", 0o644);
    fs::remove_file(project.join("token")).unwrap();
    fs::create_dir(project.join("token")).unwrap();
    let below = Drift::Replaced {
        by: "below a file or a link",
    };
    let expected = [
        ("a.txt", Drift::Content),
        ("crlf.bat", Drift::Mode),
        ("dir/b.txt", below),
        ("dir/c.txt", below),
        ("link", Drift::Content),
        ("logo.png", Drift::Deleted),
        ("run", Drift::ContentAndMode),
        ("token", Drift::Replaced { by: "a folder" }),
    ];
    assert_eq!(
        drift(&project),
        expected.map(|(path, d)| (path.to_owned(), d))
    );
}

#[test]
fn what_is_there_instead_is_named_and_never_followed_or_waited_for() {
    let (_guard, project) = project(FILES);
    fs::remove_file(project.join("a.txt")).unwrap();
    symlink("/etc/passwd", project.join("a.txt")).unwrap();
    fs::remove_file(project.join("run")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        project.join("run").as_str(),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .unwrap();
    fs::remove_file(project.join("link")).unwrap();
    put(&project, "link", "a.txt");
    let replaced = |by| Drift::Replaced { by };
    let expected = [
        ("a.txt".to_owned(), replaced("a link")),
        ("link".to_owned(), replaced("a file")),
        ("run".to_owned(), replaced("a named pipe")),
    ];
    assert_eq!(drift(&project), expected);
}

#[test]
fn ends_of_lines_alone_are_no_drift() {
    let (_guard, project) = project(FILES);
    put(&project, "a.txt", "one\r\ntwo\r\n");
    put(&project, "crlf.bat", "one\ntwo\n");
    assert_eq!(drift(&project), []);
    put(&project, "a.txt", "one\r\nthree\r\n");
    // A zero makes it binary, where every byte counts.
    put(&project, "logo.png", b"\0\r\nx");
    let paths: Vec<String> = drift(&project).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["a.txt", "logo.png"]);
}

/// Returns how the project stands if the template is known as this now.
fn standing(known: &Known) -> Standing {
    let (_guard, project) = project(FILES);
    let status = project_status(&project, &|_| known.clone()).unwrap();
    status.templates.into_iter().next().unwrap().standing
}

#[test]
fn behind_is_who_was_made_from_another_template() {
    let same = Known::from(&super::super::testing::template("t", FILES));
    assert_eq!(standing(&same), Standing::Current);
    let other = |version: &str| {
        standing(&Known::Template {
            name: "t".to_owned(),
            version: version.to_owned(),
            content: ContentHash::of(b"other"),
        })
    };
    let behind = |latest: &str| Standing::Behind {
        latest: latest.to_owned(),
    };
    assert_eq!(other("1.10.0"), behind("1.10.0"));
    assert_eq!(other("1.0.0"), behind("1.0.0"));
    assert_eq!(other("1.0.0+build"), behind("1.0.0+build"));
    let latest = "1.0.0-rc.1".to_owned();
    assert_eq!(other("1.0.0-rc.1"), Standing::Ahead { latest });
    let reason = "gone".to_owned();
    assert_eq!(
        standing(&Known::Unknown {
            reason: reason.clone()
        }),
        Standing::Unknown { reason }
    );
}

#[test]
fn a_folder_without_a_record_is_none_of_ours() {
    let (_guard, project) = project(FILES);
    fs::remove_dir_all(project.join(".perk")).unwrap();
    let known = |_: &_| Known::from(&Template::from_files::<&str>([]).unwrap());
    let error = project_status(&project, &known).unwrap_err();
    assert!(error.to_string().ends_with("has no record of a template"));
}

#[test]
fn a_record_that_is_a_link_is_not_followed() {
    let (_guard, project) = project(FILES);
    let record = project.join(".perk/scaffold.toml");
    fs::rename(&record, project.join("moved.toml")).unwrap();
    symlink("../moved.toml", &record).unwrap();
    let known = |_: &_| unreachable!();
    let error = project_status(&project, &known).unwrap_err();
    assert!(
        error.to_string().ends_with("is a link, not a file"),
        "{error}"
    );
}
