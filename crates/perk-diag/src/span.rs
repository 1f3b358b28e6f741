//! Places in a text: byte spans, and the lines and columns that people read.

use std::ops::Range;

/// A half-open range of byte offsets in a text of at most 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Creates a span from its offsets.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Returns the span as a range to index a string with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a text as people count: both from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The line starts of a text, for turning offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<u32>,
    /// How many characters begin before each block of the text, so that a column in a line of
    /// many megabytes costs no more than any other.
    blocks: Vec<u32>,
}

/// The number of bytes in a block.
const BLOCK: usize = 4096;

impl<'t> LineIndex<'t> {
    /// Scans a text for its line starts.
    pub fn new(text: &'t str) -> Self {
        let after = |(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX);
        let breaks = text.match_indices('\n');
        let starts = std::iter::once(0).chain(breaks.map(after)).collect();
        let mut characters = 0_u32;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = characters;
            characters = characters.saturating_add(count_characters(block));
            before
        });
        Self {
            text,
            starts,
            blocks: blocks.collect(),
        }
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the line of a byte offset, from 1; an offset past the end is on the last line.
    pub fn line(&self, offset: u32) -> u32 {
        one_based(self.line_index(offset))
    }

    /// Returns the bytes of a line, counted from 1, without its line break; a line past the end
    /// is empty.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let index = line.saturating_sub(1) as usize;
        let offset = |index: usize| self.starts.get(index).map(|&start| start as usize);
        let start = offset(index).unwrap_or(self.text.len());
        let end = offset(index + 1).unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        start..start + line.len()
    }

    /// Returns the line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_index(offset);
        let column = self
            .characters_before(offset)
            .saturating_sub(self.characters_before(self.starts[line]));
        LineColumn {
            line: one_based(line),
            column: column.saturating_add(1),
        }
    }

    /// Returns how many characters begin before a byte offset.
    fn characters_before(&self, offset: u32) -> u32 {
        let end = (offset as usize).min(self.text.len());
        let block = (end / BLOCK).min(self.blocks.len().saturating_sub(1));
        let before = self.blocks.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..end);
        before.saturating_add(count_characters(rest.unwrap_or_default()))
    }

    fn line_index(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }
}

/// Counts the bytes that begin a character.
fn count_characters(bytes: &[u8]) -> u32 {
    let is_start = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
    u32::try_from(bytes.iter().filter(is_start).count()).unwrap_or(u32::MAX)
}

fn one_based(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let index = LineIndex::new("a\nbé\u{1F600}x\n");
        assert_eq!(index.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(2), LineColumn { line: 2, column: 1 });
        assert_eq!(index.line_column(9), LineColumn { line: 2, column: 4 });
        assert_eq!(index.line_column(99), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn columns_are_right_across_blocks() {
        let text = format!("a\n{}x", "é".repeat(BLOCK));
        let index = LineIndex::new(&text);
        for (offset, column) in [
            (2, 1),
            (4094, 2047),
            (4096, 2048),
            (8194, 4097),
            (9999, 4098),
        ] {
            assert_eq!(index.line_column(offset), LineColumn { line: 2, column });
        }
        let text = "é".repeat(BLOCK / 2);
        let end = LineIndex::new(&text).line_column(4096);
        assert_eq!(
            end,
            LineColumn {
                line: 1,
                column: 2049
            }
        );
    }

    #[test]
    fn lines_have_no_line_breaks() {
        let index = LineIndex::new("a\r\nbc\n\nd");
        let lines: Vec<&str> = (1..=5)
            .map(|line| &index.text()[index.line_range(line)])
            .collect();
        assert_eq!(lines, ["a", "bc", "", "d", ""]);
        assert_eq!(
            [0, 2, 3, 7, 99].map(|offset| index.line(offset)),
            [1, 1, 2, 4, 4]
        );
    }
}
