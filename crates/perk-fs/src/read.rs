//! Reading whole files, up to a limit.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use crate::FsError;
use crate::error::special_kind;

/// A limit that no file written by a person reaches.
pub const DEFAULT_LIMIT: u64 = 64 * 1024 * 1024;

/// What standard input is called where a path is expected.
pub const STDIN: &str = "<stdin>";

/// Returns the bytes of a regular file of at most `limit` bytes.
///
/// The path need not be UTF-8; an error shows it as well as can be.
pub fn read_bytes(path: impl AsRef<Path>, limit: u64) -> Result<Vec<u8>, FsError> {
    let path = path.as_ref();
    let failed = |source| FsError::from_io("read", &shown(path), source);
    // Opening a FIFO waits for a writer, so the kind of file is looked at first.
    let metadata = fs::metadata(path).map_err(failed)?;
    if let Some(kind) = special_kind(metadata.file_type()) {
        let path = shown(path);
        return Err(FsError::NotAFile { path, kind });
    }
    if metadata.len() > limit {
        let path = shown(path);
        return Err(FsError::TooLarge { path, limit });
    }
    let file = File::open(path).map_err(failed)?;
    read_at_most(file, metadata.len(), path, limit)
}

/// Room to read one file after another into.
#[derive(Debug)]
pub struct ReadBuffer {
    /// What is in it is of no meaning; its length is the room there is.
    room: Vec<u8>,
}

impl Default for ReadBuffer {
    fn default() -> Self {
        Self {
            room: vec![0; USUAL_SIZE],
        }
    }
}

/// What most files that people write are shorter than.
const USUAL_SIZE: usize = 16 * 1024;

impl ReadBuffer {
    /// Returns the bytes, at most `limit` of them, of what a walk through its folder found to be a
    /// regular file; the kind of file is not looked at again.
    ///
    /// The path need not be UTF-8; an error shows it as well as can be.
    pub fn read_walked(&mut self, path: impl AsRef<Path>, limit: u64) -> Result<&[u8], FsError> {
        let path = path.as_ref();
        let reader = File::open(path).map(|file| file.take(limit.saturating_add(1)));
        let length = reader.and_then(|reader| self.fill(reader));
        let length = length.map_err(|source| FsError::from_io("read", &shown(path), source))?;
        if length as u64 > limit {
            let path = shown(path);
            return Err(FsError::TooLarge { path, limit });
        }
        Ok(&self.room[..length])
    }

    /// Reads to the end, and returns how much there was.
    fn fill(&mut self, mut reader: impl Read) -> io::Result<usize> {
        let mut length = 0;
        loop {
            if length == self.room.len() {
                self.room.resize(2 * length, 0);
            }
            match reader.read(&mut self.room[length..]) {
                Ok(0) => return Ok(length),
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn shown(path: &Path) -> Utf8PathBuf {
    Utf8PathBuf::from(path.to_string_lossy().into_owned())
}

/// Returns the bytes of standard input, at most `limit` of them.
pub fn read_stdin(limit: u64) -> Result<Vec<u8>, FsError> {
    read_at_most(io::stdin().lock(), 0, Path::new(STDIN), limit)
}

/// Returns the text of a regular file of at most `limit` bytes, without a byte order mark.
pub fn read_text(path: &Utf8Path, limit: u64) -> Result<String, FsError> {
    let bytes = read_bytes(path, limit)?;
    let text = String::from_utf8(bytes).map_err(|error| FsError::NotText {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Reads to the end, of which the expected length says nothing certain: the file may grow
/// meanwhile, and files of /proc say that they are empty.
fn read_at_most(
    reader: impl Read,
    expected: u64,
    path: &Path,
    limit: u64,
) -> Result<Vec<u8>, FsError> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).saturating_add(1));
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| FsError::from_io("read", &shown(path), source))?;
    if bytes.len() as u64 > limit {
        let path = shown(path);
        return Err(FsError::TooLarge { path, limit });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileKind;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    fn file(bytes: &[u8]) -> (tempfile::TempDir, Utf8PathBuf) {
        let (guard, folder) = folder();
        let path = folder.join("file");
        crate::write_atomic(&path, bytes).unwrap();
        (guard, path)
    }

    #[test]
    fn names_what_is_missing() {
        let error = read_bytes("/nowhere/policy.json", 10).unwrap_err();
        assert_eq!(error.to_string(), "`/nowhere/policy.json` does not exist");
    }

    #[test]
    fn shows_a_name_that_is_no_text_as_well_as_can_be() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/nowhere/\xff.json"));
        let error = read_bytes(path, 10).unwrap_err();
        assert_eq!(error.to_string(), "`/nowhere/\u{fffd}.json` does not exist");
    }

    #[test]
    fn refuses_folders_and_devices() {
        let error = read_bytes("/", 10).unwrap_err();
        assert_eq!(error.to_string(), "`/` is a folder, not a file");
        let error = read_bytes("/dev/zero", 10).unwrap_err();
        assert_eq!(error.to_string(), "`/dev/zero` is a device, not a file");
    }

    #[test]
    fn refuses_a_socket() {
        let (_guard, folder) = folder();
        let path = folder.join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let error = read_bytes(&path, 10).unwrap_err();
        assert!(matches!(
            error,
            FsError::NotAFile {
                kind: FileKind::Socket,
                ..
            }
        ));
    }

    #[test]
    fn the_limit_is_the_last_size_allowed() {
        let (_guard, path) = file(b"12345");
        assert_eq!(read_bytes(&path, 5).unwrap(), b"12345");
        let error = read_bytes(&path, 4).unwrap_err();
        assert!(error.to_string().ends_with("is larger than 4 bytes"));
        let mut buffer = ReadBuffer::default();
        assert_eq!(buffer.read_walked(&path, 5).unwrap(), b"12345");
        assert!(matches!(
            buffer.read_walked(&path, 4),
            Err(FsError::TooLarge { limit: 4, .. })
        ));
    }

    #[test]
    fn a_buffer_has_room_for_long_files_and_nothing_left_of_them() {
        let long = b"abc".repeat(USUAL_SIZE);
        let mut buffer = ReadBuffer::default();
        let (_guard, path) = file(&long);
        assert_eq!(buffer.read_walked(&path, u64::MAX).unwrap(), long);
        let (_guard, path) = file(b"de");
        assert_eq!(buffer.read_walked(&path, u64::MAX).unwrap(), b"de");
    }

    #[test]
    fn the_limit_holds_where_the_size_is_not_known() {
        let path = Utf8Path::new("/proc/self/maps");
        if path.exists() {
            assert!(matches!(
                read_bytes(path, 4),
                Err(FsError::TooLarge { limit: 4, .. })
            ));
        }
    }

    #[test]
    fn text_has_no_byte_order_mark() {
        let (_guard, path) = file("\u{feff}é".as_bytes());
        assert_eq!(read_text(&path, 10).unwrap(), "é");
    }

    #[test]
    fn says_where_text_stops_being_text() {
        let (_guard, path) = file(b"ab\xff");
        let error = read_text(&path, 10).unwrap_err();
        assert!(error.to_string().ends_with("byte 2 does not belong there"));
    }

    #[test]
    fn a_loop_of_links_is_an_error() {
        let (_guard, folder) = folder();
        let path = folder.join("loop");
        std::os::unix::fs::symlink(&path, &path).unwrap();
        assert!(matches!(read_bytes(&path, 10), Err(FsError::Other { .. })));
    }
}
