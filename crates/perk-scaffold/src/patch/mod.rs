//! What stands at a path before and after, to a patch in the form of git.

mod hunks;

use self::hunks::{Hunks, hunks};
use crate::SafePath;
use crate::template::LINK_MODE;
use crate::text::is_text;

/// What stands at a path: a file or a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<'s> {
    /// The mode as git has it, such as `0o100644`.
    pub mode: u32,
    /// The content, or the target of a link.
    pub bytes: &'s [u8],
}

/// The patch of one path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilePatch {
    /// The lines that only the new side has; none for a binary file.
    pub added: usize,
    /// The lines that only the old side has; none for a binary file.
    pub removed: usize,
    /// Whether the content differs and is binary, so that it is not in the patch.
    pub is_binary: bool,
    /// The patch, with its header.
    pub text: Vec<u8>,
}

impl Side<'_> {
    /// Returns whether it is a link.
    pub fn is_link(&self) -> bool {
        self.mode == LINK_MODE
    }
}

/// Returns the patch from one side to the other; nothing stands where there is no side.
///
/// Between a file and a link it is a removal and an addition. Of a binary file it says that it
/// differs, in a line that `git apply` passes over.
pub fn file_patch(path: &SafePath, old: Option<Side<'_>>, new: Option<Side<'_>>) -> FilePatch {
    match (old, new) {
        (Some(before), Some(after)) if before.is_link() != after.is_link() => {
            section(path, old, None).and(section(path, None, new))
        }
        _ if old == new => FilePatch::default(),
        _ => section(path, old, new),
    }
}

impl FilePatch {
    fn and(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            removed: self.removed + other.removed,
            is_binary: self.is_binary || other.is_binary,
            text: [self.text, other.text].concat(),
        }
    }
}

fn section(path: &SafePath, old: Option<Side<'_>>, new: Option<Side<'_>>) -> FilePatch {
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
    FilePatch {
        added: hunks.added,
        removed: hunks.removed,
        is_binary,
        text,
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
