//! Taking credentials out of addresses before a text is shown.

use std::borrow::Cow;

const SEPARATOR: &str = "://";
const MASK: &str = "***";

/// Returns a text in which what stands before the `@` of every address is masked.
pub fn without_credentials(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(SEPARATOR) {
        let (before, after) = rest.split_at(start + SEPARATOR.len());
        shown.push_str(before);
        let end = after
            .find(|letter: char| letter.is_whitespace() || "/?#'\"`<>".contains(letter))
            .unwrap_or(after.len());
        // A password may itself have an `@` in it, so the last one counts.
        rest = match after[..end].rfind('@') {
            Some(at) => {
                shown.push_str(MASK);
                &after[at..]
            }
            None => after,
        };
    }
    if shown.is_empty() {
        return Cow::Borrowed(text);
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_credentials_and_nothing_else() {
        for (text, shown) in [
            ("no address", "no address"),
            ("https://host/a@b", "https://host/a@b"),
            ("https://token@host/a", "https://***@host/a"),
            ("git+https://me:p@ss@host/a", "git+https://***@host/a"),
            (
                "'https://a:b@c' and ssh://d@e/",
                "'https://***@c' and ssh://***@e/",
            ),
            ("https://a:b@c", "https://***@c"),
            ("https://é:ü@c/ä", "https://***@c/ä"),
            ("a://b://c:d@e", "a://b://***@e"),
        ] {
            assert_eq!(without_credentials(text), shown);
        }
    }
}
