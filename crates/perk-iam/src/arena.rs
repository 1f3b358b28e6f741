//! Room for many short lists, which is given back at once.

/// Boxes that are made one after the other, each twice as long as the one before or longer. So
/// many hold more than there can be in a text.
pub(crate) type Chunks<T> = [Box<[T]>; 26];

/// How many items the first chunk holds: those of most documents.
const FIRST: usize = 48;

/// What is left of some chunks.
#[derive(Debug)]
pub(crate) struct Rest<'t, T> {
    /// The rest of the chunk that is being filled.
    free: &'t mut [T],
    /// The chunks that are not there yet.
    others: std::slice::IterMut<'t, Box<[T]>>,
    /// How long the next one is.
    next: usize,
}

impl<'t, T: Copy + Default> Rest<'t, T> {
    /// Returns all room of some chunks.
    pub(crate) fn of(chunks: &'t mut Chunks<T>) -> Self {
        Self {
            free: &mut [],
            others: chunks.iter_mut(),
            next: FIRST,
        }
    }

    /// Keeps a copy of some items; returns nothing if there is no room left.
    pub(crate) fn keep(&mut self, items: &[T]) -> Option<&'t [T]> {
        let kept = self.take(items.len())?;
        kept.copy_from_slice(items);
        Some(kept)
    }

    /// Keeps at most so many of some items; returns none if there is no room left.
    pub(crate) fn keep_most(&mut self, most: usize, items: impl Iterator<Item = T>) -> &'t [T] {
        let room = self.take(most).unwrap_or_default();
        let mut count = 0;
        for (place, item) in room.iter_mut().zip(items) {
            *place = item;
            count += 1;
        }
        &room[..count]
    }

    fn take(&mut self, length: usize) -> Option<&'t mut [T]> {
        if length > self.free.len() {
            let chunk = self.others.next()?;
            let length = self.next.max(length);
            *chunk = vec![T::default(); length].into_boxed_slice();
            self.free = chunk;
            self.next = 2 * length;
        }
        let (taken, rest) = std::mem::take(&mut self.free).split_at_mut(length);
        self.free = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_given() {
        let mut chunks = Chunks::default();
        let mut rest = Rest::of(&mut chunks);
        let lists: Vec<Vec<usize>> = (0..300).map(|length| (0..length).collect()).collect();
        let kept = lists.iter().filter_map(|list| rest.keep(list));
        assert_eq!(kept.collect::<Vec<_>>(), lists);
        assert_eq!(rest.keep_most(5, 0..3), [0, 1, 2]);
        assert_eq!(rest.keep_most(2, 0..3), [0, 1]);
    }
}
