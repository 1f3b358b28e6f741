//! A file while it is checked: its path, its text, and the places in it.

use std::cell::OnceCell;

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{LineColumn, LineIndex, Span};
use perk_iam::Place;

use super::project::Project;

/// A file; what most files never need is only found out when asked for.
#[derive(Debug)]
pub(super) struct File<'f> {
    path: &'f str,
    text: &'f str,
    lines: OnceCell<LineIndex<'f>>,
    project_path: OnceCell<Utf8PathBuf>,
}

impl<'f> File<'f> {
    pub(super) fn new(path: &'f str, text: &'f str) -> Self {
        Self {
            path,
            text,
            lines: OnceCell::new(),
            project_path: OnceCell::new(),
        }
    }

    /// Returns the path as it is shown.
    pub(super) fn path(&self) -> &'f str {
        self.path
    }

    /// Returns the text.
    pub(super) fn text(&self) -> &'f str {
        self.text
    }

    /// Returns the path relative to the project.
    pub(super) fn project_path(&self, project: &Project) -> &Utf8Path {
        self.project_path
            .get_or_init(|| project.relative(self.path))
    }

    /// Returns the line of a byte offset.
    pub(super) fn line(&self, offset: u32) -> u32 {
        match offset {
            0 => 1,
            offset => self.lines().line(offset),
        }
    }

    /// Returns the place of a span.
    pub(super) fn place(&self, span: Span) -> Place {
        Place {
            start: self.lines().line_column(span.start),
            end: self.lines().line_column(span.end),
        }
    }

    /// Returns the span of so many characters from a place on, within its line.
    pub(super) fn span(&self, place: LineColumn, length: usize) -> Span {
        let range = self.lines().line_range(place.line);
        let line = self.text.get(range.clone()).unwrap_or_default();
        let offset = |characters: usize| {
            let mut starts = line.char_indices().map(|(start, _)| start);
            let offset = range.start + starts.nth(characters).unwrap_or(line.len());
            u32::try_from(offset).unwrap_or(u32::MAX)
        };
        let first = place.column.saturating_sub(1) as usize;
        Span::new(offset(first), offset(first + length))
    }

    fn lines(&self) -> &LineIndex<'f> {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }
}
