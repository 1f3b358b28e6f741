//! Quotes of `PowerShell`.

use std::ffi::OsStr;
use std::fmt::Write as _;

use super::pieces::is_hidden;
use crate::error::RenderFault;

/// The characters that `PowerShell` takes for single quotes.
const SINGLE: &[char] = &['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

/// The characters that `PowerShell` takes for double quotes.
const DOUBLE: &[char] = &['"', '\u{201c}', '\u{201d}', '\u{201e}'];

/// Quotes a word for `PowerShell`, which has text only.
pub(super) fn quote(word: &OsStr) -> Result<String, RenderFault> {
    let text = word.to_str().ok_or_else(|| RenderFault::NotText {
        word: word.to_owned(),
    })?;
    Ok(if text.chars().any(is_hidden) {
        double_quoted(text)
    } else if is_plain(text) {
        text.to_owned()
    } else {
        single_quoted(text)
    })
}

/// Tells whether a word is one to `PowerShell` too: no number, and nothing that splits an option.
fn is_plain(text: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-/=".contains(letter);
    let starts_well = |letter: char| letter.is_ascii_alphabetic() || letter == '-';
    text.starts_with(starts_well) && text.chars().all(allowed) && text != "--"
}

fn single_quoted(text: &str) -> String {
    let mut quoted = "'".to_owned();
    for letter in text.chars() {
        if SINGLE.contains(&letter) {
            quoted.push(letter);
        }
        quoted.push(letter);
    }
    quoted.push('\'');
    quoted
}

fn double_quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '\n' => quoted.push_str("`n"),
            '\r' => quoted.push_str("`r"),
            '\t' => quoted.push_str("`t"),
            letter if is_hidden(letter) => {
                let _ = write!(quoted, "`u{{{:x}}}", u32::from(letter));
            }
            '`' | '$' => quoted.extend(['`', letter]),
            letter if DOUBLE.contains(&letter) => quoted.extend(['`', letter]),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_what_powershell_would_take_apart() {
        for (word, quoted) in [
            ("alpine", "alpine"),
            ("--rm", "--rm"),
            ("--", "'--'"),
            ("-v", "-v"),
            ("-foo:bar", "'-foo:bar'"),
            ("-a.b", "'-a.b'"),
            ("1e3", "'1e3'"),
            ("", "''"),
            ("a,b", "'a,b'"),
            ("@a", "'@a'"),
            ("$env:A", "'$env:A'"),
            ("it's", "'it''s'"),
            ("\u{2019}", "'\u{2019}\u{2019}'"),
            ("a\nb`\"$", "\"a`nb```\"`$\""),
            ("\u{1b}[0m", "\"`u{1b}[0m\""),
        ] {
            assert_eq!(quote(word.as_ref()).as_deref(), Ok(quoted));
        }
    }
}
