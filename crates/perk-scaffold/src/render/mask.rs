//! Other delimiters: `[[name]]` becomes `{{name}}`, and braces and backslashes of the text around
//! it become characters without a meaning, until the text has been parsed.
//!
//! The parser of Handlebars has fixed delimiters. The characters are taken from the private use
//! area, and only those that the text itself does not have; they are turned back in the parsed
//! template, never in what it gives, so an answer may have any character.

use handlebars::template::{HelperTemplate, Template, TemplateElement};
use perk_diag::{LineColumn, LineIndex};

use super::{Delimiters, RenderFault, RenderProblem};

/// The characters that Handlebars would take for its own.
const SPECIAL: [char; 3] = ['{', '}', '\\'];

/// The characters that stand for the special ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Masks([char; 3]);

/// Rewrites a text with other delimiters for Handlebars.
pub(super) fn mask(source: &str, delimiters: &Delimiters) -> Result<(String, Masks), RenderFault> {
    let masks = Masks::absent_from(source);
    let mut masked = String::with_capacity(source.len() + source.len() / 8);
    let mut rest = source;
    while let Some(start) = rest.find(delimiters.open()) {
        masks.hide(&rest[..start], &mut masked);
        let inside = &rest[start + delimiters.open().len()..];
        let offset = source.len() - rest.len() + start;
        let fail = |problem| RenderFault::at(Some(position(source, offset)), problem);
        let end = tag_end(inside, delimiters.close())
            .ok_or_else(|| fail(RenderProblem::Unterminated(delimiters.close().to_owned())))?;
        let content = &inside[..end];
        if !content.starts_with('!') && has_bare_braces(content) {
            return Err(fail(RenderProblem::BracesInTag));
        }
        masked.push_str("{{");
        masked.push_str(content);
        masked.push_str("}}");
        rest = &inside[end + delimiters.close().len()..];
    }
    masks.hide(rest, &mut masked);
    Ok((masked, masks))
}

/// Returns the line and column of an offset.
pub(super) fn position(source: &str, offset: usize) -> LineColumn {
    LineIndex::new(source).line_column(u32::try_from(offset).unwrap_or(u32::MAX))
}

/// Returns where the content of a tag ends, given what follows its opening mark.
pub(super) fn tag_end(inside: &str, close: &str) -> Option<usize> {
    if let Some(comment) = inside.strip_prefix("!--") {
        let end = comment.find(&format!("--{close}"))?;
        return Some("!--".len() + end + "--".len());
    }
    if inside.starts_with('!') {
        return inside.find(close);
    }
    let outside = outside_quotes(inside);
    outside
        .filter(|&(offset, _)| inside[offset..].starts_with(close))
        .map(|(offset, _)| offset)
        .next()
}

fn has_bare_braces(content: &str) -> bool {
    outside_quotes(content).any(|(offset, _)| {
        let rest = &content[offset..];
        rest.starts_with("{{") || rest.starts_with("}}")
    })
}

/// Returns the characters of a tag that are in no string, with their offsets.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut is_escaped = false;
    text.char_indices().filter(move |&(_, letter)| match quote {
        Some(_) if is_escaped => {
            is_escaped = false;
            false
        }
        Some(_) if letter == '\\' => {
            is_escaped = true;
            false
        }
        Some(mark) => {
            if letter == mark {
                quote = None;
            }
            false
        }
        None if letter == '"' || letter == '\'' => {
            quote = Some(letter);
            false
        }
        None => true,
    })
}

impl Masks {
    fn absent_from(source: &str) -> Self {
        let is_private =
            |letter: &char| matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}');
        let taken: std::collections::BTreeSet<char> = source.chars().filter(is_private).collect();
        let mut free = ('\u{e000}'..='\u{f8ff}')
            .chain('\u{f0000}'..='\u{ffffd}')
            .filter(|letter| !taken.contains(letter));
        // A text of at most a mebibyte has no room for all 71,934 of them.
        Self(std::array::from_fn(|_| free.next().unwrap_or('\u{10fffd}')))
    }

    fn hide(self, text: &str, masked: &mut String) {
        masked.extend(text.chars().map(|letter| {
            let index = SPECIAL.iter().position(|&special| special == letter);
            index.map_or(letter, |index| self.0[index])
        }));
    }

    /// Turns the masks back in every text of a parsed template.
    pub(super) fn reveal(self, template: &mut Template) {
        for element in &mut template.elements {
            match element {
                TemplateElement::RawString(text) => *text = self.revealed(text),
                TemplateElement::HelperBlock(block) => self.reveal_block(block),
                _ => {}
            }
        }
    }

    fn reveal_block(self, block: &mut HelperTemplate) {
        let branches = [&mut block.template, &mut block.inverse];
        for template in branches.into_iter().flatten() {
            self.reveal(template);
        }
    }

    fn revealed(self, text: &str) -> String {
        let reveal = |letter| {
            let index = self.0.iter().position(|&mask| mask == letter);
            index.map_or(letter, |index| SPECIAL[index])
        };
        text.chars().map(reveal).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(source: &str) -> String {
        let (masked, Masks([open, close, slash])) = mask(source, &Delimiters::brackets()).unwrap();
        masked
            .replace(open, "<")
            .replace(close, ">")
            .replace(slash, "/")
    }

    #[test]
    fn tags_become_braces_and_braces_become_text() {
        assert_eq!(masked(r"a {{x}} [[y]] \{ ]]"), "a <<x>> {{y}} /< ]]");
        assert_eq!(masked(r#"[[concat "]]" "}}"]]"#), r#"{{concat "]]" "}}"}}"#);
        assert_eq!(masked("[[!-- a ]] b --]]c"), "{{!-- a ]] b --}}c");
        assert_eq!(masked("[[! it's ]]c"), "{{! it's }}c");
    }

    #[test]
    fn a_private_character_of_the_text_is_no_mask() {
        let (masked, Masks(masks)) = mask("\u{e000}{\u{e002}}", &Delimiters::brackets()).unwrap();
        assert_eq!(masks, ['\u{e001}', '\u{e003}', '\u{e004}']);
        assert_eq!(masked, "\u{e000}\u{e001}\u{e002}\u{e003}");
    }

    #[test]
    fn says_where_a_tag_is_wrong() {
        let fault = mask("a\n b [[x", &Delimiters::brackets()).unwrap_err();
        assert_eq!(fault.position, Some(LineColumn { line: 2, column: 4 }));
        assert_eq!(fault.to_string(), "this tag has no `]]`");
        let fault = mask("[[a}}b{{c]]", &Delimiters::brackets()).unwrap_err();
        assert_eq!(fault.problem, RenderProblem::BracesInTag);
    }
}
