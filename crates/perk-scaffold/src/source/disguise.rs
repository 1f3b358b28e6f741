//! Texts that look like others: full-width dots, slashes that are none, encoded letters.

use unicode_normalization::UnicodeNormalization as _;

/// Returns whether a name is dots, or has a slash, only after its characters are made plain.
pub(super) fn is_disguised(name: &str) -> bool {
    let plain: String = name.nfkc().collect();
    let has_slash = plain.chars().any(|letter| {
        matches!(
            letter,
            '/' | '\\' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{2571}'
        )
    });
    has_slash || (!plain.is_empty() && plain.chars().all(is_dot))
}

fn is_dot(letter: char) -> bool {
    // Not all of these are made plain by Unicode, but all of them look like a dot.
    matches!(
        letter,
        '.' | '\u{3002}'
            | '\u{ff61}'
            | '\u{b7}'
            | '\u{2219}'
            | '\u{22c5}'
            | '\u{a4f8}'
            | '\u{a4fa}'
    )
}
