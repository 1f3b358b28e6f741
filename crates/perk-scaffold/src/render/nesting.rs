//! Blocks in blocks: limits on them before a text is parsed, since the parser and the renderer call
//! themselves for each and look at the whole text for each tag; and which of them do not end.

use super::tags::{Segment, position};
use super::{Delimiters, RenderFault, RenderProblem};

/// The most bytes of a text with tags.
const MAX_SOURCE: usize = 1024 * 1024;
/// The most bytes of a tag.
const MAX_TAG: usize = 4096;
/// The most blocks around each other; each `else if` is one more.
const MAX_BLOCKS: usize = 64;
/// The most parentheses around each other.
const MAX_PARENTHESES: usize = 32;
/// The most bytes times tags: finding the line of a tag takes time in proportion to the text.
const MAX_WORK: usize = 500_000_000;

/// Fails if a text is too large or too deep.
pub(super) fn check(source: &str, segments: &[Segment<'_>]) -> Result<(), RenderFault> {
    if source.len() > MAX_SOURCE {
        return Err(limit(None, "the bytes of a file with tags", MAX_SOURCE));
    }
    let mut blocks = Blocks::default();
    for segment in segments {
        let Segment::Tag {
            offset, content, ..
        } = segment
        else {
            continue;
        };
        let place = Some((source, *offset));
        check_tag(content).map_err(|(what, most)| limit(place, what, most))?;
        if blocks.enter(*offset, content) > MAX_BLOCKS {
            return Err(limit(place, "the depth of blocks", MAX_BLOCKS));
        }
    }
    let tags = segments
        .iter()
        .filter(|segment| matches!(segment, Segment::Tag { .. }));
    if tags.count().saturating_mul(source.len()) > MAX_WORK {
        let most = MAX_WORK / source.len().max(1);
        return Err(limit(None, "the tags of a file of this size", most));
    }
    Ok(())
}

/// Returns the work that parsing a text makes; one that is over the limit is not parsed.
pub(super) fn work(bytes: usize, tags: usize) -> usize {
    bytes.saturating_mul(tags).min(MAX_WORK)
}

/// Fails if a condition is too large or too deep.
pub(super) fn check_condition(content: &str) -> Result<(), RenderFault> {
    check_tag(content).map_err(|(what, most)| limit(None, what, most))
}

/// Returns what is wrong with the beginnings and ends of tags and blocks, if anything is.
pub(super) fn imbalance(
    source: &str,
    segments: &[Segment<'_>],
    delimiters: &Delimiters,
) -> Option<RenderFault> {
    let fault = |offset, problem| RenderFault::at(Some(position(source, offset)), problem);
    let mut blocks = Blocks::default();
    for segment in segments {
        let Segment::Tag {
            offset,
            whole,
            content,
        } = segment
        else {
            continue;
        };
        if !whole.ends_with(delimiters.close()) {
            let problem = RenderProblem::Unterminated(delimiters.close().to_owned());
            return Some(fault(*offset, problem));
        }
        if head(content).starts_with('/') && blocks.open.is_empty() {
            return Some(fault(*offset, RenderProblem::EndsNothing));
        }
        blocks.enter(*offset, content);
    }
    let open = blocks.open.pop()?;
    let end = format!("{}/{}{}", delimiters.open(), open.name, delimiters.close());
    Some(fault(open.offset, RenderProblem::Unclosed(end)))
}

fn check_tag(content: &str) -> Result<(), (&'static str, usize)> {
    if content.len() > MAX_TAG {
        return Err(("the bytes of a tag", MAX_TAG));
    }
    if parentheses(content) > MAX_PARENTHESES {
        return Err(("the depth of parentheses", MAX_PARENTHESES));
    }
    Ok(())
}

fn limit(place: Option<(&str, usize)>, what: &'static str, limit: usize) -> RenderFault {
    RenderFault {
        position: place.map(|(source, offset)| position(source, offset)),
        problem: RenderProblem::Limit {
            what,
            limit: limit as u64,
        },
    }
}

fn parentheses(content: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in content.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The blocks that are open.
#[derive(Default)]
struct Blocks<'s> {
    open: Vec<Block<'s>>,
    depth: usize,
}

/// A block that is open.
struct Block<'s> {
    offset: usize,
    name: &'s str,
    branches: usize,
}

impl<'s> Blocks<'s> {
    /// Takes the content of a tag; returns how many blocks are around what follows it.
    fn enter(&mut self, offset: usize, content: &'s str) -> usize {
        let content = head(content);
        if let Some(opened) = content.strip_prefix('#') {
            let mut words = opened.split([' ', '\t', '\r', '\n', '~', '}']);
            self.open.push(Block {
                offset,
                name: words.next().unwrap_or_default(),
                branches: 1,
            });
            self.depth += 1;
        } else if content.starts_with('/') {
            let closed = self.open.pop();
            self.depth -= closed.map_or(0, |block| block.branches);
        } else if (content.starts_with("else") || content.starts_with('^'))
            && let Some(block) = self.open.last_mut()
        {
            block.branches += 1;
            self.depth += 1;
        }
        self.depth
    }
}

/// Returns the content of a tag from its first sign on.
fn head(content: &str) -> &str {
    content.trim_start_matches(|letter: char| letter == '~' || letter.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Delimiters;
    use crate::render::tags::segments;

    fn problem(source: &str) -> Option<String> {
        let segments = segments(source, &Delimiters::braces()).unwrap();
        check(source, &segments)
            .err()
            .map(|fault| fault.to_string())
    }

    #[test]
    fn depth_and_size_have_limits() {
        let deep = "{{#if a}}".repeat(100_000);
        assert_eq!(
            problem(&deep).unwrap(),
            "the depth of blocks would be more than 64"
        );
        let chain = format!("{{{{#if a}}}}{}{{{{/if}}}}", "{{else if a}}".repeat(9_999));
        assert_eq!(
            problem(&chain).unwrap(),
            "the depth of blocks would be more than 64"
        );
        let nested = format!("{{{{{}}}}}", "(not ".repeat(700));
        assert_eq!(
            problem(&nested).unwrap(),
            "the depth of parentheses would be more than 32"
        );
        let long = format!("{{{{{}}}}}", "a".repeat(5_000));
        assert_eq!(
            problem(&long).unwrap(),
            "the bytes of a tag would be more than 4096"
        );
        let many = "{{a}} ".repeat(100_000);
        assert_eq!(
            problem(&many).unwrap(),
            "the tags of a file of this size would be more than 833"
        );
        let large = "a".repeat(MAX_SOURCE + 1);
        assert!(problem(&large).is_some());
    }

    #[test]
    fn says_which_tag_or_block_does_not_end() {
        let told = |source: &str, delimiters: &Delimiters| {
            let segments = segments(source, delimiters).unwrap();
            let fault = imbalance(source, &segments, delimiters)?;
            let place = fault.position.unwrap();
            Some(format!("{}:{} {fault}", place.line, place.column))
        };
        for (source, expected) in [
            (
                "{{#if a}}{{#each b}}\n{{/each}}",
                "1:1 this block has no `{{/if}}`",
            ),
            (
                "{{#if a}}\n {{~#each b~}}\n{{else}}",
                "2:2 this block has no `{{/each}}`",
            ),
            ("a\n{{/if}}", "2:1 this ends no block"),
            ("a {{b", "1:3 this tag has no `}}`"),
        ] {
            let found = told(source, &Delimiters::braces());
            assert_eq!(found.as_deref(), Some(expected), "{source}");
        }
        assert_eq!(told("{{#if a}}{{/if}}{{b}}", &Delimiters::braces()), None);
        let found = told("[[#if a]]", &Delimiters::brackets());
        assert_eq!(found.as_deref(), Some("1:1 this block has no `[[/if]]`"));
    }

    #[test]
    fn many_blocks_after_each_other_are_fine() {
        assert_eq!(problem(&"{{#if a}}x{{else}}y{{/if}}\n".repeat(500)), None);
        assert_eq!(problem(&r"\{{#if a}}".repeat(500)), None);
    }
}
