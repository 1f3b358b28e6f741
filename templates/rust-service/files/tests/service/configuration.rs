//! A configuration that is not usable ends the program at once, with all that is wrong with it.

use crate::support::program::command;

#[test]
fn every_mistake_is_told_before_anything_starts() {
    let output = command(&[("LISTEN_ADDRESS", "here"), ("REQUEST_TIMEOUT", "soon")])
        .output()
        .expect("the program");
    let text = String::from_utf8_lossy(&output.stderr);

    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("LISTEN_ADDRESS must be an address"), "{text}");
    assert!(
        text.contains("REQUEST_TIMEOUT must be a duration"),
        "{text}"
    );
}

#[test]
fn an_unknown_command_is_answered_by_the_usage() {
    let output = command(&[]).arg("unknown").output().expect("the program");

    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("usage: "));
}
