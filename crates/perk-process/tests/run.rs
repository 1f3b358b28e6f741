//! Programs that behave, and programs that do not.

#![expect(clippy::unwrap_used, reason = "to panic is how a test fails")]

use std::ffi::OsStr;
use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::time::{Duration, Instant};

use perk_process::{Input, Invocation, ProcessError, Program, SearchPath};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

fn program(name: &str) -> Program {
    let path = SearchPath::new(OsStr::new("/usr/local/bin:/usr/bin:/bin"));
    path.find(name, "test").unwrap()
}

fn script(text: &str) -> Invocation {
    program("sh")
        .invocation("run a script")
        .arguments(["-c", text])
}

#[test]
fn output_comes_back_and_arguments_are_taken_as_they_are() {
    let echo = program("printf").invocation("print");
    let output = echo
        .arguments(["%s|", "a b", "$HOME", "; ls", "*"])
        .capture();
    assert_eq!(output.unwrap().success().unwrap(), b"a b|$HOME|; ls|*|");
}

#[test]
fn input_variables_and_folder_reach_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let output = script("cat; echo $ONE; pwd -P")
        .input(Input::Bytes(b"in\n".to_vec()))
        .variable("ONE", "1")
        .folder(folder.path())
        .capture();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let real = folder.path().canonicalize().unwrap();
    assert_eq!(text, format!("in\n1\n{}\n", real.display()));
}

#[test]
fn variables_can_be_withheld() {
    // Every test process has these.
    let output = script("echo [$CARGO_PKG_NAME] [$CARGO_MANIFEST_DIR] [$HOME]")
        .without_variables_like("CARGO_")
        .without_variables(["HOME"])
        .capture();
    assert_eq!(output.unwrap().stdout, b"[] [] []\n");
}

#[test]
fn a_failure_tells_code_and_last_words_but_no_arguments() {
    let error = script("echo bad luck >&2; exit 7 # secret").capture();
    let error = error.unwrap().success().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`sh` failed to run a script (exit code 7)"
    );
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "bad luck");
    assert!(!format!("{error:?}").contains("secret"));
    let debug = format!("{:?}", script("secret"));
    assert!(!debug.contains("secret"));
}

#[test]
fn a_signal_is_a_failure_too() {
    let error = script("kill -9 $$").capture().unwrap().success();
    let message = error.unwrap_err().to_string();
    assert_eq!(message, "`sh` failed to run a script (signal 9)");
}

#[test]
fn what_takes_too_long_is_stopped_with_all_it_started() {
    let start = Instant::now();
    let limited = script("sleep 100 & echo $! ; wait").time_limit(Duration::from_millis(200));
    let error = limited.capture().unwrap_err();
    assert_eq!(error.to_string(), "`sh` did not run a script within 0.2 s");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_writes_too_much_is_stopped() {
    let error = script("yes").output_limit(100_000).capture().unwrap_err();
    assert!(matches!(
        error,
        ProcessError::TooMuchOutput { limit: 100_000, .. }
    ));
    let error = script("head -c 101 /dev/zero").output_limit(100).capture();
    assert!(error.is_err());
    let exact = script("head -c 100 /dev/zero").output_limit(100).capture();
    assert_eq!(exact.unwrap().stdout.len(), 100);
}

#[test]
fn noise_on_standard_error_neither_blocks_nor_grows() {
    let script = script("yes noise | head -c 3000000 >&2; echo last >&2; exit 1");
    let error = script.capture().unwrap().success().unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.ends_with("; last"), "{source}");
}

#[test]
fn the_guard_stops() {
    let guarded = script("sleep 100").guard(|| Some("the disk is full".to_owned()));
    let message = guarded.capture().unwrap_err().to_string();
    assert_eq!(
        message,
        "`sh` was stopped when it was to run a script: the disk is full"
    );
}

#[test]
fn what_is_left_running_holds_nothing_up() {
    let start = Instant::now();
    let output = script("sleep 30 & echo done").capture().unwrap();
    assert_eq!(output.stdout, b"done\n");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_program_that_ignores_its_input_is_no_failure() {
    let ignoring = script("exit 0").input(Input::Bytes(vec![0; 1_000_000]));
    assert!(ignoring.capture().unwrap().success().is_ok());
}

#[test]
fn a_run_passes_the_exit_code_on() {
    assert!(script("true").run().is_ok());
    let message = script("exit 3").run().unwrap_err().to_string();
    assert_eq!(message, "`sh` failed to run a script (exit code 3)");
}

#[test]
fn a_transcript_has_both_streams_in_order() {
    let transcript = script("echo a; echo b >&2; echo c; exit 3").transcript();
    let transcript = transcript.unwrap();
    assert_eq!(transcript.output, b"a\nb\nc\n");
    assert_eq!(
        transcript.outcome.unwrap_err().to_string(),
        "`sh` failed to run a script (exit code 3)"
    );
}

#[test]
fn of_a_long_transcript_the_end_is_kept() {
    let long = script("i=0; while [ $i -lt 60000 ]; do echo line $i; i=$((i+1)); done");
    let transcript = long.output_limit(100_000).transcript().unwrap();
    assert!(transcript.outcome.is_ok() && transcript.output.len() <= 100_000);
    assert!(transcript.output.ends_with(b"line 59999\n"));
}

#[test]
fn what_takes_too_long_has_said_something_before() {
    let limited = script("echo begun; sleep 100").time_limit(Duration::from_millis(200));
    let transcript = limited.transcript().unwrap();
    assert_eq!(transcript.output, b"begun\n");
    assert!(matches!(
        transcript.outcome,
        Err(ProcessError::TimedOut { .. })
    ));
}

const AS_CHILD: &str = "PERK_PROCESS_TEST_CHILD";

#[test]
fn a_signal_ends_the_program_and_then_this_process() {
    if is_child() {
        let _ = script("echo $$ >&2; exec sleep 100").run();
        return;
    }
    let (status, _) = terminated("a_signal_ends_the_program_and_then_this_process");
    assert_eq!(status.signal(), Some(15));
}

#[test]
fn a_signal_that_is_held_ends_the_program_only() {
    if is_child() {
        let held = perk_process::hold_signals().unwrap();
        let outcome = script("echo $$ >&2; exec sleep 100").run();
        let is_interrupted = matches!(outcome, Err(ProcessError::Interrupted { .. }));
        assert!(is_interrupted && held.has_come());
        let again = script("sleep 100").capture();
        assert!(matches!(again, Err(ProcessError::Interrupted { .. })));
        eprintln!("cleaned up");
        return;
    }
    let (status, said) = terminated("a_signal_that_is_held_ends_the_program_only");
    assert!(status.success() && said.contains("cleaned up"), "{said}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test tells itself from its child"
)]
fn is_child() -> bool {
    std::env::var_os(AS_CHILD).is_some()
}

/// Waits for the end of a process that is not ours to wait for.
fn is_gone(pid: Pid) -> bool {
    let deadline = Instant::now() + Duration::from_secs(10);
    while test_kill_process(pid).is_ok() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}

/// Runs a test of this file that starts a program, which says its number first, and terminates it.
#[expect(
    clippy::disallowed_methods,
    reason = "the test runs itself to be killed"
)]
fn terminated(test: &str) -> (std::process::ExitStatus, String) {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(AS_CHILD, "1")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = Vec::new();
    let mut stderr = child.stderr.take().unwrap();
    let mut byte = [0];
    while stderr.read(&mut byte).unwrap() == 1 && byte != *b"\n" {
        line.push(byte[0]);
    }
    let grandchild: i32 = String::from_utf8(line).unwrap().parse().unwrap();
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    let status = child.wait().unwrap();
    assert!(is_gone(Pid::from_raw(grandchild).unwrap()));
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    (status, said)
}

#[test]
fn a_companion_answers_and_ends_when_nobody_has_its_lifeline() {
    let folder = tempfile::tempdir().unwrap();
    let text = "read line; echo \"got $line\"; while read line; do :; done; echo > ended";
    let invocation = script(text).folder(folder.path());
    let mut companion = invocation.companion().unwrap();
    companion.send("a word").unwrap();
    let (answer, lifeline) = companion.answer(Duration::from_secs(20));
    assert_eq!(answer.as_deref(), Some("got a word\n"));
    let ended = folder.path().join("ended");
    assert!(!ended.exists());
    drop(lifeline);
    let begin = Instant::now();
    while !ended.exists() {
        assert!(begin.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_companion_that_says_nothing_is_not_waited_for() {
    let silent = script("while read line; do :; done").companion().unwrap();
    let (answer, _lifeline) = silent.answer(Duration::from_millis(20));
    assert_eq!(answer, None);
    let gone = script("exit 1").companion().unwrap();
    let (answer, _lifeline) = gone.answer(Duration::from_secs(20));
    assert_eq!(answer, None);
}
