//! How health is judged: listener, check rhythm, thresholds.

use std::net::SocketAddr;
use std::time::Duration;

use super::environment::Environment;
use super::server::all_interfaces;
use crate::health::{CheckSettings, FaultPolicy, Threshold};

/// How health is judged.
#[derive(Debug, Clone)]
pub struct HealthConfig {
    /// Where `/livez`, `/readyz`, `/startupz` and `/metrics` are answered.
    pub listen_address: SocketAddr,
    /// The rhythm and the thresholds of the background checks.
    pub checks: CheckSettings,
    /// What a hard dependency that is down means for readiness.
    pub fault_policy: FaultPolicy,
    /// How long the event loop may stand still before liveness fails.
    pub stall_limit: Duration,
}

impl HealthConfig {
    pub(super) fn read(environment: &mut Environment<'_>) -> Self {
        Self {
            listen_address: environment.parsed(
                "HEALTH_LISTEN_ADDRESS",
                all_interfaces(8081),
                "an address and a port, such as `0.0.0.0:8081`",
            ),
            checks: read_checks(environment),
            fault_policy: environment.parsed(
                "HEALTH_FAULT_POLICY",
                FaultPolicy::FailClosed,
                "`fail-closed` or `fail-open`",
            ),
            stall_limit: environment.duration(
                "LIVENESS_STALL_LIMIT",
                Duration::from_secs(30),
                &(Duration::from_secs(2)..=Duration::from_secs(600)),
            ),
        }
    }
}

fn read_checks(environment: &mut Environment<'_>) -> CheckSettings {
    let milliseconds = Duration::from_millis;
    let period = environment.duration(
        "HEALTH_CHECK_PERIOD",
        milliseconds(5_000),
        &(milliseconds(100)..=milliseconds(60_000)),
    );
    let timeout = environment.duration(
        "HEALTH_CHECK_TIMEOUT",
        milliseconds(1_000),
        &(milliseconds(10)..=milliseconds(1_000)),
    );
    let needed = environment.number("HEALTH_CHECK_NEEDED", 2, &(1..=10));
    let window = environment.number("HEALTH_CHECK_WINDOW", 3, &(1..=10));
    let threshold = Threshold::new(needed, window).unwrap_or_else(|| {
        environment.reject(
            "HEALTH_CHECK_NEEDED",
            "must be more than half of HEALTH_CHECK_WINDOW and no more than all of it",
        );
        Threshold::default()
    });
    CheckSettings {
        period,
        timeout,
        threshold,
    }
}
