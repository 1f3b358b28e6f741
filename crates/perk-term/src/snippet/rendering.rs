//! A finding as text: headline, underlined lines, help.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer};
use anstream::adapter::strip_str;
use perk_diag::{LineIndex, Span};

use super::excerpt::{Excerpt, Mark, excerpts};
use crate::{Meaning, Painter, printable};

/// The narrowest part of a line worth showing.
const MINIMUM_COLUMNS: usize = 30;
/// Wide enough for the drawing library to cut nothing: the lines are cut already.
const UNLIMITED_COLUMNS: usize = 1_000_000;

/// A finding in a text, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Snippet<'s> {
    /// How bad it is: `error`, `security-warning`, `warning` or `suggestion`.
    pub level_name: &'s str,
    /// The code of the check.
    pub code: &'s str,
    /// What was found, in one line.
    pub title: &'s str,
    /// The file.
    pub path: &'s str,
    /// The text of the file.
    pub source: &'s LineIndex<'s>,
    /// Where it was found.
    pub primary: Span,
    /// What to write beside that place.
    pub primary_label: Option<&'s str>,
    /// Other places that have to do with it.
    pub secondary: Vec<Label<'s>>,
    /// What to do.
    pub help: Vec<&'s str>,
    /// What else to know.
    pub notes: Vec<&'s str>,
}

/// A place with words beside it.
#[derive(Debug, Clone, Copy)]
pub struct Label<'s> {
    /// The place.
    pub span: Span,
    /// The words.
    pub text: &'s str,
}

impl Snippet<'_> {
    /// Draws the snippet for a terminal of so many columns, ending in a line break.
    pub fn render(&self, painter: Painter, columns: usize) -> String {
        let excerpts = self.excerpts(columns);
        let title = level(self.level_name)
            .primary_title(printable(self.title))
            .id(printable(self.code));
        let group = Group::with_title(title)
            .elements(excerpts.iter().flat_map(|excerpt| self.elements(excerpt)))
            .elements(
                self.help
                    .iter()
                    .map(|text| Level::HELP.message(printable(text))),
            )
            .elements(
                self.notes
                    .iter()
                    .map(|text| Level::NOTE.message(printable(text))),
            );
        without_spacers(&renderer(painter).render(&[group]))
    }

    fn excerpts(&self, columns: usize) -> Vec<Excerpt<'_>> {
        let primary = Mark {
            range: self.primary.range(),
            label: self.primary_label,
            is_primary: true,
        };
        let secondary = self.secondary.iter().map(|label| Mark {
            range: label.span.range(),
            label: Some(label.text),
            is_primary: false,
        });
        // Line numbers and the bar beside them take a few columns.
        let last_line = self.source.line(u32::MAX);
        let gutter = last_line.to_string().len() + " | ".len();
        let columns = columns.saturating_sub(gutter).max(MINIMUM_COLUMNS);
        excerpts(
            self.source,
            std::iter::once(primary).chain(secondary),
            columns,
        )
    }

    fn elements<'e>(&'e self, excerpt: &'e Excerpt<'_>) -> [Element<'e>; 2] {
        let origin = Origin::path(printable(self.path))
            .line(excerpt.place.line as usize)
            .char_column(excerpt.place.column as usize);
        let lines = annotate_snippets::Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line as usize)
            .annotations(excerpt.marks.iter().map(annotation));
        [origin.into(), lines.into()]
    }
}

fn annotation<'e>(mark: &'e Mark<'_>) -> Annotation<'e> {
    let kind = if mark.is_primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let annotation = kind.span(mark.range.clone());
    match mark.label {
        Some(label) => annotation.label(printable(label)),
        None => annotation,
    }
}

fn level(name: &str) -> Level<'_> {
    match name {
        "error" => Level::ERROR,
        "suggestion" => Level::INFO.with_name(name),
        _ => Level::WARNING.with_name(name),
    }
}

/// Leaves out the lines that only say `:::`.
///
/// The library draws one above lines whose file it was not told. It is told the place instead of
/// the file, because it would count columns from where a long line was cut.
fn without_spacers(drawing: &str) -> String {
    let is_spacer =
        |line: &str| line.contains(":::") && strip_str(line).to_string().trim() == ":::";
    let mut kept = String::with_capacity(drawing.len() + 1);
    for line in drawing.lines().filter(|line| !is_spacer(line)) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

fn renderer(painter: Painter) -> Renderer {
    let renderer = if painter.is_colored() {
        Renderer::styled()
            .error(Meaning::Error.style())
            .warning(Meaning::Warning.style())
            .info(Meaning::Suggestion.style())
            .help(Meaning::Hint.style())
            .note(Meaning::Note.style())
    } else {
        Renderer::plain()
    };
    renderer.term_width(UNLIMITED_COLUMNS)
}
