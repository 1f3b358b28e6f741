//! Names in a sentence.

use std::fmt::Display;

/// Returns names as a list, each between backticks.
pub(crate) fn quoted(names: impl IntoIterator<Item: Display>) -> String {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}
