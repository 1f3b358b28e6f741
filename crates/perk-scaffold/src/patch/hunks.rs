//! Two texts to the hunks of a unified diff, byte for byte.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline, group_diff_ops};

/// The lines that are shown before and after a change.
const CONTEXT: usize = 3;
/// After this time a larger difference than necessary will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// The hunks of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hunks {
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) text: Vec<u8>,
}

pub(super) fn hunks(old: &[u8], new: &[u8]) -> Hunks {
    let (old, new) = (lines(old), lines(new));
    let deadline = Instant::now() + PATIENCE;
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline));
    let mut hunks = Hunks::default();
    for group in group_diff_ops(ops, CONTEXT) {
        hunks.push(&group, &old, &new);
    }
    hunks
}

/// Returns the lines with their ends; only `\n` ends a line, as in git.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

impl Hunks {
    fn push(&mut self, group: &[DiffOp], old: &[&[u8]], new: &[&[u8]]) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            return;
        };
        let header = format!(
            "@@ -{} +{} @@\n",
            range(first.old_range().start..last.old_range().end),
            range(first.new_range().start..last.new_range().end),
        );
        self.text.extend_from_slice(header.as_bytes());
        for op in group {
            let (tag, before, after) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                self.lines(b' ', old, before);
                continue;
            }
            self.removed += before.len();
            self.added += after.len();
            self.lines(b'-', old, before);
            self.lines(b'+', new, after);
        }
    }

    fn lines(&mut self, mark: u8, lines: &[&[u8]], range: Range<usize>) {
        for line in lines.get(range).into_iter().flatten() {
            self.text.push(mark);
            self.text.extend_from_slice(line);
            if !line.ends_with(b"\n") {
                self.text
                    .extend_from_slice(b"\n\\ No newline at end of file\n");
            }
        }
    }
}

/// Writes a range of lines: the first from 1, but the one before where there are none.
fn range(lines: Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Applies hunks as a reader of the form would.
    fn apply(old: &[u8], patch: &[u8]) -> Vec<u8> {
        let old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
        let (mut new, mut at): (Vec<u8>, usize) = (Vec::new(), 0);
        for line in patch.split_inclusive(|byte| *byte == b'\n') {
            match line[0] {
                b'@' => {
                    let range = std::str::from_utf8(line)
                        .unwrap()
                        .split([' ', '-'])
                        .nth(2)
                        .unwrap();
                    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
                    let start: usize = start.parse().unwrap();
                    let start = if count == "0" { start } else { start - 1 };
                    new.extend(old[at..start].concat());
                    at = start;
                }
                b' ' | b'-' => {
                    if line[0] == b' ' {
                        new.extend_from_slice(old[at]);
                    }
                    at += 1;
                }
                _ => new.extend_from_slice(&line[1..]),
            }
        }
        new.extend(old[at..].concat());
        new
    }

    proptest! {
        #[test]
        fn hunks_lead_from_one_text_to_the_other(
            old in prop::collection::vec("[ab]?", 0..20),
            new in prop::collection::vec("[ab]?", 0..20),
        ) {
            let text = |lines: &[String]| lines.iter().flat_map(|l| [l.as_str(), "\n"]).collect::<String>();
            let (old, new) = (text(&old), text(&new));
            let hunks = hunks(old.as_bytes(), new.as_bytes());
            prop_assert_eq!(apply(old.as_bytes(), &hunks.text), new.as_bytes());
        }
    }
}
