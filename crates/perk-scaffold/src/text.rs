//! Which bytes are text, and what their lines end with.

use std::borrow::Cow;

/// How far git looks for what no text has.
const LOOKED_AT: usize = 8_000;

/// Returns whether bytes are text, as git judges it: without a zero near the beginning.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0)
}

/// Returns a text with `\n` for every `\r\n`.
pub(crate) fn with_lf(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'\r') {
        return Cow::Borrowed(text);
    }
    let mut changed = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => {
                changed.extend_from_slice(line);
                changed.push(b'\n');
            }
            None => changed.extend_from_slice(line),
        }
    }
    Cow::Owned(changed)
}

/// Returns a text with `\r\n` for every `\n`, if no line ends so already.
pub(crate) fn with_crlf(text: &[u8]) -> Option<Vec<u8>> {
    if text.contains(&b'\r') || !text.contains(&b'\n') {
        return None;
    }
    let mut changed = Vec::with_capacity(text.len() + text.len() / 32);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                changed.extend_from_slice(line);
                changed.extend_from_slice(b"\r\n");
            }
            None => changed.extend_from_slice(line),
        }
    }
    Some(changed)
}

/// Returns whether every line of a text that has an end ends with `\r\n`.
pub(crate) fn is_all_crlf(text: &[u8]) -> bool {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    text.contains(&b'\n') && lines.all(|line| !line.ends_with(b"\n") || line.ends_with(b"\r\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_ends_of_lines_change() {
        assert_eq!(*with_lf(b"a\r\nb\rc\n\r\nd\r"), *b"a\nb\rc\n\nd\r");
        assert_eq!(with_crlf(b"a\n\nb").unwrap(), b"a\r\n\r\nb");
        assert_eq!(with_crlf(b"a\r\nb\n"), None);
        assert!(is_all_crlf(b"a\r\nb") && !is_all_crlf(b"a\r\nb\n") && !is_all_crlf(b"a"));
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[ab\n]{0,20}") {
            if let Some(changed) = with_crlf(text.as_bytes()) {
                prop_assert!(is_all_crlf(&changed));
                prop_assert_eq!(&*with_lf(&changed), text.as_bytes());
            }
        }
    }
}
