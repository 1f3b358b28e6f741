//! Text as TOML that reads back the same and is safe at a terminal.

use std::fmt::{self, Write as _};

use perk_term::is_printable;

/// Displays as a basic TOML string, with everything escaped that does not print.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TomlString<'t>(pub(crate) &'t str);

impl fmt::Display for TomlString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                '\n' => f.write_str("\\n")?,
                character if is_printable(character) => f.write_char(character)?,
                character => write!(f, "\\U{:08X}", u32::from(character))?,
            }
        }
        f.write_char('"')
    }
}

/// Displays as one part of a TOML key, quoted where it has to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TomlKey<'t>(pub(crate) &'t str);

impl fmt::Display for TomlKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !self.0.is_empty() && self.0.bytes().all(is_bare) {
            f.write_str(self.0)
        } else {
            TomlString(self.0).fmt(f)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_would_end_the_string_or_act_on_the_terminal() {
        let text = TomlString("a\"b\\c\nd\u{1b}e\u{202e}é").to_string();
        assert_eq!(text, r#""a\"b\\c\nd\U0000001Be\U0000202Eé""#);
    }

    #[test]
    fn quotes_only_keys_that_need_it() {
        assert_eq!(TomlKey("PASS_ROLE-1").to_string(), "PASS_ROLE-1");
        assert_eq!(TomlKey("a b").to_string(), "\"a b\"");
        assert_eq!(TomlKey("").to_string(), "\"\"");
    }
}
