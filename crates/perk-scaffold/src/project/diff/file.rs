//! One file as it was made against what is there now.

use std::borrow::Cow;

use crate::SafePath;
use crate::patch::{FilePatch, Side, file_patch};
use crate::plan::Content;
use crate::project::folder::Found;
use crate::template::LINK_MODE;
use crate::text::{is_all_crlf, is_text, with_crlf, with_lf};

/// What has become of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDiff {
    /// Where it is.
    pub path: SafePath,
    /// What has happened to it.
    pub change: Change,
    /// From what was made to what is there now.
    pub patch: FilePatch,
}

/// What has happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It has other content or another mode.
    Modified,
    /// It is not there, or something is that is neither a file nor a link.
    Deleted,
    /// A file is now a link, or a link a file.
    Replaced,
}

/// Returns how a file differs from what was made, if it does.
pub(super) fn diff(path: &SafePath, made: &Content<'_>, found: &Found) -> Option<FileDiff> {
    let old = Side {
        mode: made.mode(),
        bytes: made.bytes(),
    };
    let normal;
    let new = match found {
        Found::Nothing | Found::Other(_) => None,
        Found::Link(target) => Some(Side {
            mode: LINK_MODE,
            bytes: target,
        }),
        Found::File {
            bytes,
            is_executable,
        } => {
            normal = with_line_ends_of(old.bytes, bytes);
            Some(Side {
                mode: if *is_executable { 0o100_755 } else { 0o100_644 },
                bytes: &normal,
            })
        }
    };
    if new == Some(old) {
        return None;
    }
    let change = match new {
        Some(new) if new.is_link() == old.is_link() => Change::Modified,
        Some(_) => Change::Replaced,
        None => Change::Deleted,
    };
    Some(FileDiff {
        path: path.clone(),
        change,
        patch: file_patch(path, Some(old), new),
    })
}

/// Returns a text with the line ends that were made, if all its lines have the other ones.
fn with_line_ends_of<'n>(made: &[u8], now: &'n [u8]) -> Cow<'n, [u8]> {
    if !is_text(made) || !is_text(now) {
        return Cow::Borrowed(now);
    }
    if is_all_crlf(now) && !made.contains(&b'\r') {
        return with_lf(now);
    }
    if is_all_crlf(made)
        && let Some(now) = with_crlf(now)
    {
        return Cow::Owned(now);
    }
    Cow::Borrowed(now)
}
