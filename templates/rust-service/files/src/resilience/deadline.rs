//! The moment at which an answer is of no use any more.

use std::time::Duration;

use tokio::time::Instant;

/// The moment at which an answer is of no use any more; passed on from call to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// A deadline this far from now.
    pub fn after(duration: Duration) -> Self {
        Self(Instant::now() + duration)
    }

    /// The same moment, or sooner when `duration` from now is sooner.
    #[must_use]
    pub fn within(self, duration: Duration) -> Self {
        self.min(Self::after(duration))
    }

    /// Returns the time that is left.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Returns the moment itself.
    pub fn instant(self) -> Instant {
        self.0
    }
}
