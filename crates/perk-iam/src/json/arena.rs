//! Room for the parts of one document, which is given back at once.

use super::{Member, Value};

/// The lists of a document, and its strings that are not in the text as they are.
#[derive(Debug, Default)]
pub struct Arena<'t> {
    members: Chunks<Member<'t>>,
    elements: Chunks<Value<'t>>,
    texts: Chunks<u8>,
}

impl<'t> Arena<'t> {
    /// Returns all of its room.
    pub(super) fn room(&'t mut self) -> Room<'t> {
        Room {
            members: Rest::of(&mut self.members),
            elements: Rest::of(&mut self.elements),
            texts: Rest::of(&mut self.texts),
        }
    }
}

/// The room that is left in an arena.
#[derive(Debug)]
pub(super) struct Room<'t> {
    pub(super) members: Rest<'t, Member<'t>>,
    pub(super) elements: Rest<'t, Value<'t>>,
    texts: Rest<'t, u8>,
}

impl<'t> Room<'t> {
    /// Keeps a copy of a text; returns nothing if there is no room left.
    pub(super) fn keep_text(&mut self, text: &str) -> Option<&'t str> {
        str::from_utf8(self.texts.keep(text.as_bytes())?).ok()
    }
}

/// Boxes that are made one after the other, each twice as long as the one before or longer. So
/// many hold more than there can be in a text.
type Chunks<T> = [Box<[T]>; 26];

/// How many items the first chunk holds: those of most documents.
const FIRST: usize = 48;

/// What is left of some chunks.
#[derive(Debug)]
pub(super) struct Rest<'t, T> {
    /// The rest of the chunk that is being filled.
    free: &'t mut [T],
    /// The chunks that are not there yet.
    others: std::slice::IterMut<'t, Box<[T]>>,
    /// How long the next one is.
    next: usize,
}

impl<'t, T: Copy + Default> Rest<'t, T> {
    fn of(chunks: &'t mut Chunks<T>) -> Self {
        Self {
            free: &mut [],
            others: chunks.iter_mut(),
            next: FIRST,
        }
    }

    /// Keeps a copy of some items; returns nothing if there is no room left.
    pub(super) fn keep(&mut self, items: &[T]) -> Option<&'t [T]> {
        if items.len() > self.free.len() {
            let chunk = self.others.next()?;
            let length = self.next.max(items.len());
            *chunk = vec![T::default(); length].into_boxed_slice();
            self.free = chunk;
            self.next = 2 * length;
        }
        let (kept, rest) = std::mem::take(&mut self.free).split_at_mut(items.len());
        self.free = rest;
        kept.copy_from_slice(items);
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_given() {
        let mut arena = Arena::default();
        let mut room = arena.room();
        let texts: Vec<String> = (0..1_000).map(|length| "é".repeat(length)).collect();
        let kept: Vec<&str> = texts
            .iter()
            .filter_map(|text| room.keep_text(text))
            .collect();
        assert_eq!(kept, texts);
    }
}
