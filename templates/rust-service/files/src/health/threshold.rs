//! Keeps one bad check from changing anything: N of the last M must agree before a verdict flips.

use std::collections::VecDeque;

/// N of M.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    needed: usize,
    window: usize,
}

impl Threshold {
    /// Returns the threshold, or `None` unless `needed` is a majority of `window`.
    ///
    /// INVARIANT: with a majority, passes and failures cannot both have enough votes.
    pub fn new(needed: usize, window: usize) -> Option<Self> {
        (needed <= window && needed * 2 > window).then_some(Self { needed, window })
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            needed: 2,
            window: 3,
        }
    }
}

/// What the last checks say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No check has ended yet.
    Unknown,
    /// The dependency works.
    Healthy,
    /// The dependency does not work.
    Unhealthy,
}

/// The last results of one check.
#[derive(Debug)]
pub(super) struct History {
    threshold: Threshold,
    results: VecDeque<bool>,
    verdict: Verdict,
}

impl History {
    pub(super) fn new(threshold: Threshold) -> Self {
        Self {
            threshold,
            results: VecDeque::new(),
            verdict: Verdict::Unknown,
        }
    }

    /// Takes in one result. The first one decides alone, so that a start is quick.
    pub(super) fn record(&mut self, healthy: bool) -> Verdict {
        if self.results.len() == self.threshold.window {
            self.results.pop_front();
        }
        self.results.push_back(healthy);
        if self.verdict == Verdict::Unknown || self.votes(healthy) >= self.threshold.needed {
            self.verdict = if healthy {
                Verdict::Healthy
            } else {
                Verdict::Unhealthy
            };
        }
        self.verdict
    }

    fn votes(&self, healthy: bool) -> usize {
        self.results
            .iter()
            .filter(|&&result| result == healthy)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(results: &str) -> String {
        let mut history = History::new(Threshold::default());
        let letter = |result: char| match history.record(result == '+') {
            Verdict::Healthy => '+',
            Verdict::Unhealthy => '-',
            Verdict::Unknown => '?',
        };
        results.chars().map(letter).collect()
    }

    #[test]
    fn two_of_three_flip_the_verdict_both_ways() {
        assert_eq!(verdicts("+-+-+++"), "+++-+++");
        assert_eq!(verdicts("+--+-++"), "++---++");
    }

    #[test]
    fn the_first_result_decides_alone() {
        assert_eq!(verdicts("-"), "-");
        assert_eq!(verdicts("+"), "+");
    }

    #[test]
    fn one_bad_check_changes_nothing() {
        assert_eq!(verdicts("+++-+++"), "+++++++");
        assert_eq!(verdicts("---+---"), "-------");
    }

    #[test]
    fn only_a_majority_is_a_threshold() {
        assert!(Threshold::new(2, 3).is_some());
        assert!(Threshold::new(1, 1).is_some());
        assert!(Threshold::new(2, 4).is_none());
        assert!(Threshold::new(4, 3).is_none());
    }
}
