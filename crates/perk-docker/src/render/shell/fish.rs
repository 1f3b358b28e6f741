//! Quotes of fish.

use std::ffi::OsStr;
use std::fmt::Write as _;

use super::pieces::{Piece, pieces};

/// Quotes a word for fish.
pub(super) fn quote(word: &OsStr) -> String {
    let pieces = pieces(word);
    if pieces.is_empty() {
        return "''".to_owned();
    }
    pieces.iter().map(quote_piece).collect()
}

fn quote_piece(piece: &Piece) -> String {
    match piece {
        Piece::Shown(text) if text.chars().all(is_plain) => text.clone(),
        Piece::Shown(text) => {
            format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
        }
        Piece::Bytes(bytes) => {
            let mut text = String::new();
            for byte in bytes {
                let _ = write!(text, "\\X{byte:02x}");
            }
            text
        }
    }
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-./:,+@=".contains(letter)
}
