//! What a program said on its way out, in a form that an error can hold.

use std::fmt;

use crate::without_credentials;

/// The most lines that are kept.
const MOST_LINES: usize = 4;
/// The most characters that are kept of a line.
const MOST_CHARACTERS: usize = 400;

/// The last lines of a program's standard error on one line, without credentials and control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said(String);

impl Said {
    /// Reads the last lines of what a program wrote; nothing if it wrote nothing.
    pub(crate) fn parse(stderr: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(stderr);
        let lines: Vec<String> = text
            .split(['\n', '\r'])
            .map(printable)
            .filter(|line| !line.is_empty())
            .collect();
        let last = &lines[lines.len().saturating_sub(MOST_LINES)..];
        let joined = last.join("; ");
        (!joined.is_empty()).then(|| Self(without_credentials(&joined).into_owned()))
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Said {}

fn printable(line: &str) -> String {
    let shown = line.trim().chars().filter(|letter| !letter.is_control());
    shown.take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Said::parse(text.as_bytes()).unwrap().to_string()
    }

    #[test]
    fn the_last_lines_come_on_one() {
        assert_eq!(said("1\n2\n\n3\r4\n5\n"), "2; 3; 4; 5");
        assert_eq!(Said::parse(b" \n"), None);
    }

    #[test]
    fn nothing_acts_on_a_terminal_or_tells_a_secret() {
        assert_eq!(
            said("\u{1b}[31mfatal: https://me:secret@host/x"),
            "[31mfatal: https://***@host/x"
        );
    }
}
