//! Looking into the folder of a project, name by name and without following links.

use std::fs::File;
use std::io::Read as _;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{CWD, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::{Pristine, ProjectError, RECORD_FILE, Record, TemplateRecord, pristine_file};
use crate::template::EXECUTABLE_BITS;
use crate::write::walker::{Walker, kind_of, split};

/// The most bytes of a record.
const MAX_RECORD: u64 = 16 * 1024 * 1024;
/// The most bytes of the archive of one template.
const MAX_ARCHIVE: u64 = 64 * 1024 * 1024;
/// The most bytes of a file that is compared; a larger one is no text that a template made.
const MAX_FILE: u64 = 256 * 1024 * 1024;

// Without NONBLOCK, opening a FIFO that took the place of a file would wait for a writer.
const FILE: OFlags = OFlags::NOFOLLOW
    .union(OFlags::NONBLOCK)
    .union(OFlags::CLOEXEC);

/// The folder of a project, open.
pub(super) struct Folder<'p> {
    path: &'p Utf8Path,
    walker: Walker,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File {
        bytes: Vec<u8>,
        is_executable: bool,
    },
    Link(Vec<u8>),
    /// Something else, or a file or link where a folder of the path should be.
    Other(&'static str),
}

impl Record {
    /// Loads the record of a project; there is none in a folder that no template made, or that
    /// does not exist.
    pub fn load(project: &Utf8Path) -> Result<Option<Self>, ProjectError> {
        match Folder::open(project) {
            Ok(mut folder) => folder.record(),
            Err(ProjectError::Io { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Pristine {
    /// Loads what a template made of a project, and makes sure that it is what the record says.
    pub fn load(project: &Utf8Path, template: &TemplateRecord) -> Result<Self, ProjectError> {
        Folder::open(project)?.pristine(template)
    }
}

impl<'p> Folder<'p> {
    pub(super) fn open(path: &'p Utf8Path) -> Result<Self, ProjectError> {
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
        let top = rustix::fs::openat(CWD, path.as_str(), flags, Mode::empty())
            .map_err(|error| ProjectError::io(path, error))?;
        Ok(Self {
            path,
            walker: Walker::new(top),
        })
    }

    pub(super) fn record(&mut self) -> Result<Option<Record>, ProjectError> {
        let bytes = self.own_file(RECORD_FILE, MAX_RECORD)?;
        let record = bytes.map(|bytes| Record::parse(&bytes)).transpose();
        record.map_err(|error| error.in_project(self.path))
    }

    pub(super) fn pristine(&mut self, template: &TemplateRecord) -> Result<Pristine, ProjectError> {
        let name = pristine_file(&template.name);
        let Some(bytes) = self.own_file(&name, MAX_ARCHIVE)? else {
            return Err(ProjectError::NoPristine {
                path: self.shown(&name),
            });
        };
        Pristine::unpack(&bytes, template).map_err(|fault| ProjectError::Pristine {
            path: self.shown(&name),
            fault,
        })
    }

    /// Returns the bytes of a file that perk wrote for itself, if it is there.
    fn own_file(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, ProjectError> {
        match self.look(path, limit)? {
            Found::Nothing => Ok(None),
            Found::File { bytes, .. } => Ok(Some(bytes)),
            Found::Link(_) => Err(self.not_a_file(path, "a link")),
            Found::Other(kind) => Err(self.not_a_file(path, kind)),
        }
    }

    /// Looks at a path of the project.
    pub(super) fn find(&mut self, path: &str) -> Result<Found, ProjectError> {
        self.look(path, MAX_FILE)
    }

    fn look(&mut self, path: &str, limit: u64) -> Result<Found, ProjectError> {
        let found = look(&mut self.walker, path, limit);
        let found = found.map_err(|error| ProjectError::io(self.shown(path), error))?;
        match found {
            Found::File { bytes, .. } if bytes.len() as u64 > limit => {
                let path = self.shown(path);
                Err(ProjectError::TooLarge { path, limit })
            }
            found => Ok(found),
        }
    }

    /// Returns a path of the project as an error names it.
    fn shown(&self, path: &str) -> Utf8PathBuf {
        in_project(self.path, path)
    }

    fn not_a_file(&self, path: &str, kind: &'static str) -> ProjectError {
        ProjectError::NotAFile {
            path: self.shown(path),
            kind,
        }
    }
}

/// Returns where a path of a project is, without a dot before it.
pub(super) fn in_project(project: &Utf8Path, path: &str) -> Utf8PathBuf {
    if project == "." {
        path.into()
    } else {
        project.join(path)
    }
}

/// Looks at a path; of a file that is too large, one byte more than the limit.
fn look(walker: &mut Walker, path: &str, limit: u64) -> std::io::Result<Found> {
    let (folder, name) = split(path);
    let folder = match walker.folder(folder) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(Found::Nothing),
        // Which of the two the system says of a link differs between systems.
        Err(Errno::NOTDIR | Errno::LOOP) => return Ok(Found::Other("below a file or a link")),
        Err(error) => return Err(error.into()),
    };
    // A file is what is there almost always, so it is opened before anything is asked.
    let handle = match rustix::fs::openat(folder, name, FILE, Mode::empty()) {
        Ok(handle) => handle,
        Err(Errno::NOENT) => return Ok(Found::Nothing),
        Err(error) => {
            return match kind_of(folder, name)? {
                None => Ok(Found::Nothing),
                Some(FileType::Symlink) => {
                    let target = rustix::fs::readlinkat(folder, name, Vec::new())?;
                    Ok(Found::Link(target.into_bytes()))
                }
                Some(FileType::RegularFile) => Err(error.into()),
                Some(kind) => Ok(Found::Other(kind_name(kind))),
            };
        }
    };
    let stat = rustix::fs::fstat(&handle)?;
    let kind = FileType::from_raw_mode(stat.st_mode);
    if kind != FileType::RegularFile {
        return Ok(Found::Other(kind_name(kind)));
    }
    let size = u64::try_from(stat.st_size).unwrap_or(0).min(limit) + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    File::from(handle).take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Found::File {
        bytes,
        // Whether the owner may run it, as git has it.
        is_executable: stat.st_mode & EXECUTABLE_BITS & 0o100 != 0,
    })
}

fn kind_name(kind: FileType) -> &'static str {
    match kind {
        FileType::Directory => "a folder",
        FileType::Fifo => "a named pipe",
        FileType::Socket => "a socket",
        FileType::BlockDevice | FileType::CharacterDevice => "a device",
        _ => "something special",
    }
}
