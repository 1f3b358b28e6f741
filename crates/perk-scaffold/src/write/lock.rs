//! A folder that one writer has for itself, made if it is not there.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{FlockOperation, Mode};
use rustix::io::{Errno, Result};

use super::walker::FOLDER;

/// A folder with a lock on it, which ends when this or the process ends.
pub(super) struct LockedFolder {
    handle: OwnedFd,
}

/// What came of the wish for a lock.
pub(super) enum Acquired {
    /// The folder is ours.
    Ours(LockedFolder),
    /// Another process has it.
    Busy,
    /// There is no such folder, and it was not to be made.
    Missing,
}

/// Whether a folder is made that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IfMissing {
    Make,
    Leave,
}

impl LockedFolder {
    pub(super) fn acquire(
        parent: impl AsFd,
        name: &str,
        if_missing: IfMissing,
    ) -> Result<Acquired> {
        loop {
            if if_missing == IfMissing::Make {
                match rustix::fs::mkdirat(&parent, name, Mode::RWXU | Mode::RWXG | Mode::RWXO) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(error) => return Err(error),
                }
            }
            let handle = match rustix::fs::openat(&parent, name, FOLDER, Mode::empty()) {
                Err(Errno::NOENT) if if_missing == IfMissing::Leave => {
                    return Ok(Acquired::Missing);
                }
                Err(Errno::NOENT) => continue,
                opened => opened?,
            };
            match rustix::fs::flock(&handle, FlockOperation::NonBlockingLockExclusive) {
                Err(Errno::WOULDBLOCK) => return Ok(Acquired::Busy),
                locked => locked?,
            }
            // Between the opening and the lock, the writer before us may have taken it away.
            if is_still(&parent, name, &handle)? {
                return Ok(Acquired::Ours(Self { handle }));
            }
        }
    }
}

impl AsFd for LockedFolder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.handle.as_fd()
    }
}

fn is_still(parent: impl AsFd, name: &str, handle: &OwnedFd) -> Result<bool> {
    let ours = rustix::fs::fstat(handle)?;
    match rustix::fs::openat(parent, name, FOLDER, Mode::empty()) {
        Ok(named) => {
            let named = rustix::fs::fstat(named)?;
            Ok((named.st_dev, named.st_ino) == (ours.st_dev, ours.st_ino))
        }
        Err(Errno::NOENT) => Ok(false),
        Err(error) => Err(error),
    }
}
