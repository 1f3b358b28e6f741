//! What stands at a path, as far as a write is concerned: its kind and its bytes.

use std::fs::File;
use std::io::Read as _;
use std::os::fd::AsFd;

use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;

use super::walker::kind_of;
use crate::ContentHash;
use crate::plan::{Content, Entry};

/// The kind of a file and the sum of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint(String);

/// What was found at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    /// A file or a link.
    Leaf(Fingerprint),
    /// Something that is never replaced.
    Other,
}

impl Fingerprint {
    /// Returns what an entry of a plan will be.
    pub(super) fn of(entry: &Entry<'_>) -> Self {
        let kind = match entry.content {
            Content::File {
                is_executable: true,
                ..
            } => 'x',
            Content::File { .. } => 'f',
            Content::Link { .. } => 'l',
        };
        Self::new(kind, entry.bytes())
    }

    fn new(kind: char, bytes: &[u8]) -> Self {
        Self(format!("{kind}:{}", ContentHash::of(bytes)))
    }

    /// Returns it as it stands in a journal.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes it from a journal.
    pub(super) fn from_journal(text: String) -> Self {
        Self(text)
    }
}

/// Looks at what is there; a link is not followed.
pub(super) fn look(folder: impl AsFd, name: &str) -> std::io::Result<Found> {
    Ok(match kind_of(&folder, name)? {
        None => Found::Nothing,
        Some(FileType::Symlink) => {
            let target = rustix::fs::readlinkat(folder, name, Vec::new())?;
            Found::Leaf(Fingerprint::new('l', target.to_bytes()))
        }
        Some(FileType::RegularFile) => {
            let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let handle = match rustix::fs::openat(folder, name, flags, Mode::empty()) {
                Err(Errno::LOOP) => return Ok(Found::Other),
                opened => opened?,
            };
            let mode = rustix::fs::fstat(&handle)?.st_mode;
            let mut bytes = Vec::new();
            File::from(handle).read_to_end(&mut bytes)?;
            let is_executable = Mode::from_raw_mode(mode).contains(Mode::XUSR);
            Found::Leaf(Fingerprint::new(
                if is_executable { 'x' } else { 'f' },
                &bytes,
            ))
        }
        Some(_) => Found::Other,
    })
}
