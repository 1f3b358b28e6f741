//! Patterns of actions that were found to name one: policies name the same ones again and again.

use std::cell::RefCell;
use std::collections::HashSet;

/// The patterns found good so far, as they were written.
#[derive(Debug, Default)]
pub(crate) struct KnownActions {
    texts: RefCell<HashSet<Box<str>>>,
}

impl KnownActions {
    /// Tells whether a pattern was found good before.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.texts.borrow().contains(text)
    }

    /// Remembers a pattern.
    pub(super) fn insert(&self, text: &str) {
        self.texts.borrow_mut().insert(text.into());
    }
}
