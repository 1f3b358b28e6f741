//! How much all the texts of one template may use together.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use handlebars::{Output, RenderErrorReason};

/// The most bytes that all rendered texts and helpers may give.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// The most turns of all loops.
const MAX_TURNS: u64 = 1_000_000;
/// The most bytes times tags of all texts: finding the lines of the tags takes time in proportion.
const MAX_WORK: u64 = 5_000_000_000;
/// The most bytes that one helper may give.
pub(super) const MAX_RESULT: usize = 256 * 1024;

/// What is left of the limits; shared by threads.
#[derive(Debug)]
pub(crate) struct Budget {
    bytes: AtomicU64,
    turns: AtomicU64,
    work: AtomicU64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: AtomicU64::new(MAX_BYTES),
            turns: AtomicU64::new(MAX_TURNS),
            work: AtomicU64::new(MAX_WORK),
        }
    }
}

/// A limit that has been reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} would be more than {limit}")]
pub(crate) struct Exceeded {
    pub(crate) what: &'static str,
    pub(crate) limit: u64,
}

impl Budget {
    /// Takes bytes of output.
    pub(crate) fn spend_bytes(&self, count: usize) -> Result<(), Exceeded> {
        spend(&self.bytes, count, "the bytes of output", MAX_BYTES)
    }

    /// Takes turns of loops.
    pub(super) fn spend_turns(&self, count: usize) -> Result<(), Exceeded> {
        spend(&self.turns, count, "the turns of all loops", MAX_TURNS)
    }

    /// Takes the work that a text with tags makes.
    pub(super) fn spend_work(&self, work: usize) -> Result<(), Exceeded> {
        spend(
            &self.work,
            work,
            "the bytes times the tags of all files",
            MAX_WORK,
        )
    }
}

fn spend(left: &AtomicU64, count: usize, what: &'static str, limit: u64) -> Result<(), Exceeded> {
    let take = |left: u64| left.checked_sub(count as u64);
    match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
        Ok(_) => Ok(()),
        Err(_) => Err(Exceeded { what, limit }),
    }
}

impl From<Exceeded> for handlebars::RenderError {
    fn from(exceeded: Exceeded) -> Self {
        RenderErrorReason::NestedError(Box::new(exceeded)).into()
    }
}

/// The text that is being rendered, within the budget.
pub(super) struct LimitedOutput<'b> {
    text: String,
    budget: &'b Budget,
}

impl<'b> LimitedOutput<'b> {
    pub(super) fn new(budget: &'b Budget, capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            budget,
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

impl Output for LimitedOutput<'_> {
    fn write(&mut self, segment: &str) -> io::Result<()> {
        self.budget
            .spend_bytes(segment.len())
            .map_err(io::Error::other)?;
        self.text.push_str(segment);
        Ok(())
    }
}
