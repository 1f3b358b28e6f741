//! Limits retries to a share of all calls, so that they cannot multiply the load on something that
//! is already struggling.

use std::sync::atomic::{AtomicU64, Ordering};

const TOKENS_PER_RETRY: u64 = 10;

/// Retries for one call in ten, with a small stock for quiet times.
#[derive(Debug)]
pub struct RetryBudget {
    tokens: AtomicU64,
    capacity: u64,
}

impl RetryBudget {
    /// A full budget that holds up to `retries`.
    pub fn new(retries: u32) -> Self {
        let capacity = u64::from(retries) * TOKENS_PER_RETRY;
        Self {
            tokens: AtomicU64::new(capacity),
            capacity,
        }
    }

    /// Notes one first try, which earns a tenth of a retry.
    pub fn deposit(&self) {
        let _ = self
            .tokens
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| {
                Some((tokens + 1).min(self.capacity))
            });
    }

    /// Takes one retry, or returns false when there is none left.
    pub fn withdraw(&self) -> bool {
        self.tokens
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| {
                tokens.checked_sub(TOKENS_PER_RETRY)
            })
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_calls_earn_one_retry() {
        let budget = RetryBudget::new(2);
        assert!(budget.withdraw());
        assert!(budget.withdraw());
        assert!(!budget.withdraw());

        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn the_stock_is_limited() {
        let budget = RetryBudget::new(1);
        (0..1_000).for_each(|_| budget.deposit());

        assert!(budget.withdraw());
        assert!(!budget.withdraw());
    }
}
