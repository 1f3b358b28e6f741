//! JSON in which every value knows its line.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::SourceFault;
use super::shown::without_userinfo;
use crate::Place;

/// A JSON text and where it is from.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    path: &'a str,
    text: &'a str,
}

/// A key with its value, as it is written.
pub(super) struct Member<'a> {
    pub(super) key: String,
    pub(super) value: &'a str,
}

impl<'a> Document<'a> {
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path, text }
    }

    /// Returns the members of the whole text, which has to be an object.
    pub(super) fn root(&self) -> Result<Vec<Member<'a>>, SourceFault> {
        let checked: Result<&RawValue, _> = serde_json::from_str(self.text);
        match checked {
            Ok(value) => self.members(self.path, value.get()),
            Err(error) => Err(SourceFault::Syntax {
                place: Place::line(self.path, error.line()),
                format: "JSON",
            }),
        }
    }

    /// Returns the members of an object in the order in which they are written. Of two members with
    /// one key the later one is left; those that are `null` are not there.
    pub(super) fn members(
        &self,
        key: &str,
        value: &'a str,
    ) -> Result<Vec<Member<'a>>, SourceFault> {
        let object: BTreeMap<String, &'a RawValue> =
            serde_json::from_str(value).map_err(|_| self.wrong(key, value, "an object"))?;
        let mut members: Vec<_> = object
            .into_iter()
            .filter(|(_, value)| value.get() != "null")
            .map(|(key, value)| Member {
                key,
                value: value.get(),
            })
            .collect();
        members.sort_by_key(|member| self.offset(member.value));
        Ok(members)
    }

    /// Returns the text of a string.
    pub(super) fn string(&self, key: &str, value: &'a str) -> Result<String, SourceFault> {
        serde_json::from_str(value).map_err(|_| self.wrong(key, value, "a string"))
    }

    /// Returns where a value stands.
    pub(super) fn place(&self, value: &str) -> Place {
        let before = self.text.get(..self.offset(value)).unwrap_or("");
        Place::line(self.path, before.matches('\n').count() + 1)
    }

    /// INVARIANT: `value` is a part of the text.
    fn offset(&self, value: &str) -> usize {
        (value.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn wrong(&self, key: &str, value: &str, expected: &'static str) -> SourceFault {
        SourceFault::WrongType {
            place: self.place(value),
            key: without_userinfo(key),
            expected,
        }
    }
}
