//! The parts of a text that a snippet shows, cut out so that a snippet costs what it shows and
//! not what the file weighs.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use perk_diag::{LineColumn, LineIndex};

use super::line_window::{ELLIPSIS, line_window};
use crate::is_printable;

/// A span over more lines or bytes than this is shown by its first line.
const SPAN_LINES: u32 = 60;
const SPAN_BYTES: usize = 4096;
/// Marks further apart than this are shown in excerpts of their own.
const GAP_LINES: u32 = 60;
const GAP_BYTES: usize = 4096;

/// A place to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark<'s> {
    /// Where: bytes of the whole text, or of the excerpt once it is part of one.
    pub(super) range: Range<usize>,
    /// What to write beside it.
    pub(super) label: Option<&'s str>,
    /// Whether this is the place that the snippet is about.
    pub(super) is_primary: bool,
}

/// A few neighboring lines with the marks in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'s> {
    /// Where the first mark of the excerpt is in the whole text.
    pub(super) place: LineColumn,
    /// The number of the first line.
    pub(super) first_line: u32,
    /// The lines, each cut to the width of the terminal.
    pub(super) text: String,
    /// The marks, in bytes of `text`.
    pub(super) marks: Vec<Mark<'s>>,
}

/// Cuts the excerpts that show all marks, that of the first mark first.
pub(super) fn excerpts<'s>(
    source: &LineIndex<'_>,
    marks: impl IntoIterator<Item = Mark<'s>>,
    columns: usize,
) -> Vec<Excerpt<'s>> {
    let page = Page { source, columns };
    let mut views: Vec<View<'s>> = Vec::new();
    for mark in marks {
        let range = page.shortened(mark.range);
        let lines = page.lines(&range);
        let anchors = page.anchors(&range, &lines);
        let mark = Mark { range, ..mark };
        let fitting = views
            .iter()
            .position(|view| page.fits(view, &lines, &anchors));
        let index = fitting.unwrap_or(views.len());
        if index == views.len() {
            views.push(View::at(lines.clone()));
        }
        page.add(&mut views[index], mark, &lines, anchors);
    }
    views.into_iter().map(|view| page.excerpt(view)).collect()
}

/// Neighboring lines, and which part of the long ones to show.
struct View<'s> {
    lines: RangeInclusive<u32>,
    windows: BTreeMap<u32, Range<usize>>,
    marks: Vec<Mark<'s>>,
}

impl View<'_> {
    fn at(lines: RangeInclusive<u32>) -> Self {
        Self {
            lines,
            windows: BTreeMap::new(),
            marks: Vec::new(),
        }
    }
}

/// The end of a mark that has to be visible on its line.
struct Anchor {
    line: u32,
    range: Range<usize>,
}

/// A text and the width to show it in.
struct Page<'t> {
    source: &'t LineIndex<'t>,
    columns: usize,
}

impl Page<'_> {
    /// Returns the range within the text, on characters, and not longer than can be shown.
    fn shortened(&self, range: Range<usize>) -> Range<usize> {
        let text = self.source.text();
        let start = text.floor_char_boundary(range.start);
        let end = text.ceil_char_boundary(range.end).max(start);
        let lines = self.lines(&(start..end));
        let is_long = lines.end() - lines.start() >= SPAN_LINES
            || (lines.start() != lines.end() && end - start > SPAN_BYTES);
        let end_of_line = self.source.line_range(*lines.start()).end;
        start..if is_long { end_of_line.max(start) } else { end }
    }

    fn lines(&self, range: &Range<usize>) -> RangeInclusive<u32> {
        self.source.line(offset(range.start))..=self.source.line(offset(range.end))
    }

    fn anchors(&self, range: &Range<usize>, lines: &RangeInclusive<u32>) -> Vec<Anchor> {
        let (first, last) = (*lines.start(), *lines.end());
        let bytes = self.source.line_range(first);
        let start = range.start.min(bytes.end);
        let mut anchors = vec![Anchor {
            line: first,
            range: start..range.end.clamp(start, bytes.end),
        }];
        if last > first {
            let end = range.end.min(self.source.line_range(last).end);
            anchors.push(Anchor {
                line: last,
                range: end..end,
            });
        }
        anchors
    }

    /// Returns whether marks on these lines can be shown in a view beside those it has.
    fn fits(&self, view: &View<'_>, lines: &RangeInclusive<u32>, anchors: &[Anchor]) -> bool {
        let (before, after) = if lines.start() > view.lines.end() {
            (*view.lines.end(), *lines.start())
        } else {
            (*lines.end(), *view.lines.start())
        };
        let gap = self.source.line_range(before).end..self.source.line_range(after).start;
        let is_near = after.saturating_sub(before) <= GAP_LINES && gap.len() <= GAP_BYTES;
        let is_visible = |anchor: &Anchor| {
            let window = view.windows.get(&anchor.line);
            window.is_none_or(|window| (window.start..=window.end).contains(&anchor.range.start))
        };
        is_near && anchors.iter().all(is_visible)
    }

    fn add<'s>(
        &self,
        view: &mut View<'s>,
        mark: Mark<'s>,
        lines: &RangeInclusive<u32>,
        anchors: Vec<Anchor>,
    ) {
        let (first, last) = (
            view.lines.start().min(lines.start()),
            view.lines.end().max(lines.end()),
        );
        view.lines = *first..=*last;
        for anchor in anchors {
            view.windows
                .entry(anchor.line)
                .or_insert_with(|| self.window(anchor.line, anchor.range));
        }
        view.marks.push(mark);
    }

    /// Returns the bytes of the text to show of a line.
    fn window(&self, line: u32, focus: Range<usize>) -> Range<usize> {
        let bytes = self.source.line_range(line);
        let focus = focus.start - bytes.start..focus.end - bytes.start;
        let window = line_window(&self.source.text()[bytes.clone()], focus, self.columns);
        bytes.start + window.start..bytes.start + window.end
    }

    fn excerpt<'s>(&self, mut view: View<'s>) -> Excerpt<'s> {
        let first_line = *view.lines.start();
        let place = view.marks.first().map_or(0, |mark| mark.range.start);
        let mut text = String::new();
        let mut pieces = Vec::new();
        for line in view.lines {
            let bytes = self.source.line_range(line);
            let window = view
                .windows
                .remove(&line)
                .unwrap_or_else(|| self.window(line, bytes.start..bytes.start));
            pieces.push(self.write_line(&mut text, &bytes, window));
        }
        for mark in &mut view.marks {
            mark.range = place_in(&pieces, mark.range.start)..place_in(&pieces, mark.range.end);
        }
        Excerpt {
            place: self.source.line_column(offset(place)),
            first_line,
            text,
            marks: view.marks,
        }
    }

    fn write_line(&self, text: &mut String, line: &Range<usize>, shown: Range<usize>) -> Piece {
        if !text.is_empty() {
            text.push('\n');
        }
        if shown.start > line.start {
            text.push_str(ELLIPSIS);
        }
        let position = text.len();
        let characters = self.source.text()[shown.clone()].chars();
        text.extend(characters.map(visible));
        if shown.end < line.end {
            text.push_str(ELLIPSIS);
        }
        Piece { shown, position }
    }
}

/// A part of the text, and where it stands in the excerpt.
struct Piece {
    shown: Range<usize>,
    position: usize,
}

/// Returns where an offset of the text is in the excerpt, or the nearest place that is shown.
fn place_in(pieces: &[Piece], offset: usize) -> usize {
    let after = pieces.partition_point(|piece| piece.shown.start <= offset);
    match pieces.get(after.saturating_sub(1)) {
        Some(piece) => {
            piece.position + offset.clamp(piece.shown.start, piece.shown.end) - piece.shown.start
        }
        None => 0,
    }
}

/// Returns a character of the same length in bytes that does nothing to the terminal.
fn visible(character: char) -> char {
    match character {
        character if is_printable(character) => character,
        // Drawn as spaces, and as pictures of the control characters.
        character if character.is_ascii() => character,
        character if character.len_utf8() == 2 => '·',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

fn offset(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
