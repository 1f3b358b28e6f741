//! One guarded call: deadline, tries, budget and breaker put together.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::backoff::Backoff;
use super::breaker::{Breaker, Refused};
use super::budget::RetryBudget;
use super::deadline::Deadline;

/// Whether a call may be made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeatable {
    /// Made twice, it has the effect of once.
    Yes,
    /// It must not be made again when its outcome is unknown.
    No,
}

/// What an error says about the dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The dependency works; this call was wrong. Another try gives the same.
    Permanent,
    /// The dependency does not work right now.
    Transient {
        /// When it wants to be asked again, where it says so (`Retry-After`).
        retry_after: Option<Duration>,
    },
}

/// An error that knows what it says about the dependency.
pub trait Classify {
    /// Returns what the error says about the dependency.
    fn fault(&self) -> Fault;
}

/// Why a guarded call gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E: std::error::Error + 'static> {
    /// It was not made.
    #[error("the call was not made")]
    Refused(#[source] Refused),
    /// It did not end in time.
    #[error("no answer in time")]
    TimedOut,
    /// It failed.
    #[error("the call failed")]
    Failed(#[source] E),
}

/// How calls to one dependency are guarded.
#[derive(Debug, Clone, Copy)]
pub struct GuardSettings {
    /// How often a repeatable call is made at most.
    pub tries: u32,
    /// How long one try may take.
    pub try_timeout: Duration,
    /// The pauses between tries.
    pub backoff: Backoff,
}

impl Default for GuardSettings {
    fn default() -> Self {
        let milliseconds = Duration::from_millis;
        Self {
            tries: 3,
            try_timeout: milliseconds(2_000),
            backoff: Backoff {
                base: milliseconds(50),
                cap: milliseconds(1_000),
            },
        }
    }
}

/// Guards the calls to one dependency.
#[derive(Debug)]
pub struct Guard {
    settings: GuardSettings,
    breaker: Arc<Breaker>,
    budget: RetryBudget,
}

impl Guard {
    /// A guard around the dependency that `breaker` stands for.
    pub fn new(settings: GuardSettings, breaker: Arc<Breaker>, budget: RetryBudget) -> Self {
        Self {
            settings,
            breaker,
            budget,
        }
    }

    /// Returns the breaker.
    pub fn breaker(&self) -> &Arc<Breaker> {
        &self.breaker
    }

    /// Makes a call. `operation` is given the deadline of its try, to pass on.
    pub async fn call<T, E, F>(
        &self,
        deadline: Deadline,
        repeatable: Repeatable,
        operation: impl Fn(Deadline) -> F,
    ) -> Result<T, CallError<E>>
    where
        E: Classify + std::error::Error + 'static,
        F: Future<Output = Result<T, E>>,
    {
        self.budget.deposit();
        let mut retry = 0;
        loop {
            let (error, retry_after) = match self.attempt(deadline, &operation).await {
                Ok(value) => return Ok(value),
                Err((error, None)) => return Err(error),
                Err((error, Some(retry_after))) => (error, retry_after),
            };
            let pause = self
                .settings
                .backoff
                .pause(retry, fastrand::f64())
                .max(retry_after);
            let another = repeatable == Repeatable::Yes
                && retry + 1 < self.settings.tries
                && pause < deadline.remaining()
                && self.budget.withdraw();
            if !another {
                return Err(error);
            }
            sleep(pause).await;
            retry += 1;
        }
    }

    /// One try. The error comes with the least pause before the next, or none when there must be
    /// no next.
    async fn attempt<T, E, F>(
        &self,
        deadline: Deadline,
        operation: &impl Fn(Deadline) -> F,
    ) -> Result<T, (CallError<E>, Option<Duration>)>
    where
        E: Classify + std::error::Error + 'static,
        F: Future<Output = Result<T, E>>,
    {
        let permit = self
            .breaker
            .admit(Instant::now())
            .map_err(|refused| (CallError::Refused(refused), None))?;
        let deadline = deadline.within(self.settings.try_timeout);
        match timeout_at(deadline.instant(), operation(deadline)).await {
            Ok(Ok(value)) => {
                permit.succeeded();
                Ok(value)
            }
            Ok(Err(error)) => match error.fault() {
                Fault::Permanent => {
                    permit.succeeded();
                    Err((CallError::Failed(error), None))
                }
                Fault::Transient { retry_after } => {
                    permit.failed(Instant::now());
                    Err((
                        CallError::Failed(error),
                        Some(retry_after.unwrap_or_default()),
                    ))
                }
            },
            Err(_) => {
                permit.failed(Instant::now());
                Err((CallError::TimedOut, Some(Duration::ZERO)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::resilience::BreakerSettings;

    #[derive(Debug, thiserror::Error)]
    #[error("no")]
    struct Refusal(Fault);

    impl Classify for Refusal {
        fn fault(&self) -> Fault {
            self.0
        }
    }

    const TRANSIENT: Fault = Fault::Transient { retry_after: None };

    fn guard(failures: u32, retries: u32) -> Guard {
        let settings = BreakerSettings {
            failures,
            cool_down: Duration::from_secs(10),
        };
        let breaker = Breaker::new("store", settings);
        Guard::new(GuardSettings::default(), breaker, RetryBudget::new(retries))
    }

    async fn calls(guard: &Guard, seconds: u64, repeatable: Repeatable, fault: Fault) -> u32 {
        let calls = Cell::new(0);
        let deadline = Deadline::after(Duration::from_secs(seconds));
        let outcome: Result<(), _> = guard
            .call(deadline, repeatable, async |_| {
                calls.set(calls.get() + 1);
                Err(Refusal(fault))
            })
            .await;
        assert!(outcome.is_err());
        calls.get()
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_can_be_repeated_and_may_pass_is_tried_three_times() {
        let guard = guard(100, 100);

        assert_eq!(calls(&guard, 60, Repeatable::Yes, TRANSIENT).await, 3);
        assert_eq!(calls(&guard, 60, Repeatable::No, TRANSIENT).await, 1);
        assert_eq!(
            calls(&guard, 60, Repeatable::Yes, Fault::Permanent).await,
            1
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_empty_budget_ends_retries() {
        let guard = guard(100, 1);

        assert_eq!(calls(&guard, 60, Repeatable::Yes, TRANSIENT).await, 2);
        assert_eq!(calls(&guard, 60, Repeatable::Yes, TRANSIENT).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn retry_after_is_honored_and_never_beyond_the_deadline() {
        let guard = guard(100, 100);
        let busy = Fault::Transient {
            retry_after: Some(Duration::from_secs(4)),
        };
        let started = Instant::now();

        assert_eq!(calls(&guard, 10, Repeatable::Yes, busy).await, 3);
        assert_eq!(started.elapsed(), Duration::from_secs(8));
        assert_eq!(calls(&guard, 3, Repeatable::Yes, busy).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_hangs_ends_at_the_deadline() {
        let guard = guard(100, 100);
        let started = Instant::now();
        let deadline = Deadline::after(Duration::from_secs(3));
        let outcome: Result<(), CallError<Refusal>> = guard
            .call(deadline, Repeatable::Yes, |_| std::future::pending())
            .await;

        assert!(matches!(outcome, Err(CallError::TimedOut)));
        assert!(started.elapsed() <= Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_breaker_ends_tries_and_refuses_the_next_call() {
        let guard = guard(2, 100);
        assert_eq!(calls(&guard, 60, Repeatable::Yes, TRANSIENT).await, 2);
        assert_eq!(calls(&guard, 60, Repeatable::Yes, TRANSIENT).await, 0);

        assert_eq!(
            calls(&guard, 60, Repeatable::Yes, Fault::Permanent).await,
            0
        );
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!(
            calls(&guard, 60, Repeatable::Yes, Fault::Permanent).await,
            1
        );
        assert_eq!(
            guard.breaker().state(Instant::now()),
            crate::resilience::BreakerState::Closed
        );
    }
}
