//! Completing or taking back a write that was cut off.

use std::os::fd::{AsFd, OwnedFd};

use camino::Utf8Path;
use rustix::fs::AtFlags;

use super::apply::{MoveFault, Places};
use super::existing::open;
use super::journal::{JOURNAL, Journal};
use super::lock::{Acquired, IfMissing, LockedFolder};
use super::{PENDING_FOLDER, walker};
use crate::ScaffoldError;

/// What became of a write that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// There was none.
    Nothing,
    /// It had not begun to count, so nothing of it is left.
    Discarded,
    /// It is complete.
    Completed,
    /// It could not be completed, so everything is as it was.
    TakenBack,
}

/// Completes or takes back a write into a folder that was cut off, if there was one.
pub fn recover(destination: &Utf8Path) -> Result<Recovery, ScaffoldError> {
    let top = open(destination)?;
    let acquired = LockedFolder::acquire(&top, PENDING_FOLDER, IfMissing::Leave)
        .map_err(|error| ScaffoldError::io("read", destination.join(PENDING_FOLDER), error))?;
    match acquired {
        Acquired::Missing => Ok(Recovery::Nothing),
        Acquired::Busy => Err(ScaffoldError::Busy {
            path: destination.to_owned(),
        }),
        Acquired::Ours(pending) => {
            let recovery = settle(&top, &pending, destination)?;
            finish(&top, &pending)
                .map_err(|error| ScaffoldError::io("write", destination, error))?;
            Ok(recovery)
        }
    }
}

/// Brings a folder of a write to its end, and leaves it empty.
pub(super) fn settle(
    top: &OwnedFd,
    pending: &LockedFolder,
    destination: &Utf8Path,
) -> Result<Recovery, ScaffoldError> {
    let shown = destination.join(PENDING_FOLDER);
    let journal = Journal::load(pending)
        .map_err(|error| ScaffoldError::io("read", shown.join(JOURNAL), error))?;
    let recovery = match &journal {
        None => Recovery::Discarded,
        Some(journal) => {
            let mut places = Places::open(top.as_fd(), pending.as_fd())
                .map_err(|error| ScaffoldError::io("write", &shown, error))?;
            replay(&mut places, journal).map_err(|fault| fault.into_stuck(destination))?
        }
    };
    clear(pending).map_err(|error| ScaffoldError::io("write", &shown, error))?;
    Ok(recovery)
}

fn replay(places: &mut Places, journal: &Journal) -> Result<Recovery, MoveFault> {
    // After a loss of power, a file may have lost its bytes.
    if places.is_whole(journal)? && places.forward(journal, &|_| ()).is_ok() {
        return Ok(Recovery::Completed);
    }
    places.backward(journal)?;
    Ok(Recovery::TakenBack)
}

/// Empties the folder of a write, the journal first: without it, the rest counts for nothing.
fn clear(pending: &LockedFolder) -> rustix::io::Result<()> {
    walker::remove(pending, JOURNAL)?;
    walker::empty(pending)
}

/// Removes the folder of a write that is over.
pub(super) fn finish(top: &OwnedFd, pending: &LockedFolder) -> rustix::io::Result<()> {
    clear(pending)?;
    rustix::fs::unlinkat(top, PENDING_FOLDER, AtFlags::REMOVEDIR)
}

impl MoveFault {
    /// Returns the error when everything is as it was.
    pub(super) fn into_error(self, destination: &Utf8Path) -> ScaffoldError {
        match self {
            Self::Io(path, error) => ScaffoldError::io("write", destination.join(path), error),
            Self::Changed(path) => ScaffoldError::InTheWay { paths: vec![path] },
        }
    }

    /// Returns the error when the write can neither be completed nor taken back.
    pub(super) fn into_stuck(self, destination: &Utf8Path) -> ScaffoldError {
        let (path, source) = match self {
            Self::Io(path, error) => (path, Some(error)),
            Self::Changed(path) => (path, None),
        };
        ScaffoldError::Changed {
            path: destination.join(path),
            pending: destination.join(PENDING_FOLDER),
            source,
        }
    }
}
