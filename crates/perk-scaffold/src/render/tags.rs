//! Where the tags of a text are, as far as that can be said without parsing them.
//!
//! A tag may come out too long, never too short: what is called text here has no tag in it.

use perk_diag::{LineColumn, LineIndex};

use super::{Delimiters, RenderFault, RenderProblem};

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Segment<'s> {
    /// What is between tags.
    Text(&'s str),
    /// A tag.
    Tag {
        /// Where it begins.
        offset: usize,
        /// The tag with its delimiters.
        whole: &'s str,
        /// What is between the delimiters.
        content: &'s str,
    },
}

/// Takes a text apart.
pub(crate) fn segments<'s>(
    source: &'s str,
    delimiters: &Delimiters,
) -> Result<Vec<Segment<'s>>, RenderFault> {
    let (mut segments, mut at) = (Vec::new(), 0);
    while let Some(start) = next_tag(source, at, delimiters) {
        if start > at {
            segments.push(Segment::Text(&source[at..start]));
        }
        let tag = if delimiters.are_braces() {
            tag_in_braces(source, start)
        } else {
            tag(source, start, delimiters)?
        };
        at = start + tag.0.len();
        segments.push(Segment::Tag {
            offset: start,
            whole: tag.0,
            content: tag.1,
        });
    }
    if at < source.len() {
        segments.push(Segment::Text(&source[at..]));
    }
    Ok(segments)
}

/// Returns the line and column of an offset.
pub(super) fn position(source: &str, offset: usize) -> LineColumn {
    LineIndex::new(source).line_column(u32::try_from(offset).unwrap_or(u32::MAX))
}

fn next_tag(source: &str, from: usize, delimiters: &Delimiters) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + source[at..].find(delimiters.open())?;
        let slashes = source[from..start]
            .bytes()
            .rev()
            .take_while(|&byte| byte == b'\\');
        // One backslash takes the meaning from braces; two are one backslash before a tag.
        if !delimiters.are_braces() || slashes.count() != 1 {
            return Some(start);
        }
        at = start + delimiters.open().len();
    }
}

/// Returns the tag at an offset with its content.
fn tag<'s>(
    source: &'s str,
    start: usize,
    delimiters: &Delimiters,
) -> Result<(&'s str, &'s str), RenderFault> {
    let fail = |problem| RenderFault::at(Some(position(source, start)), problem);
    let inside = &source[start + delimiters.open().len()..];
    let end = content_end(inside, delimiters.close())
        .ok_or_else(|| fail(RenderProblem::Unterminated(delimiters.close().to_owned())))?;
    let content = &inside[..end];
    if !content.starts_with('!') && has_bare_braces(content) {
        return Err(fail(RenderProblem::BracesInTag));
    }
    let length = delimiters.open().len() + end + delimiters.close().len();
    Ok((&source[start..start + length], content))
}

/// Returns the tag in two, three or four braces; without an end it is all that remains.
fn tag_in_braces(source: &str, start: usize) -> (&str, &str) {
    const OPEN: &str = "{{{{";
    const CLOSE: &str = "}}}}";
    let rest = &source[start..];
    let braces = rest
        .bytes()
        .take(OPEN.len())
        .take_while(|&byte| byte == b'{')
        .count();
    for braces in (2..=braces).rev() {
        let inside = &rest[braces..];
        if let Some(end) = content_end(inside, &CLOSE[..braces]) {
            return (&rest[..braces + end + braces], &inside[..end]);
        }
    }
    (rest, &rest[2..])
}

/// Returns where the content of a tag ends, given what follows its opening mark.
fn content_end(inside: &str, close: &str) -> Option<usize> {
    if let Some(comment) = inside.strip_prefix("!--") {
        let end = comment.find(&format!("--{close}"))?;
        return Some("!--".len() + end + "--".len());
    }
    if inside.starts_with('!') {
        return inside.find(close);
    }
    let found = outside_quotes(inside).find(|&(offset, _)| inside[offset..].starts_with(close));
    found.map(|(offset, _)| offset)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(source: &str, delimiters: &Delimiters) -> Vec<String> {
        let segments = segments(source, delimiters).unwrap();
        let whole: String = segments
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => *text,
                Segment::Tag { whole, .. } => *whole,
            })
            .collect();
        assert_eq!(whole, source);
        let tags = segments.iter().filter_map(|segment| match segment {
            Segment::Text(_) => None,
            Segment::Tag { content, .. } => Some((*content).to_owned()),
        });
        tags.collect()
    }

    #[test]
    fn finds_tags_in_braces() {
        for (source, expected) in [
            ("a {{b}} c", &["b"][..]),
            (r"\{{a}} {{b}} \\{{c}}", &["b", "c"]),
            ("{{{a}}} {{b}}}", &["a", "b"]),
            ("{{{{raw}}}} {{x}} {{{{/raw}}}}", &["raw", "x", "/raw"]),
            (
                "{{! a \" }} {{!-- b }} --}} {{c \"}}\" '}}'}}",
                &["! a \" ", "!-- b }} --", "c \"}}\" '}}'"],
            ),
            ("{{a \"}} b", &["a \"}} b"]),
            ("{{~{a}~}} b", &["~{a}~"]),
        ] {
            assert_eq!(tags(source, &Delimiters::braces()), expected, "{source}");
        }
    }

    #[test]
    fn finds_tags_in_other_delimiters() {
        for (source, expected) in [
            (r"\[[a]] {{b}} [[c]]]", &["a", "c"][..]),
            (
                r#"[[concat "]]" "}}"]] [[!-- ]] --]]"#,
                &[r#"concat "]]" "}}""#, "!-- ]] --"],
            ),
            ("[[! it's ]]c", &["! it's "]),
        ] {
            assert_eq!(tags(source, &Delimiters::brackets()), expected, "{source}");
        }
    }

    #[test]
    fn says_where_a_tag_is_wrong() {
        let fault = segments("a\n b [[x", &Delimiters::brackets()).unwrap_err();
        assert_eq!(fault.position, Some(LineColumn { line: 2, column: 4 }));
        assert_eq!(fault.to_string(), "this tag has no `]]`");
        let fault = segments("[[a}}b{{c]]", &Delimiters::brackets()).unwrap_err();
        assert_eq!(fault.problem, RenderProblem::BracesInTag);
    }
}
