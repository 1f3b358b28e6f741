//! The little of Markdown that the chores read: fenced code blocks and links.

use std::ops::Range;

/// A fenced code block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fence<'t> {
    /// What stands behind the opening fence: `console`, `json identity`.
    pub(crate) info: &'t str,
    /// Line of the opening fence, from 1.
    pub(crate) line: usize,
    /// Where the block's lines stand in the text.
    pub(crate) body: Range<usize>,
}

/// Returns the fenced blocks of a text; one that is not closed ends with the text.
pub(crate) fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut fences = Vec::new();
    let mut open: Option<(usize, Fence<'_>)> = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let backticks = line.len() - line.trim_start_matches('`').len();
        let info = line[backticks..].trim();
        match &mut open {
            None if backticks >= 3 => {
                open = Some((
                    backticks,
                    Fence {
                        info,
                        line: index + 1,
                        body: offset..text.len(),
                    },
                ));
            }
            Some((opening, fence)) if backticks >= *opening && info.is_empty() => {
                fence.body.end = start;
                fences.extend(open.take().map(|(_, fence)| fence));
            }
            _ => {}
        }
    }
    fences.extend(open.map(|(_, fence)| fence));
    fences
}

/// Returns the targets of the links `[text](target)` that lead into the same folder tree,
/// without their anchors.
pub(crate) fn local_links(text: &str) -> Vec<&str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_blocks_with_their_info_and_body() {
        let text = "a\n```json identity\n{}\n```\n````md\n```\n````\n```\nopen\n";
        let fences = fences(text);
        let found: Vec<_> = fences
            .iter()
            .map(|fence| (fence.line, fence.info, &text[fence.body.clone()]))
            .collect();
        assert_eq!(
            found,
            [
                (2, "json identity", "{}\n"),
                (5, "md", "```\n"),
                (8, "", "open\n")
            ]
        );
    }

    #[test]
    fn finds_links_within_the_book_only() {
        let text = "[a](b/c.md) [d](e.md#f), [g](https://h.example) [i](#j)";
        assert_eq!(local_links(text), ["b/c.md", "e.md"]);
    }
}
