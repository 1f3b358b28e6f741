//! Handles of folders below one folder, found name by name without following links.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::{Errno, Result};

pub(crate) const FOLDER: OFlags = OFlags::DIRECTORY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// The mode of new folders, which the user's mask narrows.
const FOLDER_MODE: Mode = Mode::RWXU.union(Mode::RWXG).union(Mode::RWXO);

/// Walks to folders; it keeps the handles on the way, since the next one is mostly close.
pub(crate) struct Walker {
    top: OwnedFd,
    open: Vec<(String, OwnedFd)>,
}

impl Walker {
    pub(crate) fn new(top: OwnedFd) -> Self {
        Self {
            top,
            open: Vec::new(),
        }
    }

    /// Creates a walker for the same folder.
    pub(crate) fn of(top: impl AsFd) -> Result<Self> {
        Ok(Self::new(rustix::io::fcntl_dupfd_cloexec(top, 0)?))
    }

    /// Returns the folder of a path, or the top.
    pub(crate) fn folder(&mut self, path: Option<&str>) -> Result<BorrowedFd<'_>> {
        self.walk(path, |_, _| Err(Errno::NOENT))
    }

    /// Returns the folder of a path, made if it is not there.
    pub(crate) fn make_folder(&mut self, path: Option<&str>) -> Result<BorrowedFd<'_>> {
        self.walk(path, |parent, name| {
            match rustix::fs::mkdirat(parent, name, FOLDER_MODE) {
                Err(Errno::EXIST) => Ok(()),
                made => made,
            }
        })
    }

    fn walk(
        &mut self,
        path: Option<&str>,
        missing: impl Fn(BorrowedFd<'_>, &str) -> Result<()>,
    ) -> Result<BorrowedFd<'_>> {
        let names = || path.into_iter().flat_map(|path| path.split('/'));
        let is_same = |((open, _), name): &(&(String, OwnedFd), &str)| open == name;
        let common = self.open.iter().zip(names()).take_while(is_same).count();
        self.open.truncate(common);
        for name in names().skip(common) {
            let parent = self.last();
            let folder = match rustix::fs::openat(parent, name, FOLDER, Mode::empty()) {
                Err(Errno::NOENT) => {
                    missing(parent, name)?;
                    rustix::fs::openat(parent, name, FOLDER, Mode::empty())?
                }
                opened => opened?,
            };
            self.open.push((name.to_owned(), folder));
        }
        Ok(self.last())
    }

    fn last(&self) -> BorrowedFd<'_> {
        self.open
            .last()
            .map_or(self.top.as_fd(), |(_, folder)| folder.as_fd())
    }
}

/// Splits a path into its folder and its name.
pub(crate) fn split(path: &str) -> (Option<&str>, &str) {
    match path.rsplit_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, path),
    }
}

/// Returns what a name stands for, without following a link; nothing if there is nothing.
pub(crate) fn kind_of(parent: impl AsFd, name: &str) -> Result<Option<FileType>> {
    match rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(FileType::from_raw_mode(stat.st_mode))),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Removes a file, a link or a folder with all that is in it, if it is there.
pub(crate) fn remove(parent: impl AsFd, name: &str) -> Result<()> {
    let is_folder = match kind_of(&parent, name)? {
        None => return Ok(()),
        Some(kind) => kind == FileType::Directory,
    };
    if !is_folder {
        return rustix::fs::unlinkat(parent, name, AtFlags::empty());
    }
    let folder = rustix::fs::openat(&parent, name, FOLDER, Mode::empty())?;
    empty(&folder)?;
    rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR)
}

/// Removes all that is in a folder.
pub(crate) fn empty(folder: impl AsFd) -> Result<()> {
    // All names first: a folder that changes while it is read may skip some.
    for name in names(&folder)? {
        remove(&folder, &name)?;
    }
    Ok(())
}

/// Returns the names in a folder.
pub(crate) fn names(folder: impl AsFd) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_str().map_err(|_| Errno::ILSEQ)?;
        if !matches!(name, "." | "..") {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}
