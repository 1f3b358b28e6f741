//! Folders that mean harm: links, devices, and destinations that have been prepared.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use rustix::fs::FileType;

use super::sandbox::{Sandbox, put};

pub(crate) struct DiskCase {
    pub(crate) name: &'static str,
    pub(crate) prepare: fn(&Sandbox),
    pub(crate) error: &'static str,
}

const fn case(name: &'static str, prepare: fn(&Sandbox), error: &'static str) -> DiskCase {
    DiskCase {
        name,
        prepare,
        error,
    }
}

const OUTSIDE: &str = "which is not surely within `files`";

/// Templates that lie in a folder.
pub(crate) const CASES: &[DiskCase] = &[
    case(
        "a link to a file outside",
        |it| link(it, "../../outside/canary", "a"),
        OUTSIDE,
    ),
    case(
        "a link to an absolute path",
        |it| link(it, "/etc/passwd", "a"),
        OUTSIDE,
    ),
    case(
        "a link to a rendered text",
        |it| link(it, "../../outside/canary", "a.hbs"),
        OUTSIDE,
    ),
    case(
        "a link to a folder outside",
        |it| link(it, "../../outside", "folder"),
        OUTSIDE,
    ),
    case(
        "a link to the top and beyond",
        |it| link(it, "..", "a"),
        OUTSIDE,
    ),
    case(
        "a link that dips down and comes out",
        |it| link(it, "b/../../../outside", "a"),
        OUTSIDE,
    ),
    case(
        "a link with a dot in it",
        |it| link(it, "./../../outside", "a"),
        OUTSIDE,
    ),
    case(
        "a chain of links that comes out",
        |it| {
            std::fs::create_dir_all(it.files().join("x/y")).unwrap();
            std::fs::create_dir_all(it.files().join("a")).unwrap();
            symlink("../../a", it.files().join("x/y/d")).unwrap();
            symlink("d/../../outside/canary", it.files().join("x/y/e")).unwrap();
        },
        OUTSIDE,
    ),
    case(
        "a manifest that is a link",
        |it| {
            std::fs::remove_file(it.template().join("template.toml")).unwrap();
            symlink(
                it.outside().join("canary"),
                it.template().join("template.toml"),
            )
            .unwrap();
        },
        "`template.toml` is a link",
    ),
    case(
        "a manifest that is a folder",
        |it| {
            std::fs::remove_file(it.template().join("template.toml")).unwrap();
            std::fs::create_dir(it.template().join("template.toml")).unwrap();
        },
        "`template.toml` is a folder",
    ),
    case(
        "a manifest that is a pipe",
        |it| {
            std::fs::remove_file(it.template().join("template.toml")).unwrap();
            node(it, "../template.toml", FileType::Fifo);
        },
        "`template.toml` is a named pipe",
    ),
    case(
        "a folder of files that is a link",
        |it| {
            std::fs::remove_dir_all(it.files()).unwrap();
            symlink(it.outside(), it.files()).unwrap();
        },
        "`files` is not a folder",
    ),
    case(
        "a pipe, which would make a reader wait",
        |it| node(it, "pipe", FileType::Fifo),
        "`files/pipe` is a named pipe",
    ),
    case(
        "a pipe with tags",
        |it| node(it, "pipe.hbs", FileType::Fifo),
        "`files/pipe.hbs` is a named pipe",
    ),
    case(
        "a socket",
        |it| node(it, "socket", FileType::Socket),
        "`files/socket` is a socket",
    ),
    case(
        "a name that is no text",
        |it| {
            let name = OsStr::from_bytes(b"\xff\xfe.txt");
            std::fs::File::create_new(it.files().as_std_path().join(name)).unwrap();
        },
        "has a name that is not UTF-8",
    ),
    case(
        "a text with tags that is no text",
        |it| put(&it.files().join("a.hbs"), b"{{x}}\xff"),
        "is not UTF-8",
    ),
    case(
        "folders without end",
        |it| {
            std::fs::create_dir_all(it.files().join("d/".repeat(80))).unwrap();
        },
        "the depth of folders would be more than 64",
    ),
    case(
        "a link that takes the place of a folder",
        |it| {
            std::fs::create_dir(it.files().join("real")).unwrap();
            symlink("real", it.files().join("Link")).unwrap();
            std::fs::create_dir(it.files().join("link")).unwrap();
            put(&it.files().join("link/a"), b"a");
        },
        "one path where case or Unicode form does not count",
    ),
    case(
        "a folder of git",
        |it| {
            std::fs::create_dir_all(it.files().join(".git/hooks")).unwrap();
            put(&it.files().join(".git/hooks/post-checkout"), b"#!/bin/sh\n");
        },
        "`.git` folder",
    ),
    case(
        "a submodule's file of git",
        |it| put(&it.files().join(".git"), b"gitdir: /x\n"),
        "`.git` folder",
    ),
];

/// Destinations that lead elsewhere; the template has `src/a.txt`.
pub(crate) const DESTINATIONS: &[DiskCase] = &[
    case(
        "a folder that is a link",
        |it| {
            std::fs::create_dir(it.destination()).unwrap();
            symlink(it.outside(), it.destination().join("src")).unwrap();
        },
        "`src/a.txt` is blocked",
    ),
    case(
        "a folder that is a relative link",
        |it| {
            std::fs::create_dir(it.destination()).unwrap();
            symlink("../../outside", it.destination().join("src")).unwrap();
        },
        "`src/a.txt` is blocked",
    ),
    case(
        "a file that is a folder",
        |it| {
            std::fs::create_dir_all(it.destination().join("src/a.txt")).unwrap();
        },
        "`src/a.txt` is blocked",
    ),
    case(
        "a file that is a pipe",
        |it| {
            std::fs::create_dir_all(it.destination().join("src")).unwrap();
            node(it, "../../work/new/src/a.txt", FileType::Fifo);
        },
        "`src/a.txt` is blocked",
    ),
    case(
        "a pending folder that is a link",
        |it| {
            std::fs::create_dir(it.destination()).unwrap();
            symlink(it.outside(), it.destination().join(".perk-pending")).unwrap();
        },
        "cannot write",
    ),
    case(
        "a journal that nobody can read",
        |it| {
            std::fs::create_dir_all(it.destination().join(".perk-pending")).unwrap();
            put(&it.destination().join(".perk-pending/journal.json"), b"{}");
        },
        "cannot read",
    ),
    case(
        "a journal that is a pipe",
        |it| {
            std::fs::create_dir_all(it.destination().join(".perk-pending")).unwrap();
            node(
                it,
                "../../work/new/.perk-pending/journal.json",
                FileType::Fifo,
            );
        },
        "cannot read",
    ),
    case(
        "a destination that is a dangling link",
        |it| {
            symlink(it.outside().join("made"), it.destination()).unwrap();
        },
        "cannot",
    ),
    case(
        "a beginning that is a link",
        |it| {
            symlink(
                it.outside(),
                it.destination().with_file_name(".perk-new-new"),
            )
            .unwrap();
        },
        "cannot write",
    ),
];

fn link(sandbox: &Sandbox, target: &str, name: &str) {
    symlink(target, sandbox.files().join(name)).unwrap();
}

#[expect(
    clippy::disallowed_methods,
    reason = "no call for it is there on every system"
)]
fn node(sandbox: &Sandbox, name: &str, kind: FileType) {
    let path = sandbox.files().join(name);
    if kind == FileType::Socket {
        std::os::unix::net::UnixListener::bind(path).unwrap();
    } else {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    }
}
