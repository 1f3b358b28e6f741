//! `perk iam validate` on what it may not trust: broken texts, odd files, loops.
//!
//! Each gives a finding, and the other files are still checked.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;

use perk_test::{Outcome, TestContext};

use crate::context;

const CLEAN: &str = include_str!("fixtures/policies/roles/reports-reader.json");

/// Checks one file, and another after it.
fn check(context: &TestContext, path: &str) -> Outcome {
    context.write("project/clean.json", CLEAN);
    context
        .invocation(["iam", "validate"])
        .argument(path)
        .argument("clean.json")
        .run()
}

fn check_text(text: impl AsRef<[u8]>) -> Outcome {
    let context = context();
    context.write("project/a.json", text);
    check(&context, "a.json")
}

#[test]
fn truncated_json() {
    let half = &CLEAN[..CLEAN.len() / 2];
    insta::assert_snapshot!(check_text(half), @r#"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the text ends inside a string
     --> a.json:8:19
      |
    8 |       "Resource": "arn:aws:s3:::a
      |                   ^
      |
      = help: mend the JSON; nothing after this place was read

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    "#);
}

#[test]
fn duplicate_keys() {
    let twice = CLEAN.replacen("\"Sid\"", "\"Effect\"", 1);
    insta::assert_snapshot!(check_text(twice), @r#"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the key `Effect` stands twice in one object
     --> a.json:6:7
      |
    6 |       "Effect": "Allow",
      |       ^^^^^^^^
      |
      = help: mend the JSON; nothing after this place was read

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    "#);
}

#[test]
fn deep_nesting() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    insta::assert_snapshot!(check_text(deep), @"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: values are nested more than 128 levels deep
     --> a.json:1:129
      |
    1 | ...[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                 ^
      |
      = help: mend the JSON; nothing after this place was read

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    ");
    let deep = CLEAN.replacen("\"*\"", &"[".repeat(10_000), 1);
    let deep = deep.replacen("\"s3:ListBucket\"", &"{\"a\":".repeat(10_000), 1);
    assert_eq!(check_text(deep).code, Some(1));
}

#[test]
fn nul_bytes() {
    let nul = CLEAN.replacen("ListReports", "List\0Reports", 1);
    insta::assert_snapshot!(check_text(nul), @r#"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: control character U+0000 in a string
     --> a.json:5:19
      |
    5 |       "Sid": "List␀Reports",
      |                   ^
      |
      = help: mend the JSON; nothing after this place was read

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    "#);
    assert_eq!(check_text(vec![0; 4096]).code, Some(1));
}

#[test]
fn text_that_is_not_utf8() {
    let mut bytes = CLEAN.replacen("ListReports", "é?", 1).into_bytes();
    let position = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[position] = 0xff;
    insta::assert_snapshot!(check_text(&bytes), @r#"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: this byte is not UTF-8
     --> a.json:5:16
      |
    5 |       "Sid": "é�",
      |                ^
      |
      = help: save the file as UTF-8; nothing in it was checked

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    "#);
}

#[test]
fn sixteen_bit_text() {
    let units = CLEAN.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
    insta::assert_snapshot!(check_text(bytes), @"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the file is UTF-16, and policies are UTF-8
     --> a.json:1:1
      |
    1 | {
      | ^
      |
      = help: convert it with `iconv -f UTF-16 -t UTF-8`

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    ");
}

#[test]
fn nothing_and_what_is_no_policy() {
    insta::assert_snapshot!(check_text(""), @"
    exit code: 1
    ----- stdout -----
    error[JSON_SYNTAX_ERROR]: the text is empty
     --> a.json
      = help: a policy document is a JSON object with a `Statement`

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    ");
    insta::assert_snapshot!(check_text("{\"name\": \"x\"}"), @r#"
    exit code: 1
    ----- stdout -----
    error[NO_POLICY_FOUND]: the JSON is not a policy document
     --> a.json:1:1
      |
    1 | {"name": "x"}
      | ^
      |
      = help: a policy document is an object with a `Statement`

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    "#);
    insta::assert_snapshot!(check_text("[1, 2]"), @"
    exit code: 1
    ----- stdout -----
    error[NO_POLICY_FOUND]: the JSON is not a policy document
     --> a.json:1:1
      |
    1 | [1, 2]
      | ^
      |
      = help: a policy document is an object with a `Statement`

    ----- stderr -----
    checked 1 policy in 2 files: 1 error
    ");
}

#[test]
fn a_byte_order_mark_and_windows_line_breaks_move_nothing() {
    let context = context();
    let policy = CLEAN.replacen("s3:ListBucket", "s3:ListBuckets!", 1);
    let places = |text: String| {
        context.write("project/a.json", text);
        context.run(["iam", "validate", "a.json"]).stdout
    };
    let expected = places(policy.clone());
    assert!(expected.contains("a.json:7:17\n"), "{expected}");
    assert_eq!(places(policy.replace('\n', "\r\n")), expected);
    assert_eq!(places(format!("\u{feff}{policy}")), expected);
}

#[test]
fn files_that_are_none() {
    let context = context();
    let folder = context.project();
    insta::assert_snapshot!(check(&context, "missing.json"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `missing.json` does not exist
     --> missing.json

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
    let _listener = UnixListener::bind(folder.join("socket.json")).unwrap();
    insta::assert_snapshot!(check(&context, "socket.json"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `socket.json` is a socket, not a file
     --> socket.json

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
    insta::assert_snapshot!(check(&context, "/dev/zero"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `/dev/zero` is a device, not a file
     --> /dev/zero

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
    symlink("loop.json", folder.join("loop.json")).unwrap();
    assert_eq!(check(&context, "loop.json").code, Some(1));
}

#[test]
fn a_named_pipe_is_never_waited_for() {
    let context = context();
    let path = context.project().join("folder/pipe.json");
    context.write("project/folder/clean.json", CLEAN);
    make_pipe(path.as_std_path());
    insta::assert_snapshot!(check(&context, "folder/pipe.json"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `folder/pipe.json` is a named pipe, not a file
     --> folder/pipe.json

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
    insta::assert_snapshot!(check(&context, "folder"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `folder/pipe.json` is a named pipe, not a file
     --> folder/pipe.json

    ----- stderr -----
    checked 2 policies in 2 files: 1 error
    ");
}

#[expect(clippy::disallowed_methods, reason = "std cannot make a named pipe")]
fn make_pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_file_that_cannot_be_read() {
    let context = context();
    context.write("project/secret.json", CLEAN);
    let path = context.project().join("secret.json");
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    if File::open(&path).is_ok() {
        eprintln!("skipped: the superuser may read everything");
        return;
    }
    insta::assert_snapshot!(check(&context, "secret.json"), @"");
}

#[test]
fn a_file_that_fails_when_it_is_read() {
    if File::open("/proc/self/mem").is_err() {
        eprintln!("skipped: this system has no such file");
        return;
    }
    insta::assert_snapshot!(check(&context(), "/proc/self/mem"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: cannot read `/proc/self/mem`: Input/output error (os error 5)
     --> /proc/self/mem

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
}

#[test]
fn links_that_lead_in_circles_or_nowhere() {
    let context = context();
    context.write("project/folder/below/clean.json", CLEAN);
    let folder = context.project().join("folder");
    symlink("..", folder.join("below/up")).unwrap();
    symlink("nowhere", folder.join("gone.json")).unwrap();
    symlink("nowhere", folder.join("gone")).unwrap();
    insta::assert_snapshot!(context.run(["iam", "validate", "folder"]), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: the link leads back to a folder that it is in
     --> folder/below/up

    error[UNREADABLE_INPUT]: the link leads nowhere
     --> folder/gone.json

    ----- stderr -----
    checked 1 policy in 1 file: 2 errors
    ");
}

#[test]
fn a_name_that_is_not_text_is_shown_as_well_as_can_be() {
    let context = context();
    let name = OsString::from_vec(b"\xff.json".to_vec());
    let path = context.project().as_std_path().join(&name);
    if File::create_new(path).is_err() {
        eprintln!("skipped: this file system takes no such names");
        return;
    }
    let run = context.invocation(["iam", "validate"]).argument(name).run();
    assert!(run.stdout.contains(" --> \u{fffd}.json\n"), "{run}");
    assert_eq!(context.run(["iam", "validate", "."]).code, Some(0));
}

#[test]
fn a_large_file_is_checked() {
    let context = context();
    context.write("project/a.json", CLEAN.repeat(8_000));
    let outcome = check(&context, "a.json");
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    checked 8001 policies in 2 files: no findings
    ");
    let policies = format!("{CLEAN},").repeat(8_000);
    context.write("project/a.json", format!("[{policies}{CLEAN}]"));
    assert_eq!(check(&context, "a.json").code, Some(0));
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let context = context();
    let file = File::create_new(context.project().join("a.json")).unwrap();
    // A file with a hole: it takes no space.
    file.set_len(200 * 1024 * 1024).unwrap();
    insta::assert_snapshot!(check(&context, "a.json"), @"
    exit code: 1
    ----- stdout -----
    error[UNREADABLE_INPUT]: `a.json` is larger than 128 MiB
     --> a.json

    ----- stderr -----
    checked 1 policy in 1 file: 1 error
    ");
}
