//! What goes wrong with files.

use std::borrow::Cow;
use std::fmt;
use std::fs::FileType;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, Explain, Hint};

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FsError {
    /// There is nothing at the path.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The path as given.
        path: Utf8PathBuf,
    },
    /// The folder to write into is not there.
    #[error("there is no folder to write `{path}` in")]
    NoFolder {
        /// The path as given.
        path: Utf8PathBuf,
    },
    /// The system refuses access.
    #[error("no permission to {action} `{path}`")]
    PermissionDenied {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The path as given.
        path: Utf8PathBuf,
    },
    /// There is something else than a regular file at the path.
    #[error("`{path}` is {kind}, not a file")]
    NotAFile {
        /// The path as given.
        path: Utf8PathBuf,
        /// What it is instead.
        kind: FileKind,
    },
    /// The file has more bytes than the caller takes.
    #[error("`{path}` is larger than {}", Size(*limit))]
    TooLarge {
        /// The path as given.
        path: Utf8PathBuf,
        /// The most bytes that were allowed.
        limit: u64,
    },
    /// The file is not text.
    #[error("`{path}` is not UTF-8 text: byte {offset} does not belong there")]
    NotText {
        /// The path as given.
        path: Utf8PathBuf,
        /// Offset of the first byte that is not UTF-8.
        offset: usize,
    },
    /// Anything else.
    #[error("cannot {action} `{path}`")]
    Other {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The path as given.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FsError {
    pub(crate) fn from_io(action: &'static str, path: &Utf8Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { action, path },
            io::ErrorKind::IsADirectory => Self::NotAFile {
                path,
                kind: FileKind::Folder,
            },
            _ => Self::Other {
                action,
                path,
                source,
            },
        }
    }
}

impl Explain for FsError {
    fn class(&self) -> Class {
        match self {
            Self::NotFound { .. }
            | Self::NoFolder { .. }
            | Self::NotAFile { .. }
            | Self::TooLarge { .. }
            | Self::NotText { .. } => Class::User,
            Self::PermissionDenied { .. } | Self::Other { .. } => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::PermissionDenied { path, .. } => {
                let path = shell_word(path.as_str());
                vec![Hint::new(format!("see who may use it with `ls -l {path}`"))]
            }
            _ => Vec::new(),
        }
    }
}

/// What a path names when it is not a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A folder.
    Folder,
    /// A named pipe.
    Fifo,
    /// A socket.
    Socket,
    /// A block or character device.
    Device,
    /// Something this system does not name.
    Unknown,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "a folder",
            Self::Fifo => "a named pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
            Self::Unknown => "something special",
        })
    }
}

/// Returns what a file is that is not a regular one.
pub(crate) fn special_kind(file_type: FileType) -> Option<FileKind> {
    if file_type.is_file() {
        None
    } else if file_type.is_dir() {
        Some(FileKind::Folder)
    } else {
        Some(unix_kind(file_type))
    }
}

#[cfg(unix)]
fn unix_kind(file_type: FileType) -> FileKind {
    use std::os::unix::fs::FileTypeExt as _;
    if file_type.is_fifo() {
        FileKind::Fifo
    } else if file_type.is_socket() {
        FileKind::Socket
    } else if file_type.is_block_device() || file_type.is_char_device() {
        FileKind::Device
    } else {
        FileKind::Unknown
    }
}

#[cfg(not(unix))]
fn unix_kind(_: FileType) -> FileKind {
    FileKind::Unknown
}

/// Returns a text as a shell wants it, so that a command can be copied.
fn shell_word(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+=,".contains(&byte);
    if text.bytes().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
    }
}

/// A number of bytes, in MiB as soon as it comes out even.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MEBIBYTE: u64 = 1024 * 1024;
        match self.0 {
            bytes if bytes >= MEBIBYTE && bytes % MEBIBYTE == 0 => {
                write!(f, "{} MiB", bytes / MEBIBYTE)
            }
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_can_be_copied() {
        let path = "/a b/it's".into();
        let error = FsError::PermissionDenied {
            action: "read",
            path,
        };
        let hint = error.hints()[0].to_string();
        assert_eq!(hint, r"see who may use it with `ls -l '/a b/it'\''s'`");
    }

    #[test]
    fn even_sizes_are_in_mebibytes() {
        assert_eq!(Size(3 * 1024 * 1024).to_string(), "3 MiB");
        assert_eq!(Size(1_500_000).to_string(), "1500000 bytes");
    }
}
