//! The folder that keeps what was fetched from one repository.
//!
//! It has a bare repository, records of what branches and tags were, and a lock. Whatever is cut
//! off there, by whatever means, can be done again: git puts objects in place whole, records are
//! replaced whole, and locks that git left behind are removed under the lock of perk, which git
//! holds too as long as it runs.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::thread;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use perk_process::{Captured, Invocation, ProcessError};

use super::git::Git;
use super::{GitUrl, SourceError};
use crate::ContentHash;

/// The pause between two tries to get the lock.
const PAUSE: Duration = Duration::from_millis(20);
/// The folders of a repository in which git leaves something behind when it is killed.
const LITTERED: &[&str] = &["", "refs/perk", "objects", "objects/pack"];

/// The folder of one repository in the cache.
pub(super) struct Cache<'s> {
    url: &'s GitUrl,
    folder: Utf8PathBuf,
}

impl<'s> Cache<'s> {
    pub(super) fn of(root: &Utf8Path, url: &'s GitUrl) -> Self {
        let folder = root.join(ContentHash::of(url.as_str().as_bytes()).to_string());
        Self { url, folder }
    }

    /// Returns the folder of the records.
    pub(super) fn records(&self) -> &Utf8Path {
        &self.folder
    }

    /// Returns the bare repository.
    pub(super) fn repository(&self) -> Utf8PathBuf {
        self.folder.join("repository.git")
    }

    /// Waits for the lock, which ends when the file is closed by all who have it.
    pub(super) fn lock(&self, time_limit: Duration) -> Result<File, SourceError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(SourceError::cache("make", &self.folder))?;
        let path = self.folder.join("lock");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(SourceError::cache("open", &path))?;
        let deadline = Instant::now() + time_limit;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => {
                    return Err(SourceError::cache("lock", &path)(error));
                }
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    let url = self.url.to_string();
                    return Err(SourceError::Busy { url });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
    }

    /// Makes the repository if it is not there, and clears away what a killed git left in it. The
    /// lock has to be held.
    pub(super) fn prepare(&self, git: &Git, commit: &str) -> Result<(), SourceError> {
        let repository = self.repository();
        if !repository.exists() {
            return self.initialize(git, commit);
        }
        for folder in LITTERED {
            remove_litter(&repository.join(folder));
        }
        Ok(())
    }

    /// Removes the repository, so that it is fetched again. The lock has to be held.
    pub(super) fn discard(&self) -> Result<(), SourceError> {
        remove_all(&self.repository())
    }

    /// Runs git in the repository.
    pub(super) fn read(&self, invocation: Invocation) -> Result<Vec<u8>, SourceError> {
        invocation
            .capture()
            .and_then(Captured::success)
            .map_err(|error| self.damaged(Some(error)))
    }

    /// Returns the error that the repository cannot be read, or misses something.
    pub(super) fn damaged(&self, source: Option<ProcessError>) -> SourceError {
        SourceError::Damaged {
            url: self.url.to_string(),
            path: self.repository(),
            source: source.map(Box::new),
        }
    }

    fn initialize(&self, git: &Git, commit: &str) -> Result<(), SourceError> {
        let unfinished = self.folder.join("new.git");
        remove_all(&unfinished)?;
        let format = if commit.len() == 64 { "sha256" } else { "sha1" };
        let init = git
            .local("make a repository in the cache")
            .arguments(["init", "--bare", "--quiet", "--template="])
            .arguments([format!("--object-format={format}")])
            .arguments(["--", unfinished.as_str()]);
        self.read(init)?;
        let repository = self.repository();
        fs::rename(&unfinished, &repository).map_err(SourceError::cache("make", &repository))
    }
}

fn remove_all(folder: &Utf8Path) -> Result<(), SourceError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(SourceError::cache("remove", folder)(error))
        }
        _ => Ok(()),
    }
}

/// Removes locks and unfinished files; what cannot be removed will make git say so.
fn remove_litter(folder: &Utf8Path) {
    let Ok(entries) = folder.read_dir_utf8() else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let has_extension = entry.path().extension() == Some("lock");
        if has_extension || name.starts_with("tmp_") {
            let _ = fs::remove_file(entry.path());
        }
    }
}
