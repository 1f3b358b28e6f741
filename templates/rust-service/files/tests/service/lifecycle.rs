//! Start and stop, as the platform drives them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

use crate::support::client;
use crate::support::program::Program;

/// Failing open, since these tests do without anything that the service depends on.
const VARIABLES: &[(&str, &str)] = &[
    ("SHUTDOWN_DELAY", "2s"),
    ("HEALTH_FAULT_POLICY", "fail-open"),
];

#[test]
fn at_sigterm_readiness_fails_first_and_requests_are_still_answered() {
    let mut program = Program::start(VARIABLES);
    assert_eq!(program.ask("/readyz").status, 200);

    program.terminate();
    program.wait_for("/readyz", 503, Duration::from_millis(1_500));
    assert_eq!(
        program.ask("/readyz").json()["checks"]["shutdown:state"][0]["status"],
        "fail"
    );
    assert_eq!(program.ask("/livez").status, 200);
    assert_eq!(client::get(program.address, "/nowhere").status, 404);

    assert!(program.wait(Duration::from_secs(10)).success());
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let mut program = Program::start(VARIABLES);
    let mut stream = TcpStream::connect(program.address).expect("a connection");
    write!(stream, "GET /nowhere HTTP/1.1\r\nhost: localhost\r\n").expect("half a request");
    sleep(Duration::from_millis(100));
    program.terminate();
    sleep(Duration::from_millis(300));
    write!(stream, "connection: close\r\n\r\n").expect("the other half");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");

    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(program.wait(Duration::from_secs(10)).success());
}

#[test]
fn the_log_is_json_line_by_line() {
    let program = Program::start(VARIABLES);
    client::get(program.address, "/nowhere");
    let log = program.log();
    let records: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();

    let answered = records
        .iter()
        .find(|record| record["message"] == "request answered");
    let span = &answered.expect(&log)["span"];
    assert_eq!(span["http.route"], "unmatched");
    assert_eq!(span["request_id"].as_str().map(str::len), Some(32));
}

#[test]
fn health_tells_its_parts_to_people_and_metrics_to_machines() {
    let program = Program::start(VARIABLES);
    client::get(program.address, "/nowhere");

    let lines = program.ask("/livez?verbose").body;
    assert!(lines.starts_with("[+]event-loop ok\n"), "{lines}");
    assert!(lines.ends_with("livez check passed\n"), "{lines}");
    let answer = program.ask("/livez");
    assert_eq!(
        answer.header("content-type"),
        Some("application/health+json")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let metrics = program.ask("/metrics").body;
    assert!(
        metrics
            .contains("http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 1")
    );
}

#[test]
fn many_open_connections_do_not_keep_liveness_from_answering() {
    let program = Program::start(VARIABLES);
    let open: Vec<TcpStream> = (0..200)
        .filter_map(|_| TcpStream::connect(program.address).ok())
        .collect();
    for mut stream in &open {
        let _ = stream.write_all(b"GET /nowhere HTTP/1.1\r\n");
    }
    let answer = program.ask("/livez");

    assert_eq!(answer.status, 200);
    assert!(
        answer.took < Duration::from_millis(500),
        "{:?}",
        answer.took
    );
}
