//! A real PostgreSQL behind a network that breaks: the process stays alive, says exactly what is
//! wrong, and recovers by itself.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::Service;
use crate::support::client::Answer;
use crate::support::fault_proxy::Fault;

const PERIOD: Duration = Duration::from_millis(500);
const VARIABLES: &[(&str, &str)] = &[("HEALTH_CHECK_PERIOD", "500ms"), ("REQUEST_TIMEOUT", "3s")];
const RECOVERY: Duration = Duration::from_secs(30);

#[test]
#[cfg_attr(not(postgresql_installed), ignore = "PostgreSQL is not installed")]
fn a_database_fault_is_named_does_not_kill_and_passes() {
    let service = Service::start(VARIABLES);
    service.program.wait_for("/readyz", 200, RECOVERY);
    for (fault, output) in [
        (Fault::Down, "unreachable"),
        (Fault::Reset, "connection lost"),
        (Fault::Latency(Duration::from_secs(3)), "timeout"),
        (Fault::BlackHole, "timeout"),
    ] {
        service.proxy.set(fault);
        let failed = watch_until_unready(&service, fault);
        assert_only_database_failed(&failed, output);
        assert_refused_politely(&service, fault);
        assert_quick(&service, fault);

        service.proxy.set(Fault::None);
        let recovery = service.program.wait_for("/readyz", 200, RECOVERY);
        println!("{fault:?}: ready again after {recovery:?}");
        assert_works_again(&service, fault);
    }
}

#[test]
#[cfg_attr(not(postgresql_installed), ignore = "PostgreSQL is not installed")]
fn a_thousand_questions_cause_no_more_than_one_check_a_period() {
    let service = Service::start(VARIABLES);
    service.program.wait_for("/readyz", 200, RECOVERY);
    let (started, before) = (Instant::now(), service.proxy.health_checks());
    for _ in 0..1_000 {
        assert_eq!(service.program.ask("/readyz").status, 200);
        sleep(Duration::from_millis(1));
    }
    let checks = service.proxy.health_checks() - before;
    let periods = started.elapsed().as_millis() / PERIOD.as_millis();

    assert!(checks >= 1, "nothing was checked");
    assert!(
        checks as u128 <= periods + 1,
        "{checks} checks in {periods} periods"
    );
}

#[test]
#[cfg_attr(not(postgresql_installed), ignore = "PostgreSQL is not installed")]
fn a_fault_of_something_soft_or_common_is_a_warning() {
    for (variable, value) in [
        ("DATABASE_IMPORTANCE", "soft"),
        ("HEALTH_FAULT_POLICY", "fail-open"),
    ] {
        let service = Service::start(&[("HEALTH_CHECK_PERIOD", "500ms"), (variable, value)]);
        service.proxy.set(Fault::Down);
        let started = Instant::now();
        let mut answer = service.program.ask("/readyz");
        while answer.json()["status"] == "pass" && started.elapsed() < RECOVERY {
            sleep(Duration::from_millis(50));
            answer = service.program.ask("/readyz");
        }
        assert_eq!(
            (answer.status, &answer.json()["status"]),
            (200, &"warn".into())
        );
    }
}

fn watch_until_unready(service: &Service, fault: Fault) -> Answer {
    let started = Instant::now();
    loop {
        assert_quick(service, fault);
        let answer = service.program.ask("/readyz");
        if answer.status == 503 {
            return answer;
        }
        assert!(started.elapsed() < RECOVERY, "{fault:?} goes unnoticed");
        sleep(Duration::from_millis(20));
    }
}

fn assert_quick(service: &Service, fault: Fault) {
    let live = service.program.ask("/livez");
    assert_eq!(live.status, 200, "{fault:?}: {live:?}");
    assert!(
        live.took < Duration::from_millis(500),
        "{fault:?}: {live:?}"
    );
    let ready = service.program.ask("/readyz");
    assert!(ready.took < Duration::from_secs(1), "{fault:?}: {ready:?}");
}

fn assert_only_database_failed(answer: &Answer, output: &str) {
    let body = answer.json();
    assert_eq!(body["status"], "fail");
    let checks = body["checks"].as_object().expect("checks");
    let bad = checks
        .iter()
        .filter(|(_, entries)| entries[0]["status"] != "pass");
    let bad: Vec<_> = bad
        .map(|(_, entries)| entries[0]["componentId"].clone())
        .collect();
    assert!(bad.iter().all(|name| name == "postgresql"), "{body}");
    let check = &checks["postgresql:responseTime"][0];
    assert_eq!(check["output"], output, "{body}");
    assert_eq!(check["affectedEndpoints"][0], "/v1/notes");
    assert!(
        !answer.body.contains("127.0.0.1"),
        "the body names a host: {body}"
    );
}

fn assert_refused_politely(service: &Service, fault: Fault) {
    let answer = service.request("GET", "/v1/notes", "");
    assert!([503, 504].contains(&answer.status), "{fault:?}: {answer:?}");
    assert!(
        answer.took < Duration::from_secs(4),
        "{fault:?}: {answer:?}"
    );
}

/// The breaker may be open for a little longer than the fault lasts.
fn assert_works_again(service: &Service, fault: Fault) {
    let started = Instant::now();
    while service.request("GET", "/v1/notes", "").status != 200 {
        assert!(
            started.elapsed() < RECOVERY,
            "{fault:?}: no answer\n{}",
            service.program.log()
        );
        sleep(Duration::from_millis(100));
    }
}
