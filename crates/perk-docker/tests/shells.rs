//! A line, run by the real shell, gives the program the very words.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says where and why"
)]

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::process::{Command, Stdio};

use perk_docker::render::{Shell, shell_text};
use proptest::prelude::*;

/// Words that shells would take apart, expand, or take for something else.
const HARD: &[&str] = &[
    "",
    " ",
    "a b",
    "'",
    "''",
    "\"",
    "\\",
    "\\\\'",
    "$HOME",
    "${A}",
    "$(id)",
    "`id`",
    "!",
    "!!",
    "a!b",
    "~",
    "~root",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "=ls",
    "a=~",
    "#",
    "a#b",
    ";",
    "&",
    "|",
    "<",
    ">",
    "(",
    ")",
    "^",
    "^a^b",
    "%",
    "%self",
    "-",
    "--",
    "--%",
    "-e",
    "-foo:bar",
    "-a.b",
    "@a",
    "1e3",
    "0x10",
    "a,b",
    "\n",
    "a\n",
    "\na",
    "a\n\nb\n",
    "\t",
    "\r",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{1}2",
    "\u{85}",
    "é",
    "日本",
    "\u{2019}",
    "\u{201c}",
    "\u{202e}",
    "\u{feff}x",
    "\u{200b}",
    "$'a'",
    "\\n",
    "\\x41",
    "%s",
    "NO_PROXY=localhost,127.0.0.1,::1,.corp",
    "HTTP_PROXY=http://me:p%40ss@proxy.corp:3128",
    "type=bind,\"source=/a, b\",target=/c",
];

/// A program that writes each of its arguments and a zero byte.
const PRINTER: [&str; 2] = ["/usr/bin/printf", "%s\\0"];

fn is_installed(program: &str) -> bool {
    run(program, &["-c", "exit 0"], "").is_some()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the crate that runs programs is not among those that this one knows"
)]
fn run(program: &str, arguments: &[&str], input: &str) -> Option<Vec<u8>> {
    let mut child = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    Some(child.wait_with_output().ok()?.stdout)
}

/// Runs a line as the shell does that is told it in its arguments, or that reads it.
fn run_line(shell: Shell, program: &str, line: &str) -> Vec<u8> {
    let script = format!("{line}\n");
    let output = match shell {
        // The history is looked at as at a prompt.
        Shell::Bash => {
            let script = format!("set -o history -o histexpand\n{script}");
            run(program, &["--norc"], &script)
        }
        Shell::Zsh => run(program, &["-f"], &script),
        Shell::Fish => run(program, &["--no-config", "-c", line], ""),
        Shell::PowerShell => run(program, &["-NoProfile", "-Command", line], ""),
        Shell::Sh => run(program, &[], &script),
    };
    output.unwrap()
}

fn assert_same(shell: Shell, program: &str, words: &[OsString]) {
    let printer = PRINTER.iter().map(OsStr::new);
    let line = shell_text(shell, printer.chain(words.iter().map(OsString::as_os_str))).unwrap();
    let mut wanted: Vec<u8> = Vec::new();
    for word in words {
        wanted.extend_from_slice(word.as_bytes());
        wanted.push(0);
    }
    let output = run_line(shell, program, &line);
    assert_eq!(
        OsString::from_vec(output),
        OsString::from_vec(wanted),
        "{program} made something else of {line}"
    );
}

fn word() -> impl Strategy<Value = OsString> {
    prop_oneof![
        prop::sample::select(HARD).prop_map(OsString::from),
        "[ -~]{1,12}".prop_map(OsString::from),
        "\\PC{1,6}".prop_map(OsString::from),
        "[\\x01-\\x7f]{1,6}".prop_map(OsString::from),
        (prop::sample::select(HARD), prop::sample::select(HARD))
            .prop_map(|(one, other)| format!("{one}{other}").into()),
    ]
}

fn bytes() -> impl Strategy<Value = OsString> {
    prop::collection::vec(1_u8..=255, 1..8).prop_map(OsString::from_vec)
}

/// Asserts it of hard words and of many that chance makes.
fn assert_shell(shell: Shell, program: &str) {
    if !is_installed(program) {
        println!("skipped: {program} is not installed");
        return;
    }
    let hard: Vec<_> = HARD.iter().map(OsString::from).collect();
    assert_same(shell, program, &hard);
    let any = if shell == Shell::PowerShell {
        word().boxed()
    } else {
        prop_oneof![4 => word(), 1 => bytes()].boxed()
    };
    let config = ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(words in prop::collection::vec(any, 1..40))| {
        assert_same(shell, program, &words);
    });
}

#[test]
fn bash_reads_back_the_words() {
    assert_shell(Shell::Bash, "bash");
}

#[test]
fn zsh_reads_back_the_words() {
    assert_shell(Shell::Zsh, "zsh");
}

#[test]
fn shells_of_posix_read_back_the_words() {
    for program in ["dash", "bash", "zsh"] {
        assert_shell(Shell::Sh, program);
    }
}

#[test]
fn fish_reads_back_the_words() {
    assert_shell(Shell::Fish, "fish");
}

#[test]
fn powershell_reads_back_the_words() {
    assert_shell(Shell::PowerShell, "pwsh");
}

#[test]
fn usual_words_need_no_quotes() {
    let words = [
        "docker",
        "run",
        "-it",
        "-e",
        "NO_PROXY=localhost,.corp",
        "a/b:c@d",
    ];
    for shell in [Shell::Sh, Shell::Bash, Shell::Zsh, Shell::Fish] {
        let line = shell_text(shell, words.map(OsStr::new)).unwrap();
        assert_eq!(line, words.join(" "));
    }
}

#[test]
fn a_line_has_nothing_in_it_that_cannot_be_seen() {
    let word = OsStr::new("a\u{1b}]0;x\u{7}\u{202e}b\u{85}");
    for shell in Shell::ALL {
        let line = shell_text(shell, [word]).unwrap();
        assert!(
            line.chars().all(|letter| (' '..='~').contains(&letter)),
            "{line:?}"
        );
    }
    let fault = shell_text(Shell::PowerShell, [OsStr::from_bytes(b"\xff")]).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "`\u{fffd}` is not UTF-8 and cannot be written as text"
    );
}

#[test]
fn shells_are_known_by_their_programs() {
    assert_eq!(Shell::of_program("/usr/bin/zsh"), Some(Shell::Zsh));
    assert_eq!(Shell::of_program("-bash"), Some(Shell::Bash));
    assert_eq!(Shell::of_program("pwsh"), Some(Shell::PowerShell));
    assert_eq!(Shell::of_program("/bin/dash"), Some(Shell::Sh));
    assert_eq!(Shell::of_program("csh"), None);
}
