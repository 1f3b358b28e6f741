//! Judges one dependency by what its background check last saw.

use tokio::time::Instant;

use super::checker::{Checker, Snapshot};
use super::probe::Failure;
use super::report::{Check, Component, Stamp};
use super::status::{FaultPolicy, Status, fault_status};
use super::threshold::Verdict;
use crate::resilience::BreakerState;

/// Returns the checks of one dependency: its last answer, and its circuit breaker.
pub(super) fn checks(checker: &Checker, policy: FaultPolicy, now: Instant) -> Vec<Check> {
    let dependency = checker.dependency();
    let fault = fault_status(dependency.importance, policy);
    let snapshot = checker.snapshot();
    let output = judge(&snapshot, checker, now);
    let mut checks = vec![Check {
        name: dependency.name,
        measure: "responseTime",
        component: dependency.component,
        status: if output.is_some() {
            fault
        } else {
            Status::Pass
        },
        observed: snapshot.last.map(|last| last.latency),
        output,
        importance: dependency.importance,
        affected_endpoints: dependency.affected_endpoints,
        observation: snapshot.last.map(|last| Stamp {
            time: last.time,
            age: now.saturating_duration_since(last.at),
        }),
    }];
    checks.extend(dependency.breaker.as_ref().map(|breaker| {
        let state = breaker.state(now);
        Check {
            name: dependency.name,
            measure: "circuitBreaker",
            component: Component::Component,
            status: match state {
                BreakerState::Closed => Status::Pass,
                BreakerState::HalfOpen => Status::Warn,
                BreakerState::Open => fault,
            },
            observed: None,
            output: Some(state.as_str()),
            importance: dependency.importance,
            affected_endpoints: dependency.affected_endpoints,
            observation: None,
        }
    }));
    checks
}

fn judge(snapshot: &Snapshot, checker: &Checker, now: Instant) -> Option<&'static str> {
    let Some(last) = snapshot.last else {
        return Some("not checked yet");
    };
    if now.saturating_duration_since(last.at) > checker.expiry() {
        return Some("result expired");
    }
    match snapshot.verdict {
        Verdict::Healthy => None,
        Verdict::Unhealthy | Verdict::Unknown => {
            Some(last.failure.map_or("recovering", Failure::as_str))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::time::advance;

    use super::*;
    use crate::health::{CheckSettings, Dependency, Health, Importance, Probe, Report, Threshold};
    use crate::resilience::{Breaker, BreakerSettings};

    /// Works as often as it was told to, then fails; the check that asks once more dies.
    struct Script {
        passes: usize,
        failures: usize,
        calls: AtomicUsize,
    }

    impl Probe for Script {
        async fn probe(&self) -> Result<(), Failure> {
            let call = self.calls.fetch_add(1, Ordering::SeqCst);
            assert!(call < self.passes + self.failures, "the script is over");
            if call < self.passes {
                Ok(())
            } else {
                Err(Failure::Unreachable)
            }
        }
    }

    struct Setup {
        importance: Importance,
        policy: FaultPolicy,
        passes: usize,
        failures: usize,
        breaker: Option<Arc<Breaker>>,
    }

    impl Default for Setup {
        fn default() -> Self {
            Self {
                importance: Importance::Hard,
                policy: FaultPolicy::FailClosed,
                passes: 1_000,
                failures: 0,
                breaker: None,
            }
        }
    }

    fn start(setup: Setup) -> Health {
        let dependency = Dependency {
            name: "store",
            component: Component::Datastore,
            importance: setup.importance,
            affected_endpoints: &["/v1/things"],
            breaker: setup.breaker,
        };
        let calls = AtomicUsize::new(0);
        let script = Script {
            passes: setup.passes,
            failures: setup.failures,
            calls,
        };
        let settings = CheckSettings {
            period: Duration::from_secs(5),
            timeout: Duration::from_secs(1),
            threshold: Threshold::default(),
        };
        let checker = Checker::spawn(dependency, script, settings);
        Health::new(Vec::new(), vec![checker], setup.policy)
    }

    fn readiness(health: &Health) -> Report {
        health.readiness(Instant::now())
    }

    async fn after(seconds: u64, health: &Health) -> (Status, String) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        let report = readiness(health);
        let lines = report.to_lines("readyz");
        (
            report.status(),
            lines.lines().nth(1).unwrap_or_default().to_owned(),
        )
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_not_been_checked_fails_and_what_works_passes() {
        let health = start(Setup::default());
        assert_eq!(readiness(&health).status(), Status::Fail);
        assert_eq!(health.startup().status(), Status::Fail);

        assert_eq!(
            after(1, &health).await,
            (Status::Pass, "[+]store ok".to_owned())
        );
        health.mark_initialized();
        assert_eq!(health.startup().status(), Status::Pass);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fault_fails_what_is_hard_and_warns_otherwise() {
        let down = Setup {
            passes: 0,
            failures: 1_000,
            ..Setup::default()
        };
        let (status, line) = after(1, &start(down)).await;
        assert_eq!(
            (status, line.as_str()),
            (Status::Fail, "[-]store failed: unreachable")
        );

        let soft = Setup {
            passes: 0,
            failures: 1_000,
            importance: Importance::Soft,
            ..Setup::default()
        };
        let (status, line) = after(1, &start(soft)).await;
        assert_eq!(
            (status, line.as_str()),
            (Status::Warn, "[-]store degraded: unreachable")
        );

        let open = Setup {
            passes: 0,
            failures: 1_000,
            policy: FaultPolicy::FailOpen,
            ..Setup::default()
        };
        assert_eq!(after(1, &start(open)).await.0, Status::Warn);
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_result_of_a_check_that_died_expires() {
        let health = start(Setup {
            passes: 1,
            ..Setup::default()
        });
        assert_eq!(after(17, &health).await.0, Status::Pass);

        let (status, line) = after(2, &health).await;
        assert_eq!(
            (status, line.as_str()),
            (Status::Fail, "[-]store failed: result expired")
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_breaker_counts_until_a_call_may_try() {
        let settings = BreakerSettings {
            failures: 1,
            cool_down: Duration::from_secs(10),
        };
        let breaker = Breaker::new("store", settings);
        let health = start(Setup {
            breaker: Some(Arc::clone(&breaker)),
            ..Setup::default()
        });
        assert_eq!(after(1, &health).await.0, Status::Pass);

        breaker
            .admit(Instant::now())
            .unwrap()
            .failed(Instant::now());
        assert_eq!(readiness(&health).status(), Status::Fail);
        advance(Duration::from_secs(10)).await;
        assert_eq!(readiness(&health).status(), Status::Warn);
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_is_stopping_is_not_ready() {
        let health = start(Setup::default());
        after(1, &health).await;
        health.mark_shutting_down();

        assert_eq!(readiness(&health).status(), Status::Fail);
        assert_eq!(health.liveness(Instant::now()).status(), Status::Pass);
    }
}
