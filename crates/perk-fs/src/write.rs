//! Writing whole files, all or nothing.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use crate::FsError;
use crate::error::special_kind;

/// Replaces or creates a file so that, at every moment, it is the old one or the new one.
///
/// An existing file keeps its mode; a link keeps being a link to the file that is replaced.
pub fn write_atomic(path: &Utf8Path, bytes: &[u8]) -> Result<(), FsError> {
    let failed = |source| FsError::from_io("write", path, source);
    let target = follow_links(path).map_err(failed)?;
    let permissions = match fs::metadata(&target) {
        Ok(metadata) => {
            // Renaming over a device such as /dev/null would take it away from the system.
            if let Some(kind) = special_kind(metadata.file_type()) {
                let path = path.to_owned();
                return Err(FsError::NotAFile { path, kind });
            }
            Some(metadata.permissions())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    replace(&target, bytes, permissions).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => FsError::NoFolder {
            path: path.to_owned(),
        },
        _ => failed(source),
    })
}

fn replace(target: &Utf8Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder,
        _ => Utf8Path::new("."),
    };
    let mut file = new_file_builder().prefix(".perk-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(target)?;
    // The rename itself is only safe once the folder is on disk.
    File::open(folder)?.sync_all()
}

/// Returns a builder whose files get the mode that the user's umask gives to new files.
fn new_file_builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
}

fn follow_links(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => path.canonicalize_utf8(),
        _ => Ok(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    fn read(path: &Utf8Path) -> String {
        crate::read_text(path, 100).unwrap()
    }

    fn mode(path: &Utf8Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn creates_and_replaces_and_leaves_nothing_else() {
        let (_guard, folder) = folder();
        let path = folder.join("file");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(read(&path), "two");
        assert_eq!(folder.read_dir_utf8().unwrap().count(), 1);
    }

    #[test]
    fn keeps_the_mode_of_the_old_file() {
        let (_guard, folder) = folder();
        let path = folder.join("file");
        write_atomic(&path, b"one").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn a_new_file_has_the_mode_of_any_new_file() {
        let (_guard, folder) = folder();
        write_atomic(&folder.join("ours"), b"").unwrap();
        File::create_new(folder.join("theirs")).unwrap();
        assert_eq!(mode(&folder.join("ours")), mode(&folder.join("theirs")));
    }

    #[test]
    fn writes_through_a_link() {
        let (_guard, folder) = folder();
        write_atomic(&folder.join("target"), b"one").unwrap();
        std::os::unix::fs::symlink("target", folder.join("link")).unwrap();
        write_atomic(&folder.join("link"), b"two").unwrap();
        assert_eq!(read(&folder.join("target")), "two");
        assert!(folder.join("link").is_symlink());
    }

    #[test]
    fn names_the_path_and_not_the_temporary_file() {
        let error = write_atomic("/nowhere/file".into(), b"").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no folder to write `/nowhere/file` in"
        );
    }

    #[test]
    fn never_replaces_a_device() {
        let error = write_atomic("/dev/null".into(), b"").unwrap_err();
        assert_eq!(error.to_string(), "`/dev/null` is a device, not a file");
    }
}
