//! How much may be compared with how much, so that no text takes more than a moment.
//!
//! Some checks hold entries of a list against each other, or every entry of one list against every
//! entry of another, or look for a name among all there are. A policy within IAM's quotas never
//! comes near the limit; a text that is made to be slow reaches it, and then these checks leave off
//! where they are.

use std::cell::Cell;

/// Steps of about ten nanoseconds each that every text may take.
const STEPS: usize = 20_000_000;

/// Steps for each byte of the text, so that a file of many policies has enough for all of them.
const STEPS_OF_A_BYTE: usize = 30;

/// Steps to hold a name against another.
const STEPS_OF_A_NAME: usize = 5;

/// A pair that has to be reported takes an entry in a list, and a text for its path.
const STEPS_OF_A_PAIR: usize = 1_000;

/// What is left of the steps.
#[derive(Debug)]
pub(crate) struct Effort {
    left: Cell<usize>,
}

impl Effort {
    /// Allows what is due to a text of this length, with all its documents.
    pub(crate) fn for_text(length: usize) -> Self {
        Self {
            left: Cell::new(STEPS + length.saturating_mul(STEPS_OF_A_BYTE)),
        }
    }

    /// Takes steps away; tells whether there were as many.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Takes away what it takes to hold one entry against a list, each of which may be a place in
    /// what is found.
    pub(crate) fn spend_on_pairs(&self, length: usize) -> bool {
        self.spend(length.saturating_mul(STEPS_OF_A_PAIR))
    }

    /// Takes away what it takes to look for a name, or for what a pattern matches, among others.
    pub(crate) fn spend_on_names(&self, names: usize) -> bool {
        self.spend(names.saturating_mul(STEPS_OF_A_NAME))
    }
}
