//! Calls to what may fail: a deadline over all, few tries, a budget for retries, a circuit breaker.
//!
//! Use it at one layer only: retries inside retries multiply.

mod backoff;
mod breaker;
mod budget;
mod deadline;
mod guard;

pub use self::backoff::Backoff;
pub use self::breaker::{Breaker, BreakerSettings, BreakerState, Permit, Refused};
pub use self::budget::RetryBudget;
pub use self::deadline::Deadline;
pub use self::guard::{CallError, Classify, Fault, Guard, GuardSettings, Repeatable};
