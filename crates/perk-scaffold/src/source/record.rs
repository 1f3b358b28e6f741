//! What a branch or a tag was when its repository was last asked.

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::remote::is_id;
use super::{GitReference, SourceError};
use crate::ContentHash;

const MAX_BYTES: u64 = 64 * 1024;

/// An answer of the repository, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) commit: String,
    pub(super) fetched: OffsetDateTime,
}

/// The record as it stands in its file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    reference: String,
    commit: String,
    fetched: i64,
}

/// Returns the name of a reference in the cache: a plain one, whatever the reference is.
pub(super) fn key(reference: Option<&GitReference>) -> String {
    ContentHash::of(name(reference).as_bytes()).to_string()
}

fn name(reference: Option<&GitReference>) -> &str {
    reference.map_or("HEAD", GitReference::as_str)
}

/// Reads the record of a reference; one that is damaged counts as none.
pub(super) fn load(folder: &Utf8Path, reference: Option<&GitReference>) -> Option<Record> {
    let path = path(folder, reference);
    let file = std::fs::File::open(path).ok()?;
    let stored: Stored = serde_json::from_reader(std::io::Read::take(file, MAX_BYTES)).ok()?;
    let is_ours = stored.reference == name(reference) && is_id(&stored.commit);
    let fetched = OffsetDateTime::from_unix_timestamp(stored.fetched).ok()?;
    is_ours.then_some(Record {
        commit: stored.commit,
        fetched,
    })
}

/// Replaces the record of a reference.
pub(super) fn save(
    folder: &Utf8Path,
    reference: Option<&GitReference>,
    record: &Record,
) -> Result<(), SourceError> {
    let path = path(folder, reference);
    let stored = Stored {
        reference: name(reference).to_owned(),
        commit: record.commit.clone(),
        fetched: record.fetched.unix_timestamp(),
    };
    let write = || {
        let mut file = tempfile::Builder::new()
            .prefix("new-")
            .tempfile_in(folder)?;
        serde_json::to_writer(&mut file, &stored)?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(SourceError::cache("write", &path))
}

fn path(folder: &Utf8Path, reference: Option<&GitReference>) -> Utf8PathBuf {
    folder.join(format!("{}.json", key(reference)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(name: &str) -> GitReference {
        GitReference::parse(name).unwrap()
    }

    #[test]
    fn what_is_saved_is_loaded_for_its_reference_only() {
        let guard = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(guard.path()).unwrap();
        let record = Record {
            commit: "a".repeat(40),
            fetched: OffsetDateTime::UNIX_EPOCH,
        };
        let main = reference("main");
        save(folder, Some(&main), &record).unwrap();
        assert_eq!(load(folder, Some(&main)), Some(record));
        assert_eq!(load(folder, Some(&reference("Main"))), None);
        assert_eq!(load(folder, None), None);
    }

    #[test]
    fn what_is_damaged_counts_as_none() {
        let guard = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(guard.path()).unwrap();
        for text in [
            "",
            "{",
            r#"{"reference":"HEAD","commit":"--upload-pack=x","fetched":0}"#,
            r#"{"reference":"HEAD","commit":"","fetched":0}"#,
            r#"{"reference":"main","commit":"1111111111111111111111111111111111111111","fetched":0}"#,
        ] {
            let mut file = tempfile::NamedTempFile::new_in(folder).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
            file.persist(path(folder, None)).unwrap();
            assert_eq!(load(folder, None), None, "{text}");
        }
    }
}
