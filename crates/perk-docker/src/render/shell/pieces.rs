//! A word in pieces of characters that can be shown and bytes that cannot.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Characters that can be shown.
    Shown(String),
    /// Bytes that have to be written as numbers.
    Bytes(Vec<u8>),
}

/// Splits a word into pieces, no two neighbors being of one kind.
pub(super) fn pieces(word: &OsStr) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for chunk in word.as_bytes().utf8_chunks() {
        for letter in chunk.valid().chars() {
            if is_hidden(letter) {
                let mut buffer = [0; 4];
                push_bytes(&mut pieces, letter.encode_utf8(&mut buffer).as_bytes());
            } else if let Some(Piece::Shown(text)) = pieces.last_mut() {
                text.push(letter);
            } else {
                pieces.push(Piece::Shown(letter.to_string()));
            }
        }
        push_bytes(&mut pieces, chunk.invalid());
    }
    pieces
}

fn push_bytes(pieces: &mut Vec<Piece>, bytes: &[u8]) {
    match pieces.last_mut() {
        _ if bytes.is_empty() => {}
        Some(Piece::Bytes(earlier)) => earlier.extend_from_slice(bytes),
        _ => pieces.push(Piece::Bytes(bytes.to_vec())),
    }
}

/// Tells whether a character does something other than to be seen.
pub(super) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}')
}
