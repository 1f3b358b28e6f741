//! Tables as callers see them: a range of records that is iterated and searched like a slice.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use crate::catalog::Catalog;
use crate::condition_key::ConditionKey;
use crate::text;

/// Something a table of the catalog holds, told apart by its name.
pub trait Entry<'c>: Copy + sealed::Sealed {
    /// Returns the entry at an index of its table.
    #[doc(hidden)]
    fn at(catalog: &'c Catalog<'c>, index: u32) -> Self;

    /// Returns how many entries the whole table has.
    #[doc(hidden)]
    fn table_length(catalog: &'c Catalog<'c>) -> usize;

    /// Returns the bytes of the name that the table is sorted by, which nobody has checked to be
    /// text.
    fn sort_key(self) -> &'c [u8];
}

pub(crate) mod sealed {
    //! Keeps [`Entry`](super::Entry) to the types of this crate.

    /// Implemented by the types of this crate alone.
    pub trait Sealed {}
}

/// A range of entries, sorted by name within a service.
#[derive(Clone, Copy)]
pub struct Entries<'c, E> {
    catalog: &'c Catalog<'c>,
    start: u32,
    end: u32,
    entry: PhantomData<E>,
}

impl<'c, E: Entry<'c>> Entries<'c, E> {
    /// Returns the whole table.
    pub(crate) fn all(catalog: &'c Catalog<'c>) -> Self {
        Self::range(catalog, 0, u32::MAX)
    }

    /// Returns a range of the table, as far as there is so much.
    pub(crate) fn range(catalog: &'c Catalog<'c>, start: u32, count: u32) -> Self {
        let length = u32::try_from(E::table_length(catalog)).unwrap_or(u32::MAX);
        let end = start.saturating_add(count).min(length);
        Self {
            catalog,
            start: start.min(end),
            end,
            entry: PhantomData,
        }
    }

    /// Returns how many entries there are.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether there are no entries.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the entry at a position, from 0.
    pub fn get(self, position: usize) -> Option<E> {
        let index = self.start.checked_add(u32::try_from(position).ok()?)?;
        (index < self.end).then(|| E::at(self.catalog, index))
    }

    /// Iterates over the entries in order.
    pub fn iter(self) -> EntriesIter<'c, E> {
        EntriesIter {
            catalog: self.catalog,
            indices: self.start..self.end,
            entry: PhantomData,
        }
    }

    /// Finds the entry of exactly this name, ignoring case.
    pub(crate) fn find(self, name: &str) -> Option<E> {
        self.named(name.as_bytes()).get(0)
    }

    /// Narrows to the one entry of exactly this name, if there is one, ignoring case.
    pub(crate) fn named(self, name: &[u8]) -> Self {
        let from = self.from(name);
        let first = from
            .get(0)
            .filter(|entry| entry.sort_key().eq_ignore_ascii_case(name));
        Self {
            end: from.start + u32::from(first.is_some()),
            ..from
        }
    }

    /// Narrows to the entries whose names begin so, ignoring case.
    pub(crate) fn with_prefix(self, prefix: &[u8]) -> Self {
        let from = self.from(prefix);
        let end = from.partition_point(|entry| text::starts_with(entry.sort_key(), prefix));
        Self { end, ..from }
    }

    /// Narrows to the entries from a name on.
    fn from(self, name: &[u8]) -> Self {
        let start = self.partition_point(|entry| text::compare(entry.sort_key(), name).is_lt());
        Self { start, ..self }
    }

    /// Returns the index of the first entry for which a predicate no longer holds.
    fn partition_point(self, holds: impl Fn(E) -> bool) -> u32 {
        let (mut low, mut high) = (self.start, self.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(E::at(self.catalog, middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<'c> Entries<'c, ConditionKey<'c>> {
    /// Finds the condition key that a full key is, or that is its template.
    pub(crate) fn matching(self, key: &str) -> Option<ConditionKey<'c>> {
        self.find(key)
            .or_else(|| self.iter().find(|entry| entry.is_template_of(key)))
    }
}

impl<'c, E: Entry<'c>> IntoIterator for Entries<'c, E> {
    type Item = E;
    type IntoIter = EntriesIter<'c, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'c, E: Entry<'c> + fmt::Debug> fmt::Debug for Entries<'c, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

/// An iterator over [`Entries`].
#[derive(Debug, Clone)]
pub struct EntriesIter<'c, E> {
    catalog: &'c Catalog<'c>,
    indices: Range<u32>,
    entry: PhantomData<E>,
}

impl<'c, E: Entry<'c>> Iterator for EntriesIter<'c, E> {
    type Item = E;

    fn next(&mut self) -> Option<E> {
        self.indices.next().map(|index| E::at(self.catalog, index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.indices.size_hint()
    }
}

impl<'c, E: Entry<'c>> DoubleEndedIterator for EntriesIter<'c, E> {
    fn next_back(&mut self) -> Option<E> {
        self.indices
            .next_back()
            .map(|index| E::at(self.catalog, index))
    }
}

impl<'c, E: Entry<'c>> ExactSizeIterator for EntriesIter<'c, E> {}

/// Declares an entry: a view of one record, with its equality, order of search and `Debug`.
macro_rules! entry {
    ($(#[$documentation:meta])* $name:ident, $table:ident: $record:ident, sorted by $field:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy)]
        pub struct $name<'c> {
            catalog: &'c $crate::catalog::Catalog<'c>,
            index: u32,
        }

        impl<'c> $name<'c> {
            pub(crate) fn new(catalog: &'c $crate::catalog::Catalog<'c>, index: u32) -> Self {
                Self { catalog, index }
            }

            /// Returns its position among all of its kind in the catalog, from 0.
            pub fn index(self) -> usize {
                self.index as usize
            }

            fn record(self) -> $record {
                let words = self.catalog.$table.get(self.index as usize);
                words.map_or_else($record::default, $record::read)
            }
        }

        impl $crate::entries::sealed::Sealed for $name<'_> {}

        impl<'c> $crate::entries::Entry<'c> for $name<'c> {
            fn at(catalog: &'c $crate::catalog::Catalog<'c>, index: u32) -> Self {
                Self::new(catalog, index)
            }

            fn table_length(catalog: &'c $crate::catalog::Catalog<'c>) -> usize {
                catalog.$table.len()
            }

            fn sort_key(self) -> &'c [u8] {
                self.catalog.bytes(self.record().$field)
            }
        }

        /// Entries are equal if they are the same entry of the same catalog.
        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.index == other.index && std::ptr::eq(self.catalog, other.catalog)
            }
        }

        impl Eq for $name<'_> {}

        impl std::hash::Hash for $name<'_> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.index.hash(state);
            }
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.catalog.text(self.record().$field))
            }
        }
    };
}
pub(crate) use entry;
