//! Reading a template from a folder, by handles of folders, so that nothing is followed out of it.

use std::borrow::Cow;
use std::ffi::{CStr, OsStr};
use std::fs::File;
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags};

use super::source::{check_printable, source_file};
use super::{FILES_FOLDER, LINK_MODE, SourceFile, Sources, Template};
use crate::ScaffoldError;
use crate::manifest::MANIFEST_FILE;

/// The most bytes of all files of a template.
pub(crate) const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// The most files of a template.
pub(crate) const MAX_FILES: usize = 50_000;
/// The most folders in each other.
const MAX_DEPTH: usize = 64;

const FOLDER: OFlags = OFlags::DIRECTORY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);
// Without NONBLOCK, opening a FIFO that took the place of a file would wait for a writer.
const FILE: OFlags = OFlags::NOFOLLOW
    .union(OFlags::NONBLOCK)
    .union(OFlags::CLOEXEC);

impl Template {
    /// Loads the template of a folder.
    pub fn load(folder: &Utf8Path) -> Result<Self, ScaffoldError> {
        Sources::read(folder)?.into_template()
    }
}

impl Sources {
    /// Reads what is in the folder of a template.
    pub(crate) fn read(folder: &Utf8Path) -> Result<Self, ScaffoldError> {
        let mut loader = Loader {
            folder,
            bytes: 0,
            files: Vec::new(),
        };
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
        let top = rustix::fs::openat(CWD, folder.as_str(), flags, Mode::empty())
            .map_err(|error| ScaffoldError::io("read", folder, error))?;
        let manifest = loader.manifest(&top)?;
        match rustix::fs::openat(&top, FILES_FOLDER, FOLDER, Mode::empty()) {
            Ok(files) => loader.folder(&files, "", 0)?,
            Err(rustix::io::Errno::NOENT) => {}
            Err(rustix::io::Errno::LOOP | rustix::io::Errno::NOTDIR) => {
                return Err(special(FILES_FOLDER, "not a folder"));
            }
            Err(error) => return Err(loader.failed(FILES_FOLDER, error)),
        }
        Ok(Self {
            manifest,
            files: loader.files,
        })
    }
}

struct Loader<'f> {
    folder: &'f Utf8Path,
    bytes: u64,
    files: Vec<SourceFile>,
}

impl Loader<'_> {
    fn manifest(&mut self, top: &OwnedFd) -> Result<Vec<u8>, ScaffoldError> {
        match kind_of(top, MANIFEST_FILE) {
            Ok(FileType::RegularFile) => Ok(self.file(top, MANIFEST_FILE, MANIFEST_FILE)?.0),
            Ok(kind) => Err(special(MANIFEST_FILE, kind_name(kind))),
            Err(rustix::io::Errno::NOENT) => Err(ScaffoldError::NotATemplate {
                path: self.folder.to_string(),
            }),
            Err(error) => Err(self.failed(MANIFEST_FILE, error)),
        }
    }

    /// Reads a folder; `prefix` is its path below `files`, with a slash unless it is empty.
    fn folder(
        &mut self,
        handle: &OwnedFd,
        prefix: &str,
        depth: usize,
    ) -> Result<(), ScaffoldError> {
        if depth > MAX_DEPTH {
            return Err(limit("the depth of folders", MAX_DEPTH as u64));
        }
        let shown = format!("{FILES_FOLDER}/{prefix}");
        let entries = Dir::read_from(handle).map_err(|error| self.failed(&shown, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| self.failed(&shown, error))?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let name = name_text(name, &shown)?;
            check_printable(name)?;
            let path = format!("{prefix}{name}");
            let kind = match entry.file_type() {
                // Not every file system says it in the list.
                FileType::Unknown => {
                    kind_of(handle, name).map_err(|error| self.failed(&shown, error))?
                }
                kind => kind,
            };
            self.entry(handle, &path, kind, depth)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        parent: &OwnedFd,
        path: &str,
        kind: FileType,
        depth: usize,
    ) -> Result<(), ScaffoldError> {
        let shown = format!("{FILES_FOLDER}/{path}");
        let name = path.rsplit('/').next().unwrap_or(path);
        match kind {
            FileType::Directory => {
                let handle = rustix::fs::openat(parent, name, FOLDER, Mode::empty())
                    .map_err(|error| self.failed(&shown, error))?;
                self.folder(&handle, &format!("{path}/"), depth + 1)
            }
            FileType::RegularFile => {
                let (bytes, mode) = self.file(parent, name, &shown)?;
                self.push(source_file(path, mode, Cow::Owned(bytes))?)
            }
            FileType::Symlink => {
                let target = rustix::fs::readlinkat(parent, name, Vec::new())
                    .map_err(|error| self.failed(&shown, error))?;
                self.push(source_file(
                    path,
                    LINK_MODE,
                    Cow::Owned(target.into_bytes()),
                )?)
            }
            kind => Err(special(&shown, kind_name(kind))),
        }
    }

    fn push(&mut self, file: SourceFile) -> Result<(), ScaffoldError> {
        if self.files.len() >= MAX_FILES {
            return Err(limit("the files of a template", MAX_FILES as u64));
        }
        self.files.push(file);
        Ok(())
    }

    /// Returns the bytes and the mode of a regular file.
    fn file(
        &mut self,
        parent: &OwnedFd,
        name: &str,
        shown: &str,
    ) -> Result<(Vec<u8>, u32), ScaffoldError> {
        let handle = rustix::fs::openat(parent, name, FILE, Mode::empty())
            .map_err(|error| self.failed(shown, error))?;
        let stat = rustix::fs::fstat(&handle).map_err(|error| self.failed(shown, error))?;
        let kind = FileType::from_raw_mode(stat.st_mode);
        if kind != FileType::RegularFile {
            return Err(special(shown, kind_name(kind)));
        }
        let left = MAX_BYTES - self.bytes;
        let mut bytes = Vec::with_capacity(usize::try_from(stat.st_size).unwrap_or(0).min(1 << 20));
        File::from(handle)
            .take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.failed(shown, error))?;
        self.bytes += bytes.len() as u64;
        if self.bytes > MAX_BYTES {
            return Err(limit("the bytes of a template", MAX_BYTES));
        }
        // As a type of its own, since the number has another size on each system.
        let mode = Mode::from_raw_mode(stat.st_mode);
        let may_run = Mode::XUSR | Mode::XGRP | Mode::XOTH;
        Ok((
            bytes,
            if mode.intersects(may_run) {
                0o755
            } else {
                0o644
            },
        ))
    }

    fn failed(&self, path: &str, error: impl Into<std::io::Error>) -> ScaffoldError {
        let path: Utf8PathBuf = self.folder.join(path.trim_end_matches('/'));
        ScaffoldError::io("read", path, error)
    }
}

/// Returns what a name stands for, without following a link.
fn kind_of(parent: &OwnedFd, name: &str) -> Result<FileType, rustix::io::Errno> {
    let stat = rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(FileType::from_raw_mode(stat.st_mode))
}

fn name_text<'n>(name: &'n CStr, folder: &str) -> Result<&'n str, ScaffoldError> {
    name.to_str().map_err(|_| ScaffoldError::Name {
        path: format!(
            "{folder}{}",
            OsStr::from_bytes(name.to_bytes()).to_string_lossy()
        ),
    })
}

fn kind_name(kind: FileType) -> &'static str {
    match kind {
        FileType::RegularFile => "a file",
        FileType::Directory => "a folder",
        FileType::Symlink => "a link",
        FileType::Fifo => "a named pipe",
        FileType::Socket => "a socket",
        FileType::BlockDevice | FileType::CharacterDevice => "a device",
        FileType::Unknown => "something special",
    }
}

fn special(path: &str, kind: &'static str) -> ScaffoldError {
    ScaffoldError::SpecialFile {
        path: path.to_owned(),
        kind,
    }
}

fn limit(what: &'static str, limit: u64) -> ScaffoldError {
    ScaffoldError::Limit { what, limit }
}
