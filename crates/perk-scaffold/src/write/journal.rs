//! The journal of a write into a folder that exists: what it moves where.

use std::fs::File;
use std::io::Read as _;
use std::os::fd::AsFd;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::stage::create;
use crate::SafePath;

pub(super) const JOURNAL: &str = "journal.json";
const UNFINISHED: &str = "journal.part";
/// The most bytes of a journal that is read.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A write that counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    /// The folders that the write makes, outer ones first.
    pub(super) folders: Vec<SafePath>,
    pub(super) moves: Vec<Move>,
}

/// A file or link that is moved to its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) path: SafePath,
    /// What is put there.
    pub(super) new: Fingerprint,
    /// What is there before, if something is.
    pub(super) old: Option<Fingerprint>,
}

/// The journal as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema_version: u32,
    /// The folder of the journal, by device and number: a copy of it elsewhere counts for nothing.
    folder: String,
    folders: Vec<String>,
    moves: Vec<MoveDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveDocument {
    path: String,
    new: String,
    old: Option<String>,
}

impl Journal {
    /// Writes the journal; from the moment of its rename on, the write counts.
    pub(super) fn store(&self, folder: impl AsFd) -> std::io::Result<()> {
        let moves = self.moves.iter().map(|entry| MoveDocument {
            path: entry.path.as_str().to_owned(),
            new: entry.new.as_str().to_owned(),
            old: entry.old.as_ref().map(|old| old.as_str().to_owned()),
        });
        let document = Document {
            schema_version: 1,
            folder: identity(&folder)?,
            folders: self
                .folders
                .iter()
                .map(|path| path.as_str().to_owned())
                .collect(),
            moves: moves.collect(),
        };
        let text = serde_json::to_vec(&document)?;
        let file = create(&folder, UNFINISHED, Mode::from_raw_mode(0o600), &text)?;
        file.sync_all()?;
        rustix::fs::renameat(&folder, UNFINISHED, &folder, JOURNAL)?;
        Ok(rustix::fs::fsync(&folder)?)
    }

    /// Reads the journal of a folder. Without one, or with one of another folder, no write counts;
    /// one that cannot be read is an error, since it may belong to a later version.
    pub(super) fn load(folder: impl AsFd) -> std::io::Result<Option<Self>> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let handle = match rustix::fs::openat(&folder, JOURNAL, flags, Mode::empty()) {
            Err(Errno::NOENT) => return Ok(None),
            opened => opened?,
        };
        let mut text = Vec::new();
        File::from(handle).take(MAX_BYTES).read_to_end(&mut text)?;
        let document: Document = serde_json::from_slice(&text)?;
        if document.schema_version != 1 {
            return Err(std::io::Error::other(
                "it is the journal of another version",
            ));
        }
        if document.folder != identity(&folder)? {
            return Ok(None);
        }
        let safe = |path: &str| SafePath::parse(path).map_err(std::io::Error::other);
        let mut moves = Vec::with_capacity(document.moves.len());
        for entry in document.moves {
            moves.push(Move {
                path: safe(&entry.path)?,
                new: Fingerprint::from_journal(entry.new),
                old: entry.old.map(Fingerprint::from_journal),
            });
        }
        let folders: std::io::Result<_> = document.folders.iter().map(|path| safe(path)).collect();
        Ok(Some(Self {
            folders: folders?,
            moves,
        }))
    }
}

/// Returns the device and the number of a folder, as text since their types differ by system.
fn identity(folder: impl AsFd) -> std::io::Result<String> {
    let stat = rustix::fs::fstat(folder)?;
    Ok(format!("{}:{}", stat.st_dev, stat.st_ino))
}
