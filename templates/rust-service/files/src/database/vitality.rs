//! Tells a pool that is dead from one that is busy, and from a database that is down.
//!
//! Only the first is cured by a restart: nothing has come through the pool for a while, and yet a
//! connection of its own reaches the database.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::health::Vital;

/// Whether anything comes through the pool.
#[derive(Debug)]
pub struct PoolVitality {
    limit: Duration,
    inner: Mutex<Inner>,
}

#[derive(Debug, Clone, Copy)]
struct Inner {
    last_success: Option<Instant>,
    dead_since: Option<Instant>,
    replaced_at: Option<Instant>,
}

/// What is to be done about a pool that gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    Wait,
    Replace,
}

impl PoolVitality {
    pub(super) fn new(limit: Duration) -> Arc<Self> {
        let inner = Inner {
            last_success: None,
            dead_since: None,
            replaced_at: None,
        };
        Arc::new(Self {
            limit,
            inner: Mutex::new(inner),
        })
    }

    /// Notes that a statement came through the pool.
    pub(super) fn alive(&self, now: Instant) {
        *self.lock() = Inner {
            last_success: Some(now),
            dead_since: None,
            replaced_at: None,
        };
    }

    /// Notes that the database itself does not answer, which is no fault of the pool.
    pub(super) fn database_is_down(&self) {
        let mut inner = self.lock();
        inner.dead_since = None;
        inner.replaced_at = None;
    }

    /// Notes that the database answers and the pool does not.
    pub(super) fn dead(&self, now: Instant) -> Remedy {
        let mut inner = self.lock();
        let dead_since = *inner.dead_since.get_or_insert(now);
        let waiting_since = inner.replaced_at.unwrap_or(dead_since);
        if now.saturating_duration_since(waiting_since) < self.dead_after() {
            return Remedy::Wait;
        }
        inner.replaced_at = Some(now);
        Remedy::Replace
    }

    /// Returns whether the pool has given nothing for longer than being busy explains.
    pub(super) fn is_dead(&self, now: Instant) -> bool {
        self.stalled_for(now) >= self.dead_after()
    }

    /// Returns whether the pool has been quiet for long enough to be asked.
    pub(super) fn is_quiet(&self, now: Instant) -> bool {
        let last_success = self.lock().last_success;
        last_success.is_none_or(|last| now.saturating_duration_since(last) > self.quiet())
    }

    /// Returns how long nothing may come through the pool before it is asked on purpose.
    fn quiet(&self) -> Duration {
        self.limit / 20
    }

    /// Returns how long a pool gives nothing before it counts as dead and is replaced.
    fn dead_after(&self) -> Duration {
        self.limit / 6
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vital for PoolVitality {
    fn name(&self) -> &'static str {
        "postgresql-pool"
    }

    fn stalled_for(&self, now: Instant) -> Duration {
        let dead_since = self.lock().dead_since;
        dead_since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }

    fn limit(&self) -> Duration {
        self.limit
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn vitality() -> Arc<PoolVitality> {
        PoolVitality::new(Duration::from_secs(60))
    }

    async fn dead_for(vitality: &PoolVitality, seconds: u64) -> usize {
        let mut replacements = 0;
        for _ in 0..seconds {
            replacements += usize::from(vitality.dead(Instant::now()) == Remedy::Replace);
            advance(Duration::from_secs(1)).await;
        }
        replacements
    }

    fn is_alive(vitality: &PoolVitality) -> bool {
        vitality.stalled_for(Instant::now()) <= vitality.limit()
    }

    #[tokio::test(start_paused = true)]
    async fn a_dead_pool_is_replaced_again_and_again_before_liveness_fails() {
        let vitality = vitality();

        assert_eq!(dead_for(&vitality, 60).await, 5);
        assert!(is_alive(&vitality));
        dead_for(&vitality, 1).await;
        assert!(!is_alive(&vitality));
        vitality.alive(Instant::now());
        assert!(is_alive(&vitality));
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_is_down_never_fails_liveness() {
        let vitality = vitality();
        for _ in 0..100 {
            dead_for(&vitality, 50).await;
            vitality.database_is_down();
        }
        assert!(is_alive(&vitality));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pool_in_use_is_not_asked() {
        let vitality = vitality();
        assert!(vitality.is_quiet(Instant::now()));
        vitality.alive(Instant::now());
        assert!(!vitality.is_quiet(Instant::now()));
        advance(Duration::from_secs(4)).await;
        assert!(vitality.is_quiet(Instant::now()));
    }
}
