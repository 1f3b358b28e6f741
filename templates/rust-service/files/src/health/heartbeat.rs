//! What must keep moving inside the process: the event loop, and every loop that does work.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, interval};

use super::report::{Check, Component};
use super::status::{Importance, Status};

/// Something whose standstill a restart cures.
pub trait Vital: Send + Sync {
    /// The name that the report shows.
    fn name(&self) -> &'static str;
    /// How long it has stood still.
    fn stalled_for(&self, now: Instant) -> Duration;
    /// From when on a restart is better.
    fn limit(&self) -> Duration;
}

/// A sign of life that a loop gives each time around.
///
/// One belongs to the event loop. Give each loop that consumes a queue or runs a schedule its own,
/// and call [`Heartbeat::beat`] where it has made progress: a process can live while its work does
/// not.
#[derive(Debug)]
pub struct Heartbeat {
    name: &'static str,
    limit: Duration,
    epoch: Instant,
    last_beat_milliseconds: AtomicU64,
}

impl Heartbeat {
    /// A heartbeat that counts as fresh now.
    pub fn new(name: &'static str, limit: Duration) -> Arc<Self> {
        let epoch = Instant::now();
        Arc::new(Self {
            name,
            limit,
            epoch,
            last_beat_milliseconds: AtomicU64::new(0),
        })
    }

    /// Starts the heartbeat of the current runtime: late beats mean that its threads are blocked.
    pub fn of_event_loop(limit: Duration) -> Arc<Self> {
        let heartbeat = Self::new("event-loop", limit);
        let beating = Arc::clone(&heartbeat);
        tokio::spawn(async move {
            let mut ticks = interval(Duration::from_millis(500));
            loop {
                ticks.tick().await;
                beating.beat();
            }
        });
        heartbeat
    }

    /// Notes that progress was made.
    pub fn beat(&self) {
        let milliseconds = u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_beat_milliseconds
            .store(milliseconds, Ordering::Release);
    }
}

impl Vital for Heartbeat {
    fn name(&self) -> &'static str {
        self.name
    }

    fn stalled_for(&self, now: Instant) -> Duration {
        let last = Duration::from_millis(self.last_beat_milliseconds.load(Ordering::Acquire));
        now.saturating_duration_since(self.epoch + last)
    }

    fn limit(&self) -> Duration {
        self.limit
    }
}

pub(super) fn check(vital: &dyn Vital, now: Instant) -> Check {
    let stalled_for = vital.stalled_for(now);
    let stalled = stalled_for > vital.limit();
    Check {
        name: vital.name(),
        measure: "stalledFor",
        component: Component::System,
        status: if stalled { Status::Fail } else { Status::Pass },
        observed: Some(stalled_for),
        output: stalled.then_some("stalled"),
        importance: Importance::Hard,
        affected_endpoints: &[],
        observation: None,
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{advance, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_loop_that_stops_beating_fails_after_its_limit() {
        let heartbeat = Heartbeat::new("worker", Duration::from_secs(30));
        advance(Duration::from_secs(20)).await;
        heartbeat.beat();
        advance(Duration::from_secs(30)).await;
        assert_eq!(check(&*heartbeat, Instant::now()).status, Status::Pass);

        advance(Duration::from_millis(1)).await;
        assert_eq!(check(&*heartbeat, Instant::now()).status, Status::Fail);

        heartbeat.beat();
        assert_eq!(check(&*heartbeat, Instant::now()).status, Status::Pass);
    }

    #[tokio::test(start_paused = true)]
    async fn the_event_loop_beats_by_itself() {
        let heartbeat = Heartbeat::of_event_loop(Duration::from_secs(2));
        sleep(Duration::from_secs(600)).await;

        assert!(heartbeat.stalled_for(Instant::now()) <= Duration::from_millis(500));
    }
}
