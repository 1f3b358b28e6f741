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
