//! Text from outside, made safe to show.

use std::borrow::Cow;

/// Replaces what could move the cursor, recolor the terminal or reorder the line by `U+FFFD`.
///
/// Covers control characters, line breaks included, and the invisible marks that change the
/// direction of text. A tab becomes a space.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(replacement).collect())
}

/// Returns whether a character only shows itself and does nothing else.
pub fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

fn replacement(character: char) -> char {
    match character {
        '\t' => ' ',
        character if is_printable(character) => character,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_acts_on_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[31mb\tc\r\n\u{9b}d\u{202e}"),
            "a�[31mb c���d�"
        );
    }

    #[test]
    fn keeps_ordinary_text_as_it_is() {
        assert!(matches!(printable("größe 数 \u{1F600}"), Cow::Borrowed(_)));
    }
}
