//! How long to wait before the next try: exponential, capped, and wholly random below that.
//!
//! Full jitter spreads the tries of many clients evenly; a fixed back-off lets them come back in
//! waves.

use std::time::Duration;

/// `rand(0, min(cap, base * 2^try))`.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// The ceiling before the first retry.
    pub base: Duration,
    /// The highest ceiling.
    pub cap: Duration,
}

impl Backoff {
    /// Returns the pause before retry number `retry`, counted from 0; `random` is in `[0, 1)`.
    pub fn pause(&self, retry: u32, random: f64) -> Duration {
        self.ceiling(retry).mul_f64(random.clamp(0.0, 1.0))
    }

    fn ceiling(&self, retry: u32) -> Duration {
        let factor = 2_u32.checked_pow(retry).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.cap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_is_anywhere_below_a_ceiling_that_doubles_up_to_the_cap() {
        let backoff = Backoff {
            base: Duration::from_millis(100),
            cap: Duration::from_millis(500),
        };
        let milliseconds = |retry, random| backoff.pause(retry, random).as_millis();

        assert_eq!(milliseconds(0, 0.0), 0);
        assert_eq!(milliseconds(0, 1.0), 100);
        assert_eq!(milliseconds(1, 0.5), 100);
        assert_eq!(milliseconds(2, 1.0), 400);
        assert_eq!(milliseconds(3, 1.0), 500);
        assert_eq!(milliseconds(1_000, 1.0), 500);
    }
}
