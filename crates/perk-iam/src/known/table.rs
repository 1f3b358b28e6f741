//! What was found for each entry of a list, each found once.

use std::cell::OnceCell;

/// A place for what will be found for each entry, by its index.
#[derive(Debug)]
pub(crate) struct Table<T>(Box<[OnceCell<T>]>);

impl<T> Table<T> {
    /// Starts with nothing found for the entries of a list of this length.
    pub(super) fn of(length: usize) -> Self {
        Self((0..length).map(|_| OnceCell::new()).collect())
    }

    /// Returns what was found for an entry, or finds it and keeps it; nothing for an index past
    /// the end.
    pub(crate) fn get_or_find(&self, index: usize, find: impl FnOnce() -> T) -> Option<&T> {
        Some(self.0.get(index)?.get_or_init(find))
    }
}
