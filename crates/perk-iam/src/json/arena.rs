//! Room for the parts of one document, which is given back at once.

use super::{Member, Value};
use crate::arena::{Chunks, Rest};

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
