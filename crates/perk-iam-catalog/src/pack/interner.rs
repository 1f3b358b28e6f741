//! Texts and lists, each stored once.

use std::collections::HashMap;

use crate::error::PackError;

/// The `strings` and `lists` sections while they grow.
#[derive(Debug)]
pub(super) struct Interner {
    strings: Vec<u8>,
    offsets_of_strings: HashMap<String, u32>,
    lists: Vec<u32>,
    offsets_of_lists: HashMap<Vec<u32>, u32>,
}

impl Interner {
    /// Creates an interner that holds the empty text and the empty list, both at offset 0.
    pub(super) fn new() -> Self {
        Self {
            strings: vec![0, 0],
            offsets_of_strings: HashMap::from([(String::new(), 0)]),
            lists: vec![0],
            offsets_of_lists: HashMap::from([(Vec::new(), 0)]),
        }
    }

    /// Returns the offset of a text.
    pub(super) fn text(&mut self, text: &str) -> Result<u32, PackError> {
        if let Some(offset) = self.offsets_of_strings.get(text) {
            return Ok(*offset);
        }
        let offset = index(self.strings.len())?;
        let length = u16::try_from(text.len()).map_err(|_| PackError::LongText {
            length: text.len(),
            start: text.chars().take(40).collect(),
        })?;
        self.strings.extend_from_slice(&length.to_le_bytes());
        self.strings.extend_from_slice(text.as_bytes());
        self.offsets_of_strings.insert(text.to_owned(), offset);
        Ok(offset)
    }

    /// Returns the offset of a list of texts.
    pub(super) fn texts(&mut self, texts: &[String]) -> Result<u32, PackError> {
        let offsets = texts
            .iter()
            .map(|text| self.text(text))
            .collect::<Result<Vec<_>, _>>()?;
        self.list(offsets)
    }

    /// Returns the offset of a list.
    pub(super) fn list(&mut self, items: Vec<u32>) -> Result<u32, PackError> {
        if let Some(offset) = self.offsets_of_lists.get(&items) {
            return Ok(*offset);
        }
        let offset = index(self.lists.len())?;
        self.lists.push(index(items.len())?);
        self.lists.extend_from_slice(&items);
        self.offsets_of_lists.insert(items, offset);
        Ok(offset)
    }

    /// Returns both sections as bytes, each a whole number of words.
    pub(super) fn into_sections(mut self) -> (Vec<u8>, Vec<u8>) {
        self.strings
            .resize(self.strings.len().next_multiple_of(4), 0);
        (
            self.strings,
            self.lists
                .iter()
                .flat_map(|item| item.to_le_bytes())
                .collect(),
        )
    }
}

/// Returns a length or position as the format counts.
pub(super) fn index(number: usize) -> Result<u32, PackError> {
    u32::try_from(number).map_err(|_| PackError::TooLarge)
}
