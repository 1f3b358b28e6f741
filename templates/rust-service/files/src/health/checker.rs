//! Checks one dependency in the background, in its own rhythm, however often health is asked for.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, timeout};

use super::probe::{Dependency, Failure, Probe};
use super::threshold::{History, Threshold, Verdict};

/// The rhythm of a check.
#[derive(Debug, Clone, Copy)]
pub struct CheckSettings {
    /// The pause between two checks; up to a fifth is added at random, so that the instances of a
    /// service do not all check at once.
    pub period: Duration,
    /// How long one check may take.
    pub timeout: Duration,
    /// How many checks must agree before the verdict flips.
    pub threshold: Threshold,
}

impl CheckSettings {
    /// Returns the age from which a result says nothing any more.
    pub fn expiry(&self) -> Duration {
        3 * (self.period + self.timeout)
    }

    fn pause(&self) -> Duration {
        self.period + self.period.mul_f64(fastrand::f64() / 5.0)
    }
}

/// One finished check.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    pub(super) at: Instant,
    pub(super) time: OffsetDateTime,
    pub(super) latency: Duration,
    pub(super) failure: Option<Failure>,
}

/// What is known about a dependency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Snapshot {
    pub(super) verdict: Verdict,
    pub(super) last: Option<Observation>,
}

/// A background check that runs until it is dropped.
///
/// A check that dies leaves its last result behind, which expires: readiness then says so.
#[derive(Debug)]
pub struct Checker {
    dependency: Dependency,
    expiry: Duration,
    snapshot: watch::Receiver<Snapshot>,
    task: AbortHandle,
}

impl Checker {
    /// Starts checking on the current runtime; the first check begins at once.
    pub fn spawn(dependency: Dependency, probe: impl Probe, settings: CheckSettings) -> Self {
        let start = Snapshot {
            verdict: Verdict::Unknown,
            last: None,
        };
        let (sender, snapshot) = watch::channel(start);
        let task = tokio::spawn(check_for_ever(dependency.name, probe, settings, sender));
        Self {
            dependency,
            expiry: settings.expiry(),
            snapshot,
            task: task.abort_handle(),
        }
    }

    pub(super) fn dependency(&self) -> &Dependency {
        &self.dependency
    }

    pub(super) fn expiry(&self) -> Duration {
        self.expiry
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        *self.snapshot.borrow()
    }
}

impl Drop for Checker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn check_for_ever(
    name: &'static str,
    probe: impl Probe,
    settings: CheckSettings,
    sender: watch::Sender<Snapshot>,
) {
    let mut history = History::new(settings.threshold);
    let mut verdict = Verdict::Unknown;
    loop {
        let observation = observe(&probe, settings.timeout).await;
        let before = verdict;
        verdict = history.record(observation.failure.is_none());
        sender.send_replace(Snapshot {
            verdict,
            last: Some(observation),
        });
        tell(name, before, verdict, &observation);
        sleep(settings.pause()).await;
    }
}

async fn observe(probe: &impl Probe, limit: Duration) -> Observation {
    let started = Instant::now();
    let outcome = timeout(limit, probe.probe())
        .await
        .unwrap_or(Err(Failure::Timeout));
    Observation {
        at: Instant::now(),
        time: OffsetDateTime::now_utc(),
        latency: started.elapsed(),
        failure: outcome.err(),
    }
}

fn tell(name: &'static str, before: Verdict, verdict: Verdict, observation: &Observation) {
    let outcome = observation.failure.map_or("ok", Failure::as_str);
    metrics::counter!("dependency_checks_total", "dependency" => name, "outcome" => outcome)
        .increment(1);
    metrics::histogram!("dependency_check_duration_seconds", "dependency" => name)
        .record(observation.latency);
    let up = if verdict == Verdict::Healthy {
        1.0
    } else {
        0.0
    };
    metrics::gauge!("dependency_up", "dependency" => name).set(up);
    if before == verdict {
        return;
    }
    if verdict == Verdict::Healthy {
        tracing::info!(dependency = name, "the dependency works");
    } else {
        tracing::warn!(dependency = name, outcome, "the dependency does not work");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::health::{Component, Importance};

    struct Counting {
        calls: Arc<AtomicUsize>,
        takes: Duration,
    }

    impl Probe for Counting {
        async fn probe(&self) -> Result<(), Failure> {
            self.calls.fetch_add(1, Ordering::SeqCst);
            sleep(self.takes).await;
            Ok(())
        }
    }

    fn dependency() -> Dependency {
        Dependency {
            name: "store",
            component: Component::Datastore,
            importance: Importance::Hard,
            affected_endpoints: &[],
            breaker: None,
        }
    }

    fn spawn(takes: Duration) -> (Checker, Arc<AtomicUsize>) {
        let calls = Arc::new(AtomicUsize::new(0));
        let settings = CheckSettings {
            period: Duration::from_secs(5),
            timeout: Duration::from_secs(1),
            threshold: Threshold::default(),
        };
        let probe = Counting {
            calls: Arc::clone(&calls),
            takes,
        };
        (Checker::spawn(dependency(), probe, settings), calls)
    }

    #[tokio::test(start_paused = true)]
    async fn the_number_of_checks_depends_on_time_and_not_on_questions() {
        let (checker, calls) = spawn(Duration::ZERO);
        for _ in 0..1_000 {
            sleep(Duration::from_millis(60)).await;
            checker.snapshot();
        }
        let calls = calls.load(Ordering::SeqCst);
        assert!((10..=13).contains(&calls), "{calls} checks in a minute");
    }

    #[tokio::test(start_paused = true)]
    async fn a_check_that_hangs_ends_as_a_timeout_and_is_alone() {
        let (checker, calls) = spawn(Duration::from_secs(3_600));
        sleep(Duration::from_millis(1_001)).await;

        assert_eq!(
            checker.snapshot().last.unwrap().failure,
            Some(Failure::Timeout)
        );
        assert_eq!(checker.snapshot().verdict, Verdict::Unhealthy);
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_checked_after_the_checker_is_dropped() {
        let (checker, calls) = spawn(Duration::ZERO);
        sleep(Duration::from_secs(1)).await;
        drop(checker);
        sleep(Duration::from_secs(60)).await;

        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}
