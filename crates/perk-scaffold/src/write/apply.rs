//! Moving the files of a journal to their places, or back.
//!
//! INVARIANT: a file has been moved if and only if it is no longer in `new`; what it replaced is
//! then in `old`. Each function may be cut off anywhere and called again.

use std::os::fd::{AsFd, BorrowedFd};

use rustix::fs::{AtFlags, RenameFlags};
use rustix::io::Errno;

use super::fingerprint::{Fingerprint, Found, look};
use super::journal::{Journal, Move};
use super::walker::{Walker, kind_of, split};
use super::{Observer, Step};

pub(super) const NEW: &str = "new";
pub(super) const OLD: &str = "old";

/// Why a move cannot be made.
#[derive(Debug)]
pub(super) enum MoveFault {
    /// The system refuses.
    Io(String, std::io::Error),
    /// Somebody has changed the file since.
    Changed(String),
}

/// The folders that moves go between.
pub(super) struct Places {
    destination: Walker,
    new: Walker,
    old: Walker,
}

impl Places {
    pub(super) fn open(
        destination: BorrowedFd<'_>,
        pending: BorrowedFd<'_>,
    ) -> std::io::Result<Self> {
        let mut walker = Walker::of(pending)?;
        let new = Walker::of(walker.make_folder(Some(NEW))?)?;
        let old = Walker::of(walker.make_folder(Some(OLD))?)?;
        Ok(Self {
            destination: Walker::of(destination)?,
            new,
            old,
        })
    }

    /// Moves everything to its place.
    pub(super) fn forward(
        &mut self,
        journal: &Journal,
        observer: Observer<'_>,
    ) -> Result<(), MoveFault> {
        for entry in &journal.moves {
            self.place(entry)?;
            observer(Step::Placed(entry.path.as_str()));
        }
        Ok(())
    }

    /// Moves everything back, and removes the folders that were made.
    pub(super) fn backward(&mut self, journal: &Journal) -> Result<(), MoveFault> {
        for entry in journal.moves.iter().rev() {
            self.take_back(entry)?;
        }
        for path in journal.folders.iter().rev() {
            let (folder, name) = split(path.as_str());
            let Ok(folder) = self.destination.folder(folder) else {
                continue;
            };
            match rustix::fs::unlinkat(folder, name, AtFlags::REMOVEDIR) {
                // Somebody else has put something there meanwhile, or it was never made.
                Ok(()) | Err(Errno::NOENT | Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => {}
                Err(error) => return Err(io(path.as_str(), error)),
            }
        }
        Ok(())
    }

    fn place(&mut self, entry: &Move) -> Result<(), MoveFault> {
        let path = entry.path.as_str();
        let (folder, name) = split(path);
        if !self.is_staged(path)? {
            return Ok(());
        }
        let destination = self
            .destination
            .make_folder(folder)
            .map_err(|error| io(path, error))?;
        if let Some(old) = &entry.old {
            let saved = self
                .old
                .make_folder(folder)
                .map_err(|error| io(path, error))?;
            let is_saved = kind_of(saved, name)
                .map_err(|error| io(path, error))?
                .is_some();
            if !is_saved {
                expect(destination, path, old)?;
                rustix::fs::renameat(destination, name, saved, name)
                    .map_err(|error| io(path, error))?;
            }
        }
        let staged = self.new.folder(folder).map_err(|error| io(path, error))?;
        match move_to_free(staged, destination, name) {
            Err(Errno::EXIST) => Err(MoveFault::Changed(path.to_owned())),
            moved => moved.map_err(|error| io(path, error)),
        }
    }

    fn take_back(&mut self, entry: &Move) -> Result<(), MoveFault> {
        let path = entry.path.as_str();
        let (folder, name) = split(path);
        if !self.is_staged(path)? {
            let destination = self
                .destination
                .folder(folder)
                .map_err(|error| io(path, error))?;
            expect(destination, path, &entry.new)?;
            let staged = self
                .new
                .make_folder(folder)
                .map_err(|error| io(path, error))?;
            rustix::fs::renameat(destination, name, staged, name)
                .map_err(|error| io(path, error))?;
        }
        let saved = match self.old.folder(folder) {
            Err(Errno::NOENT) => return Ok(()),
            saved => saved.map_err(|error| io(path, error))?,
        };
        if kind_of(saved, name)
            .map_err(|error| io(path, error))?
            .is_none()
        {
            return Ok(());
        }
        let destination = self
            .destination
            .folder(folder)
            .map_err(|error| io(path, error))?;
        match move_to_free(saved, destination, name) {
            Err(Errno::EXIST) => Err(MoveFault::Changed(path.to_owned())),
            moved => moved.map_err(|error| io(path, error)),
        }
    }

    fn is_staged(&mut self, path: &str) -> Result<bool, MoveFault> {
        let (folder, name) = split(path);
        match self.new.folder(folder) {
            Err(Errno::NOENT) => Ok(false),
            Err(error) => Err(io(path, error)),
            Ok(staged) => Ok(kind_of(staged, name)
                .map_err(|error| io(path, error))?
                .is_some()),
        }
    }

    /// Says whether every file that is still to be moved is whole.
    pub(super) fn is_whole(&mut self, journal: &Journal) -> Result<bool, MoveFault> {
        for entry in &journal.moves {
            let path = entry.path.as_str();
            let (folder, name) = split(path);
            let staged = match self.new.folder(folder) {
                Err(Errno::NOENT) => continue,
                staged => staged.map_err(|error| io(path, error))?,
            };
            match look(staged, name).map_err(|error| io(path, error))? {
                Found::Nothing => {}
                Found::Leaf(found) if found == entry.new => {}
                Found::Leaf(_) | Found::Other => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Fails if something else stands at a path than is expected.
fn expect(folder: impl AsFd, path: &str, expected: &Fingerprint) -> Result<(), MoveFault> {
    let (_, name) = split(path);
    match look(folder, name).map_err(|error| io(path, error))? {
        Found::Leaf(found) if found == *expected => Ok(()),
        _ => Err(MoveFault::Changed(path.to_owned())),
    }
}

/// Moves a name to another folder where it is free.
fn move_to_free(from: impl AsFd, to: impl AsFd, name: &str) -> rustix::io::Result<()> {
    match rustix::fs::renameat_with(&from, name, &to, name, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            if kind_of(&to, name)?.is_some() {
                return Err(Errno::EXIST);
            }
            rustix::fs::renameat(from, name, to, name)
        }
        moved => moved,
    }
}

fn io(path: &str, error: impl Into<std::io::Error>) -> MoveFault {
    MoveFault::Io(path.to_owned(), error.into())
}
