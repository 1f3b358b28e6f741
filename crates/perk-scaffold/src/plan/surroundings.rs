//! The values in reach of a file: the same ones for all files, and `item` where a file is there
//! once for each entry of a list.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::answers::{Answer, Answers};
use crate::manifest::Manifest;
use crate::render::{Engine, Names, RenderFault, Shape, Values};

/// Which values a file sees: those of everything, or those with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Scope<'a> {
    item: Option<&'a str>,
}

/// All values with their names.
pub(super) struct Surroundings<'a> {
    answers: &'a Answers,
    names: &'a Names,
    names_with_item: Names,
    table: Map<String, Value>,
    common: Values,
    /// About how many bytes the table has.
    size: usize,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(manifest: &'a Manifest, answers: &'a Answers) -> Self {
        let table = answers.table(manifest);
        let mut names_with_item = manifest.names.clone();
        names_with_item.insert("item".to_owned(), Shape::Scalar);
        Self {
            answers,
            names: &manifest.names,
            names_with_item,
            common: Values::new(table.clone()),
            size: Value::Object(table.clone()).to_string().len(),
            table,
        }
    }

    /// Returns the values that all files see.
    pub(super) fn common(&self) -> &Values {
        &self.common
    }

    /// Returns the scopes of a file: one, or one for each entry of the answer to `each`.
    pub(super) fn scopes(&self, each: Option<&str>) -> Vec<Scope<'a>> {
        match each.map(|key| self.answers.get(key)) {
            None => vec![Scope { item: None }],
            Some(Some(Answer::List(items))) => {
                let scopes = items.iter().map(|item| Scope { item: Some(item) });
                scopes.collect()
            }
            Some(_) => Vec::new(),
        }
    }

    /// Returns the names that are defined in a scope.
    pub(super) fn names(&self, scope: Scope<'_>) -> &Names {
        match scope.item {
            None => self.names,
            Some(_) => &self.names_with_item,
        }
    }

    /// Returns the values of a scope. Those with an item are a copy, which counts as output.
    pub(super) fn values(
        &self,
        scope: Scope<'_>,
        engine: &Engine,
    ) -> Result<Cow<'_, Values>, RenderFault> {
        let Some(item) = scope.item else {
            return Ok(Cow::Borrowed(&self.common));
        };
        engine.spend_bytes(self.size)?;
        let mut table = self.table.clone();
        table.insert("item".to_owned(), Value::from(item));
        Ok(Cow::Owned(Values::new(table)))
    }
}
