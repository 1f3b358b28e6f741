//! Writing into a folder that exists.

use std::os::fd::{AsFd, OwnedFd};

use camino::Utf8Path;
use rustix::fs::{CWD, Mode, OFlags};

use super::apply::{NEW, Places};
use super::compare::{State, states};
use super::fingerprint::Fingerprint;
use super::journal::{Journal, Move};
use super::lock::{Acquired, IfMissing, LockedFolder};
use super::recover::{finish, settle};
use super::stage::stage;
use super::walker::{Walker, split};
use super::{Existing, Observer, PENDING_FOLDER, Step};
use crate::plan::{Entry, Plan};
use crate::{SafePath, ScaffoldError};

pub(super) fn write(
    plan: &Plan<'_>,
    destination: &Utf8Path,
    existing: Existing,
    observer: Observer<'_>,
) -> Result<(), ScaffoldError> {
    let failed = |error: std::io::Error| ScaffoldError::io("write", destination, error);
    let top = open(destination)?;
    let acquired = LockedFolder::acquire(&top, PENDING_FOLDER, IfMissing::Make);
    let Acquired::Ours(pending) = acquired.map_err(|error| failed(error.into()))? else {
        return Err(ScaffoldError::Busy {
            path: destination.to_owned(),
        });
    };
    settle(&top, &pending, destination)?;
    let written = prepare(plan, &top, destination, existing).and_then(|(journal, entries)| {
        if journal.moves.is_empty() {
            return Ok(());
        }
        make(&journal, &entries, &pending, destination, observer)?;
        journal.store(&pending).map_err(failed)?;
        observer(Step::Committed);
        carry_out(&journal, &top, &pending, destination, observer)
    });
    // After a fault that could not be undone, the folder has to stay.
    if !matches!(written, Err(ScaffoldError::Changed { .. })) {
        finish(&top, &pending).map_err(|error| failed(error.into()))?;
    }
    written
}

/// Opens the destination.
pub(super) fn open(destination: &Utf8Path) -> Result<OwnedFd, ScaffoldError> {
    let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
    rustix::fs::openat(CWD, destination.as_str(), flags, Mode::empty())
        .map_err(|error| ScaffoldError::io("read", destination, error))
}

/// Returns what is to be moved, with the entries that are to be made, or refuses.
fn prepare<'p, 't>(
    plan: &'p Plan<'t>,
    top: &OwnedFd,
    destination: &Utf8Path,
    existing: Existing,
) -> Result<(Journal, Vec<&'p Entry<'t>>), ScaffoldError> {
    let (mut moves, mut entries) = (Vec::new(), Vec::new());
    let (mut different, mut blocked) = (Vec::new(), Vec::new());
    for (entry, state) in states(plan, top, destination)? {
        let old = match state {
            State::Same => continue,
            State::New => None,
            State::Different(found) => {
                // What no template makes is perk's own.
                if !entry.from.is_empty() {
                    different.push(entry.path.to_string());
                }
                Some(found)
            }
            State::Blocked => {
                blocked.push(entry.path.to_string());
                continue;
            }
        };
        entries.push(entry);
        moves.push(Move {
            path: entry.path.clone(),
            new: Fingerprint::of(entry),
            old,
        });
    }
    if !blocked.is_empty() {
        return Err(ScaffoldError::InTheWay { paths: blocked });
    }
    if !different.is_empty() && existing == Existing::Refuse {
        return Err(ScaffoldError::WouldReplace { paths: different });
    }
    let folders = missing_folders(&moves, top)
        .map_err(|error| ScaffoldError::io("read", destination, error))?;
    Ok((Journal { folders, moves }, entries))
}

/// Returns the folders that have to be made, outer ones first.
fn missing_folders(moves: &[Move], top: &OwnedFd) -> rustix::io::Result<Vec<SafePath>> {
    let mut walker = Walker::of(top)?;
    let mut folders: Vec<SafePath> = Vec::new();
    for entry in moves {
        let path = entry.path.as_str();
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            let is_known = folders.last().is_some_and(|last| {
                let rest = last.as_str().strip_prefix(folder);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            if is_known || walker.folder(Some(folder)).is_ok() {
                continue;
            }
            // The beginning of a safe path is a safe path.
            folders.extend(SafePath::parse(folder));
        }
    }
    folders.sort();
    folders.dedup();
    Ok(folders)
}

fn make(
    journal: &Journal,
    entries: &[&Entry<'_>],
    pending: &LockedFolder,
    destination: &Utf8Path,
    observer: Observer<'_>,
) -> Result<(), ScaffoldError> {
    let failed = |error: rustix::io::Errno| ScaffoldError::io("write", destination, error);
    let mut walker = Walker::of(pending).map_err(failed)?;
    let new = walker.make_folder(Some(NEW)).map_err(failed)?;
    stage(new, entries, observer)
        .map_err(|(path, error)| ScaffoldError::io("write", destination.join(path), error))?;
    // What takes the place of somebody's file must be on the disk before that file goes.
    let mut walker = Walker::of(new).map_err(failed)?;
    for entry in journal.moves.iter().filter(|entry| entry.old.is_some()) {
        sync(&mut walker, entry.path.as_str()).map_err(failed)?;
    }
    Ok(())
}

fn sync(walker: &mut Walker, path: &str) -> rustix::io::Result<()> {
    let (folder, name) = split(path);
    let folder = walker.folder(folder)?;
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match rustix::fs::openat(folder, name, flags, Mode::empty()) {
        Err(rustix::io::Errno::LOOP) => Ok(()),
        opened => rustix::fs::fsync(opened?),
    }
}

/// Moves everything to its place; if that fails, everything goes back.
fn carry_out(
    journal: &Journal,
    top: &OwnedFd,
    pending: &LockedFolder,
    destination: &Utf8Path,
    observer: Observer<'_>,
) -> Result<(), ScaffoldError> {
    let mut places = Places::open(top.as_fd(), pending.as_fd())
        .map_err(|error| ScaffoldError::io("write", destination, error))?;
    let Err(fault) = places.forward(journal, observer) else {
        return Ok(());
    };
    match places.backward(journal) {
        Ok(()) => Err(fault.into_error(destination)),
        Err(fault) => Err(fault.into_stuck(destination)),
    }
}
