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

/// A text that is ready for turning offsets into lines and columns.
///
/// It keeps what stands before each block, so that a place in a file of many lines, or in a line of
/// many megabytes, costs no more than any other.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    blocks: Vec<Block>,
}

/// What there is before a block of the text.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    /// How many line breaks.
    breaks: usize,
    /// How many characters.
    characters: usize,
    /// Where the line begins that the block begins in.
    line_start: usize,
}

/// The number of bytes in a block.
const BLOCK: usize = 512;

impl<'t> LineIndex<'t> {
    /// Scans a text.
    pub fn new(text: &'t str) -> Self {
        let mut before = Block::default();
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        for (bytes, start) in text.as_bytes().chunks(BLOCK).zip((0..).step_by(BLOCK)) {
            blocks.push(before);
            before = Block {
                breaks: before.breaks + count_breaks(bytes),
                characters: before.characters + count_characters(bytes),
                line_start: last_break(bytes).map_or(before.line_start, |at| start + at + 1),
            };
        }
        if text.len().is_multiple_of(BLOCK) {
            blocks.push(before);
        }
        Self { text, blocks }
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the line of a byte offset, from 1; an offset past the end is on the last line.
    pub fn line(&self, offset: u32) -> u32 {
        let (before, bytes, _) = self.block(offset as usize);
        one_based(before.breaks + count_breaks(bytes))
    }

    /// Returns the bytes of a line, counted from 1, without its line break; a line past the end
    /// is empty.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let index = line.saturating_sub(1) as usize;
        let start = self.line_start(index).unwrap_or(self.text.len());
        let end = self.line_start(index + 1).unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        start..start + line.len()
    }

    /// Returns the line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let (before, bytes, start) = self.block(offset as usize);
        let breaks = count_breaks(bytes);
        // A long line has blocks without a break, and there is no need to look for one.
        let last_break = (breaks > 0).then(|| last_break(bytes)).flatten();
        let line_start = last_break.map_or(before.line_start, |at| start + at + 1);
        let characters = before.characters + count_characters(bytes);
        LineColumn {
            line: one_based(before.breaks + breaks),
            column: one_based(characters - self.characters_before(line_start)),
        }
    }

    /// Returns how many characters begin before a byte offset.
    fn characters_before(&self, offset: usize) -> usize {
        let (before, bytes, _) = self.block(offset);
        before.characters + count_characters(bytes)
    }

    /// Returns what is before the block of an offset, the bytes of the block before the offset, and
    /// where the block begins.
    fn block(&self, offset: usize) -> (Block, &'t [u8], usize) {
        let end = offset.min(self.text.len());
        let start = end - end % BLOCK;
        let before = self.blocks.get(start / BLOCK).copied().unwrap_or_default();
        (before, &self.text.as_bytes()[start..end], start)
    }

    /// Returns where a line begins, counted from 0.
    fn line_start(&self, index: usize) -> Option<usize> {
        let Some(breaks) = index.checked_sub(1) else {
            return Some(0);
        };
        let after = self.blocks.partition_point(|block| block.breaks <= breaks);
        let block = after.checked_sub(1)?;
        let start = block * BLOCK;
        let bytes = &self.text.as_bytes()[start..];
        let mut found = bytes
            .iter()
            .zip(start..)
            .filter(|(byte, _)| **byte == b'\n');
        let (_, at) = found.nth(breaks - self.blocks[block].breaks)?;
        Some(at + 1)
    }
}

fn last_break(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|byte| *byte == b'\n')
}

fn count_breaks(bytes: &[u8]) -> usize {
    count(bytes, |byte| byte == b'\n')
}

/// Counts the bytes that begin a character.
fn count_characters(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    count(bytes, |byte| (byte & 0b1100_0000) != 0b1000_0000)
}

/// Counts in bytes, so that compilers do many at once.
fn count(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    let chunks = bytes.chunks(usize::from(u8::MAX));
    let counts = chunks.map(|chunk| chunk.iter().map(|byte| u8::from(test(*byte))).sum::<u8>());
    counts.map(usize::from).sum()
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
        let text = format!("a\n{}x\nb", "é".repeat(BLOCK));
        for length in [0, 1, 2, BLOCK, 2 * BLOCK, text.len()] {
            let text = &text[..length];
            let index = LineIndex::new(text);
            for offset in (0..=length + 1).filter(|offset| text.is_char_boundary(*offset)) {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                let place = index.line_column(u32::try_from(offset).unwrap());
                assert_eq!((place.line as usize, place.column as usize), (line, column));
            }
        }
        let lines = LineIndex::new(&text);
        let lines = [1, 2, 3, 4].map(|line| lines.line_range(line));
        let end = 2 + 2 * BLOCK + 1;
        assert_eq!(lines, [0..1, 2..end, end + 1..end + 2, end + 2..end + 2]);
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
