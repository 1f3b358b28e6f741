//! A text as the parser sees it: its tags in braces, and what is between them folded up.
//!
//! The parser of Handlebars has fixed delimiters, and reads what is between tags letter by letter,
//! at a hundred times the cost of copying it. So each text between tags is kept aside, from its
//! first letter that is no white space to its last, and a mark with a number stands for it while
//! the tags are parsed; white space stays, since it counts where a tag is alone on its line. The
//! mark is a character of the private use area that the text does not have, and it is turned back
//! in the parsed template, never in what that gives, so an answer may have any character.

use handlebars::template::{HelperTemplate, Template, TemplateElement};
use perk_diag::LineColumn;

use super::Delimiters;
use super::RenderFault;
use super::tags::Segment;

/// A text that is shorter than this is not worth a mark.
const WORTH_FOLDING: usize = 12;

/// A text with its parts folded.
pub(super) struct Folded<'s> {
    pub(super) text: String,
    pub(super) places: Places,
    parts: Vec<&'s str>,
    mark: char,
}

/// Where each tag is, in the folded text and in the whole one.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Vec<(LineColumn, LineColumn)>);

/// Folds a text that has been taken apart.
pub(super) fn fold<'s>(
    source: &str,
    segments: &[Segment<'s>],
    delimiters: &Delimiters,
) -> Folded<'s> {
    let mut folded = Folded {
        text: String::with_capacity(source.len() / 2),
        places: Places::default(),
        parts: Vec::new(),
        mark: unused_mark(source),
    };
    let (mut inner, mut outer) = (Cursor::default(), Cursor::default());
    for segment in segments {
        let start = folded.text.len();
        let whole = match segment {
            Segment::Text(text) => {
                folded.push_text(text, delimiters);
                text
            }
            Segment::Tag { whole, content, .. } => {
                folded.places.0.push((inner.position(), outer.position()));
                folded.push_tag(whole, content, delimiters);
                whole
            }
        };
        inner.advance(&folded.text[start..]);
        outer.advance(whole);
    }
    folded
}

impl<'s> Folded<'s> {
    fn push_text(&mut self, text: &'s str, delimiters: &Delimiters) {
        let core = text.trim();
        let is_plain = if delimiters.are_braces() {
            // Backslashes before braces are for the parser.
            core.len() < WORTH_FOLDING || text.contains("\\{{") || text.ends_with('\\')
        } else {
            core.len() < WORTH_FOLDING && !core.contains(['{', '}', '\\'])
        };
        if is_plain {
            self.text.push_str(text);
            return;
        }
        let start = text.len() - text.trim_start().len();
        self.text.push_str(&text[..start]);
        self.text.push(self.mark);
        self.text.push_str(&self.parts.len().to_string());
        self.text.push(self.mark);
        self.text.push_str(&text[start + core.len()..]);
        self.parts.push(core);
    }

    fn push_tag(&mut self, whole: &str, content: &str, delimiters: &Delimiters) {
        if delimiters.are_braces() {
            self.text.push_str(whole);
        } else {
            self.text.push_str("{{");
            self.text.push_str(content);
            self.text.push_str("}}");
        }
    }

    /// Unfolds every text of a parsed template.
    pub(super) fn unfold(&self, template: &mut Template) {
        for element in &mut template.elements {
            match element {
                TemplateElement::RawString(text) if text.contains(self.mark) => {
                    *text = self.unfolded(text);
                }
                TemplateElement::HelperBlock(block) => self.unfold_block(block),
                _ => {}
            }
        }
    }

    fn unfold_block(&self, block: &mut HelperTemplate) {
        let branches = [&mut block.template, &mut block.inverse];
        for template in branches.into_iter().flatten() {
            self.unfold(template);
        }
    }

    fn unfolded(&self, text: &str) -> String {
        let mut whole = String::new();
        for (index, piece) in text.split(self.mark).enumerate() {
            // Between two marks is the number of a part.
            let part = if index % 2 == 1 {
                piece.parse().ok()
            } else {
                None
            };
            let part = part.and_then(|number: usize| self.parts.get(number).copied());
            whole.push_str(part.unwrap_or(piece));
        }
        whole
    }
}

impl Places {
    /// Returns a fault of the folded text as one of the whole text.
    pub(super) fn in_source(&self, fault: RenderFault) -> RenderFault {
        RenderFault {
            position: fault.position.map(|place| self.whole(place)),
            ..fault
        }
    }

    /// Returns where a place of the folded text is in the whole one.
    pub(super) fn whole(&self, place: LineColumn) -> LineColumn {
        let next = self.0.partition_point(|(inner, _)| *inner <= place);
        let Some((inner, outer)) = next.checked_sub(1).and_then(|index| self.0.get(index)) else {
            return place;
        };
        if place.line == inner.line {
            LineColumn {
                line: outer.line,
                column: outer.column + (place.column - inner.column),
            }
        } else {
            LineColumn {
                line: outer.line + (place.line - inner.line),
                column: place.column,
            }
        }
    }
}

/// Returns a character that a text does not have.
fn unused_mark(source: &str) -> char {
    let mut marks = '\u{e000}'..='\u{f8ff}';
    // A text of at most a mebibyte has no room for so many, three bytes each, with anything else.
    marks
        .find(|&mark| !source.contains(mark))
        .unwrap_or('\u{10fffd}')
}

/// Counts lines and columns.
#[derive(Default)]
struct Cursor {
    line: u32,
    column: u32,
}

impl Cursor {
    fn advance(&mut self, text: &str) {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        match text.rfind('\n') {
            None => self.column += count(text.chars().count()),
            Some(last) => {
                self.line += count(text.bytes().filter(|&byte| byte == b'\n').count());
                self.column = count(text[last + 1..].chars().count());
            }
        }
    }

    fn position(&self) -> LineColumn {
        LineColumn {
            line: self.line + 1,
            column: self.column + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tags::segments;

    fn folded<'s>(source: &'s str, delimiters: &Delimiters) -> Folded<'s> {
        fold(source, &segments(source, delimiters).unwrap(), delimiters)
    }

    #[test]
    fn long_texts_and_foreign_braces_become_marks() {
        let text = |source, delimiters| folded(source, delimiters).text.replace('\u{e000}', "|");
        let braces = Delimiters::braces();
        assert_eq!(
            text("  a long\n text here\n  {{x}}\nshort", &braces),
            "  |0|\n  {{x}}\nshort"
        );
        assert_eq!(
            text("a long text with \\{{x}} in it", &braces),
            "a long text with \\{{x}} in it"
        );
        assert_eq!(
            text("a long text with a \\\\{{x}}", &braces),
            "a long text with a \\\\{{x}}"
        );
        assert_eq!(
            text("{a} [[x]] }", &Delimiters::brackets()),
            "|0| {{x}} |1|"
        );
    }

    #[test]
    fn a_private_character_of_the_text_is_no_mark() {
        assert_eq!(
            folded("\u{e000}{{x}}\u{e002}", &Delimiters::braces()).mark,
            '\u{e001}'
        );
    }

    #[test]
    fn places_are_those_of_the_whole_text() {
        let source = "a long\ntext with é {{x}} and\nmore of\nthat {{y\n z}}";
        let folded = folded(source, &Delimiters::braces());
        let at = |line, column| LineColumn { line, column };
        let inner =
            |tag| crate::render::tags::position(&folded.text, folded.text.find(tag).unwrap());
        assert_eq!(folded.places.whole(inner("{{x")), at(2, 13));
        assert_eq!(folded.places.whole(inner("{{y")), at(4, 6));
        assert_eq!(folded.places.whole(inner("z}}")), at(5, 2));
    }
}
