//! Stops calling what fails again and again, and finds out by a single call when it works again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// When a breaker opens, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct BreakerSettings {
    /// How many failures in a row open it.
    pub failures: u32,
    /// How long it stays open before one call may try.
    pub cool_down: Duration,
}

/// What a breaker lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Every call.
    Closed,
    /// One call, whose outcome decides.
    HalfOpen,
    /// None.
    Open,
}

impl BreakerState {
    /// Returns the state in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::HalfOpen => "half-open",
            Self::Open => "open",
        }
    }
}

/// The breaker is open, so the call was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the circuit breaker is open")]
pub struct Refused {
    /// When a call may be tried again.
    pub retry_after: Duration,
}

/// One for each dependency.
#[derive(Debug)]
pub struct Breaker {
    name: &'static str,
    settings: BreakerSettings,
    inner: Mutex<Inner>,
}

#[derive(Debug, Clone, Copy)]
enum Inner {
    Closed { failures: u32 },
    Open { until: Instant },
    Trying,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(name: &'static str, settings: BreakerSettings) -> Arc<Self> {
        Arc::new(Self {
            name,
            settings,
            inner: Mutex::new(Inner::Closed { failures: 0 }),
        })
    }

    /// Returns the state at `now`; an open breaker becomes half-open by time alone.
    pub fn state(&self, now: Instant) -> BreakerState {
        match *self.lock() {
            Inner::Closed { .. } => BreakerState::Closed,
            Inner::Open { until } if now < until => BreakerState::Open,
            Inner::Open { .. } | Inner::Trying => BreakerState::HalfOpen,
        }
    }

    /// Admits a call, or refuses it. The permit must be told how the call went.
    pub fn admit(self: &Arc<Self>, now: Instant) -> Result<Permit, Refused> {
        let mut inner = self.lock();
        match *inner {
            Inner::Closed { .. } => {}
            Inner::Open { until } if now < until => {
                return Err(Refused {
                    retry_after: until - now,
                });
            }
            Inner::Open { .. } => *inner = Inner::Trying,
            Inner::Trying => {
                return Err(Refused {
                    retry_after: self.settings.cool_down,
                });
            }
        }
        let probe = matches!(*inner, Inner::Trying);
        Ok(Permit {
            breaker: Arc::clone(self),
            probe,
            settled: false,
        })
    }

    fn succeeded(&self, probe: bool) {
        let mut inner = self.lock();
        // A call that began before the breaker opened says nothing about now.
        if probe || matches!(*inner, Inner::Closed { .. }) {
            if probe {
                tracing::info!(breaker = self.name, "circuit breaker closed");
            }
            *inner = Inner::Closed { failures: 0 };
        }
    }

    fn failed(&self, probe: bool, now: Instant) {
        let mut inner = self.lock();
        let failures = match *inner {
            Inner::Closed { failures } => failures + 1,
            Inner::Trying if probe => self.settings.failures,
            Inner::Open { .. } | Inner::Trying => return,
        };
        if failures < self.settings.failures {
            *inner = Inner::Closed { failures };
            return;
        }
        *inner = Inner::Open {
            until: now + self.settings.cool_down,
        };
        metrics::counter!("circuit_breaker_opened_total", "breaker" => self.name).increment(1);
        tracing::warn!(breaker = self.name, "circuit breaker opened");
    }

    fn abandoned(&self, now: Instant) {
        let mut inner = self.lock();
        if matches!(*inner, Inner::Trying) {
            *inner = Inner::Open { until: now };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to make one call.
///
/// A permit that is dropped untold (the caller went away) settles nothing: the next call may try.
#[derive(Debug)]
pub struct Permit {
    breaker: Arc<Breaker>,
    probe: bool,
    settled: bool,
}

impl Permit {
    /// Notes that the dependency answered.
    pub fn succeeded(mut self) {
        self.settled = true;
        self.breaker.succeeded(self.probe);
    }

    /// Notes that the dependency did not answer.
    pub fn failed(mut self, now: Instant) {
        self.settled = true;
        self.breaker.failed(self.probe, now);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.probe && !self.settled {
            self.breaker.abandoned(Instant::now());
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn breaker() -> Arc<Breaker> {
        let settings = BreakerSettings {
            failures: 3,
            cool_down: Duration::from_secs(10),
        };
        Breaker::new("store", settings)
    }

    fn fail(breaker: &Arc<Breaker>) {
        breaker
            .admit(Instant::now())
            .unwrap()
            .failed(Instant::now());
    }

    fn state(breaker: &Breaker) -> BreakerState {
        breaker.state(Instant::now())
    }

    #[tokio::test(start_paused = true)]
    async fn failures_in_a_row_open_it() {
        let breaker = breaker();
        fail(&breaker);
        fail(&breaker);
        breaker.admit(Instant::now()).unwrap().succeeded();
        fail(&breaker);
        fail(&breaker);
        assert_eq!(state(&breaker), BreakerState::Closed);

        fail(&breaker);
        assert_eq!(state(&breaker), BreakerState::Open);
        let refused = breaker.admit(Instant::now()).unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn half_open_lets_one_call_through_and_its_success_closes_it() {
        let breaker = breaker();
        (0..3).for_each(|_| fail(&breaker));
        advance(Duration::from_secs(10)).await;

        let probe = breaker.admit(Instant::now()).unwrap();
        assert!(breaker.admit(Instant::now()).is_err());
        probe.succeeded();
        assert_eq!(state(&breaker), BreakerState::Closed);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_probe_opens_it_again_for_the_whole_cool_down() {
        let breaker = breaker();
        (0..3).for_each(|_| fail(&breaker));
        advance(Duration::from_secs(10)).await;
        fail(&breaker);
        advance(Duration::from_secs(9)).await;

        assert_eq!(state(&breaker), BreakerState::Open);
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_is_abandoned_leaves_the_place_to_the_next() {
        let breaker = breaker();
        (0..3).for_each(|_| fail(&breaker));
        advance(Duration::from_secs(10)).await;
        drop(breaker.admit(Instant::now()).unwrap());

        assert!(breaker.admit(Instant::now()).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_late_success_from_before_does_not_close_it() {
        let breaker = breaker();
        let slow = breaker.admit(Instant::now()).unwrap();
        (0..3).for_each(|_| fail(&breaker));
        slow.succeeded();

        assert_eq!(state(&breaker), BreakerState::Open);
    }
}
