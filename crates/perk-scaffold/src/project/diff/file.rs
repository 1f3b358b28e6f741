//! One file as it was made against what is there now.

use std::borrow::Cow;

use super::hunks::{Hunks, hunks};
use crate::SafePath;
use crate::plan::Content;
use crate::project::folder::Found;
use crate::project::text::{is_all_crlf, is_text, with_crlf, with_lf};
use crate::template::LINK_MODE;

/// What has become of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDiff {
    /// Where it is.
    pub path: SafePath,
    /// What has happened to it.
    pub change: Change,
    /// The lines that are there now and were not made; none for a binary file.
    pub added: usize,
    /// The lines that were made and are not there now; none for a binary file.
    pub removed: usize,
    /// Whether the content differs and is binary, so that it is not in the patch.
    pub is_binary: bool,
    /// Its part of the patch.
    pub patch: Vec<u8>,
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

/// One side of a difference.
#[derive(Clone, Copy)]
struct Side<'s> {
    mode: u32,
    bytes: &'s [u8],
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
    let (change, sections) = match new {
        Some(new) if new.mode == old.mode && new.bytes == old.bytes => return None,
        Some(new) if (new.mode == LINK_MODE) == (old.mode == LINK_MODE) => {
            (Change::Modified, vec![section(path, Some(old), Some(new))])
        }
        Some(new) => {
            let sections = vec![
                section(path, Some(old), None),
                section(path, None, Some(new)),
            ];
            (Change::Replaced, sections)
        }
        None => (Change::Deleted, vec![section(path, Some(old), None)]),
    };
    Some(FileDiff {
        path: path.clone(),
        change,
        added: sections.iter().map(|section| section.added).sum(),
        removed: sections.iter().map(|section| section.removed).sum(),
        is_binary: sections.iter().any(|section| section.is_binary),
        patch: sections
            .into_iter()
            .flat_map(|section| section.patch)
            .collect(),
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

/// A part of the patch with its own header.
struct Section {
    added: usize,
    removed: usize,
    is_binary: bool,
    patch: Vec<u8>,
}

fn section(path: &SafePath, old: Option<Side<'_>>, new: Option<Side<'_>>) -> Section {
    let (before, after) = (bytes(old), bytes(new));
    let is_binary = before != after && !(is_text(before) && is_text(after));
    let hunks = if is_binary {
        Hunks::default()
    } else {
        hunks(before, after)
    };
    let mut text = Vec::new();
    if is_binary {
        // Before any header, so that `git apply` passes over it.
        text.extend_from_slice(format!("Binary files a/{path} and b/{path} differ\n").as_bytes());
    }
    let modes = modes(old, new);
    let is_mode_only = is_binary && old.is_some() && new.is_some() && !modes.is_empty();
    if !is_binary || is_mode_only {
        text.extend_from_slice(format!("diff --git a/{path} b/{path}\n{modes}").as_bytes());
    }
    if !hunks.text.is_empty() {
        let (old, new) = (name("a", path, old), name("b", path, new));
        text.extend_from_slice(format!("--- {old}\n+++ {new}\n").as_bytes());
        text.extend_from_slice(&hunks.text);
    }
    Section {
        added: hunks.added,
        removed: hunks.removed,
        is_binary,
        patch: text,
    }
}

fn bytes(side: Option<Side<'_>>) -> &[u8] {
    side.map_or(&[], |side| side.bytes)
}

fn modes(old: Option<Side<'_>>, new: Option<Side<'_>>) -> String {
    match (old, new) {
        (Some(old), Some(new)) if old.mode != new.mode => {
            format!("old mode {:o}\nnew mode {:o}\n", old.mode, new.mode)
        }
        (Some(old), None) => format!("deleted file mode {:o}\n", old.mode),
        (None, Some(new)) => format!("new file mode {:o}\n", new.mode),
        _ => String::new(),
    }
}

/// Returns the name of a side; a tab ends one that has a space in it.
fn name(prefix: &str, path: &SafePath, side: Option<Side<'_>>) -> String {
    let end = if path.as_str().contains(' ') {
        "\t"
    } else {
        ""
    };
    match side {
        Some(_) => format!("{prefix}/{path}{end}"),
        None => "/dev/null".to_owned(),
    }
}
