//! Reading a text that must not be seen, key by key, while the keyboard has no echo.

use std::io;

use super::{PromptError, Reply};

const CONTROL_C: u8 = 0x03;
const CONTROL_D: u8 = 0x04;
const CONTROL_U: u8 = 0x15;
const BACKSPACE: u8 = 0x08;
const ESCAPE: u8 = 0x1b;
const DELETE: u8 = 0x7f;

/// Reads a line; Escape, or the word for it, goes back.
pub(super) fn read(
    keys: impl Iterator<Item = io::Result<u8>>,
) -> Result<Reply<String>, PromptError> {
    let mut line = Vec::new();
    for key in keys {
        match key? {
            b'\r' | b'\n' => {
                let text = String::from_utf8_lossy(&line).into_owned();
                return Ok(Reply::of_text(text));
            }
            CONTROL_C | CONTROL_D => return Err(PromptError::Interrupted),
            ESCAPE => return Ok(Reply::Back),
            CONTROL_U => line.clear(),
            BACKSPACE | DELETE => remove_last(&mut line),
            byte => line.push(byte),
        }
    }
    Err(PromptError::Interrupted)
}

/// Removes the last character, which may be several bytes.
fn remove_last(line: &mut Vec<u8>) {
    while let Some(byte) = line.pop() {
        let continues_a_character = byte & 0b1100_0000 == 0b1000_0000;
        if !continues_a_character {
            break;
        }
    }
}

/// The bytes that are typed at the terminal.
pub(super) struct Keys;

impl Iterator for Keys {
    type Item = io::Result<u8>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut byte = [0];
        match rustix::io::read(io::stdin(), &mut byte) {
            Ok(0) => None,
            Ok(_) => Some(Ok(byte[0])),
            Err(error) => Some(Err(error.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Result<Reply<String>, PromptError> {
        read(keys.bytes().map(Ok))
    }

    #[test]
    fn keys_become_a_line() {
        for (keys, line) in [
            ("abc\r", "abc"),
            ("\n", ""),
            ("größe\x7f\x7f\x7f\r", "gr"),
            ("wrong\x15right\r", "right"),
            ("\x7fa\r", "a"),
        ] {
            assert!(matches!(typed(keys), Ok(Reply::Answer(text)) if text == line));
        }
    }

    #[test]
    fn some_keys_are_no_answer() {
        assert!(matches!(typed("abc\x1b"), Ok(Reply::Back)));
        assert!(matches!(typed("<\r"), Ok(Reply::Back)));
        assert!(matches!(typed("abc\x03"), Err(PromptError::Interrupted)));
        assert!(matches!(typed("abc"), Err(PromptError::Interrupted)));
    }
}
