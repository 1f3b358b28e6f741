//! Values found for keys, each found once.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// How many values are kept. What comes after is found anew each time: a text that is made to be
/// long takes no more memory than this.
const LIMIT: usize = 50_000;

/// A table that fills as it is asked.
#[derive(Debug)]
pub(super) struct Memo<K, V> {
    values: RefCell<HashMap<K, V, RandomState>>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self {
            values: RefCell::default(),
        }
    }
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// Returns what was kept under a key.
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.values.borrow().get(key).cloned()
    }

    /// Keeps a value.
    pub(super) fn keep(&self, key: K, value: V) {
        let mut values = self.values.borrow_mut();
        if values.len() < LIMIT {
            values.insert(key, value);
        }
    }

    /// Returns what was kept under a key, or finds it and keeps it.
    pub(super) fn get_or_find<Q: Hash + Eq + ?Sized>(&self, key: &Q, find: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q> + for<'q> From<&'q Q>,
    {
        if let Some(known) = self.get(key) {
            return known;
        }
        let value = find();
        self.keep(K::from(key), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_once_and_keeps_no_more_than_the_limit() {
        let memo: Memo<Box<str>, usize> = Memo::default();
        for key in 0..=LIMIT {
            assert_eq!(memo.get_or_find(key.to_string().as_str(), || key), key);
        }
        assert_eq!(memo.get_or_find("0", || 7), 0);
        assert_eq!(memo.get(LIMIT.to_string().as_str()), None);
    }
}
