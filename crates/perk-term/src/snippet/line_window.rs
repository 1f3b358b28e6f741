//! The part of one line that fits the terminal.

use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

/// What stands where something was cut off.
pub(super) const ELLIPSIS: &str = "...";
/// Columns that a tab takes when it is drawn.
const TAB_WIDTH: usize = 4;

/// Returns the bytes of a line to show so that at most `columns` are taken, with the focus in it.
///
/// A focus that is too wide itself keeps its beginning.
pub(super) fn line_window(line: &str, focus: Range<usize>, columns: usize) -> Range<usize> {
    if advance(line, columns) == line.len() {
        return 0..line.len();
    }
    let room = columns.saturating_sub(2 * ELLIPSIS.len());
    let focus_length = advance(&line[focus.clone()], room * 2 / 3);
    let focus = focus.start..focus.start + focus_length;
    let spare = room - width(&line[focus.clone()]).min(room);
    let (before, after) = (&line[..focus.start], &line[focus.end..]);
    let right = width(&after[..advance(after, spare / 2)]);
    let start = focus.start - retreat(before, spare - right);
    let left = width(&line[start..focus.start]);
    start..focus.end + advance(after, spare - left)
}

/// Returns the length of the longest beginning of a text that takes at most `columns`.
fn advance(text: &str, columns: usize) -> usize {
    fitting(text.chars(), columns)
}

/// Returns the length of the longest end of a text that takes at most `columns`.
fn retreat(text: &str, columns: usize) -> usize {
    fitting(text.chars().rev(), columns)
}

fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    characters
        .scan(0, |taken, character| {
            *taken += character_width(character);
            (*taken <= columns).then_some(character.len_utf8())
        })
        .sum()
}

fn width(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> usize {
    match character {
        '\t' => TAB_WIDTH,
        // A character that does not print is drawn as a replacement.
        character => character.width().unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, focus: &str, columns: usize) -> String {
        let start = line.find(focus).unwrap();
        line[line_window(line, start..start + focus.len(), columns)].to_owned()
    }

    const DIGITS: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(shown(DIGITS, "a", 36), DIGITS);
    }

    #[test]
    fn the_focus_is_in_the_middle() {
        assert_eq!(shown(DIGITS, "ij", 16), "efghijklmn");
    }

    #[test]
    fn what_one_side_does_not_need_goes_to_the_other() {
        assert_eq!(shown(DIGITS, "1", 16), "0123456789");
        assert_eq!(shown(DIGITS, "y", 16), "qrstuvwxyz");
    }

    #[test]
    fn a_wide_focus_keeps_its_beginning() {
        assert_eq!(shown(DIGITS, &DIGITS[5..35], 18), "3456789abcde");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let line = "数".repeat(30);
        assert_eq!(line_window(&line, 30..33, 16), 24..39);
    }

    #[test]
    fn a_tiny_terminal_still_shows_something() {
        assert_eq!(line_window(DIGITS, 3..5, 0), 3..3);
    }
}
