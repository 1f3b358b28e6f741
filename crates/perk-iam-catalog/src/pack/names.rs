//! Names as keys: sorting by them, refusing repeated ones, finding their indices.

use std::collections::HashMap;

use super::interner::index;
use crate::error::PackError;

/// Sorts entries by lower-case name, refusing two of the same.
pub(super) fn sorted<'e, E>(
    table: &'static str,
    entries: &'e [E],
    name: impl Fn(&E) -> &String,
) -> Result<Vec<&'e E>, PackError> {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_cached_key(|entry| lower(name(entry)));
    let repeated = sorted.windows(2).find_map(|pair| match pair {
        [first, second] if name(first).eq_ignore_ascii_case(name(second)) => Some(name(second)),
        _ => None,
    });
    match repeated {
        Some(name) => Err(PackError::Duplicate {
            table,
            name: name.clone(),
        }),
        None => Ok(sorted),
    }
}

/// Returns the index of each lower-case name in a range of a table.
pub(super) fn indices<'n>(
    start: u32,
    names: impl Iterator<Item = &'n str>,
) -> Result<HashMap<String, u32>, PackError> {
    names
        .enumerate()
        .map(|(at, name)| {
            Ok((
                lower(name),
                index(at)?.checked_add(start).ok_or(PackError::TooLarge)?,
            ))
        })
        .collect()
}

/// Returns a name as tables are sorted and searched by.
pub(super) fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}
