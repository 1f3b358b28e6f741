//! Quotes of the shells that POSIX describes.

use std::ffi::OsStr;
use std::fmt::Write as _;

use super::pieces::{Piece, pieces};

/// Quotes a word for bash and zsh, which can write bytes as numbers.
pub(super) fn quote(word: &OsStr) -> String {
    let pieces = pieces(word);
    if let Some(text) = only_shown(&pieces) {
        return quote_shown(text);
    }
    let mut quoted = "$'".to_owned();
    for piece in pieces {
        match piece {
            Piece::Shown(text) => text.chars().for_each(|letter| push(&mut quoted, letter)),
            Piece::Bytes(bytes) => bytes
                .into_iter()
                .for_each(|byte| push_byte(&mut quoted, byte)),
        }
    }
    quoted.push('\'');
    quoted
}

/// Quotes a word for any shell, with `printf` for what should not be seen.
pub(super) fn quote_plainly(word: &OsStr) -> String {
    let pieces = pieces(word);
    if let Some(text) = only_shown(&pieces) {
        return quote_shown(text);
    }
    pieces.iter().map(quote_piece_plainly).collect()
}

fn quote_piece_plainly(piece: &Piece) -> String {
    match piece {
        Piece::Shown(text) => single_quoted(text),
        Piece::Bytes(bytes) => bytes
            .split_inclusive(|&byte| byte == b'\n')
            .map(printed)
            .collect(),
    }
}

/// Returns bytes that may end with a line break, which `$(…)` would take off and quotes may hold.
fn printed(bytes: &[u8]) -> String {
    let (bytes, end) = match bytes {
        [bytes @ .., b'\n'] => (bytes, "'\n'"),
        bytes => (bytes, ""),
    };
    if bytes.is_empty() {
        return end.to_owned();
    }
    let mut text = "\"$(printf '".to_owned();
    for &byte in bytes {
        push_byte(&mut text, byte);
    }
    text + "')\"" + end
}

fn only_shown(pieces: &[Piece]) -> Option<&str> {
    match pieces {
        [] => Some(""),
        [Piece::Shown(text)] => Some(text),
        _ => None,
    }
}

fn quote_shown(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:,+@%=".contains(letter);
    // A leading `=` means a command to zsh.
    if !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('=') {
        return text.to_owned();
    }
    single_quoted(text)
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn push(quoted: &mut String, letter: char) {
    match letter {
        '\'' | '\\' => quoted.extend(['\\', letter]),
        // An interactive shell may look for its history in these quotes.
        '!' => push_byte(quoted, b'!'),
        letter => quoted.push(letter),
    }
}

/// Three digits always, so that no digit behind them is taken for a part of the number.
fn push_byte(quoted: &mut String, byte: u8) {
    match byte {
        b'\n' => quoted.push_str("\\n"),
        b'\t' => quoted.push_str("\\t"),
        byte => {
            let _ = write!(quoted, "\\{byte:03o}");
        }
    }
}
