//! Health: whether the process lives, has started, and should be sent requests.
//!
//! Background checks write down what they see; the endpoints only read it. Nothing here waits for
//! anything outside the process while a request for health is answered.

mod checker;
mod heartbeat;
mod probe;
mod readiness;
mod report;
mod server;
mod status;
mod threshold;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::time::Instant;

pub use self::checker::{CheckSettings, Checker};
pub use self::heartbeat::{Heartbeat, Vital};
pub use self::probe::{Dependency, Failure, Probe};
pub use self::report::{Check, Component, Report};
pub use self::server::{HealthServer, HealthServerError};
pub use self::status::{FaultPolicy, Importance, Status};
pub use self::threshold::{Threshold, Verdict};

/// What the health endpoints read.
pub struct Health {
    vitals: Vec<Arc<dyn Vital>>,
    checkers: Vec<Checker>,
    fault_policy: FaultPolicy,
    initialized: AtomicBool,
    shutting_down: AtomicBool,
}

impl std::fmt::Debug for Health {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Health")
            .field("checkers", &self.checkers)
            .field("initialized", &self.initialized)
            .field("shutting_down", &self.shutting_down)
            .finish_non_exhaustive()
    }
}

impl Health {
    /// Health from what must keep moving inside and what is checked outside.
    pub fn new(
        vitals: Vec<Arc<dyn Vital>>,
        checkers: Vec<Checker>,
        fault_policy: FaultPolicy,
    ) -> Self {
        Self {
            vitals,
            checkers,
            fault_policy,
            initialized: AtomicBool::new(false),
            shutting_down: AtomicBool::new(false),
        }
    }

    /// Notes that the listeners are open and the service can work.
    pub fn mark_initialized(&self) {
        self.initialized.store(true, Ordering::Release);
    }

    /// Notes that the service is about to stop: readiness fails from here on.
    pub fn mark_shutting_down(&self) {
        self.shutting_down.store(true, Ordering::Release);
    }

    /// Returns whether a restart would help: nothing outside the process counts.
    pub fn liveness(&self, now: Instant) -> Report {
        Report::new(
            self.vitals
                .iter()
                .map(|vital| heartbeat::check(&**vital, now))
                .collect(),
        )
    }

    /// Returns whether the service has started: it listens, and each check has ended once.
    pub fn startup(&self) -> Report {
        let initialized = self.initialized.load(Ordering::Acquire);
        let mut checks = vec![Check::state("initialization", initialized, "not finished")];
        checks.extend(self.checkers.iter().map(|checker| {
            let checked = checker.snapshot().last.is_some();
            Check::state(checker.dependency().name, checked, "not checked yet")
        }));
        Report::new(checks)
    }

    /// Returns whether requests should be sent here.
    pub fn readiness(&self, now: Instant) -> Report {
        let shutting_down = self.shutting_down.load(Ordering::Acquire);
        let mut checks = vec![Check::state("shutdown", !shutting_down, "shutting down")];
        for checker in &self.checkers {
            checks.extend(readiness::checks(checker, self.fault_policy, now));
        }
        Report::new(checks)
    }
}
