//! A place in a text, in JSON documents.

use perk_diag::LineColumn;
use schemars::JsonSchema;
use serde::Serialize;

/// A range in a text. Columns count Unicode characters.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceEntry {
    /// Line of the first character, from 1.
    line: u32,
    /// Column of the first character, from 1.
    column: u32,
    /// Line of the end, from 1.
    end_line: u32,
    /// Column after the last character, from 1.
    end_column: u32,
}

impl PlaceEntry {
    pub(super) fn new(start: LineColumn, end: LineColumn) -> Self {
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
