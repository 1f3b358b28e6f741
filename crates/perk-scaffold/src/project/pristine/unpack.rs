//! An archive to files in memory, each of them checked against the record.
//!
//! The archive comes with the project, so that anybody may have made it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::read::GzDecoder;
use tar::{Archive, EntryType};

use super::Pristine;
use crate::plan::Content;
use crate::project::{FileRecord, PristineFault, TemplateRecord};
use crate::template::{EXECUTABLE_BITS, LinkTarget};
use crate::{ContentHash, SafePath};

/// The most bytes of all files together, with what the archive adds.
const MAX_BYTES: u64 = 300 * 1024 * 1024;

impl Pristine {
    /// Reads an archive, which must have what the record says and nothing else.
    pub(crate) fn unpack(bytes: &[u8], record: &TemplateRecord) -> Result<Self, PristineFault> {
        let mut unpacked = GzDecoder::new(bytes).take(MAX_BYTES);
        let files = files(&mut unpacked, record);
        if unpacked.limit() == 0 {
            return Err(PristineFault::Limit {
                what: "bytes",
                limit: MAX_BYTES,
            });
        }
        let files = files?;
        let is_expected = |(_, file): &(&SafePath, &FileRecord)| file.hash.is_some();
        let mut expected = record.files.iter().filter(is_expected);
        match expected.find(|(path, _)| !files.contains_key(*path)) {
            Some((path, _)) => Err(PristineFault::Missing(path.to_string())),
            None => Ok(Self { files }),
        }
    }
}

fn files(
    unpacked: &mut impl Read,
    record: &TemplateRecord,
) -> Result<BTreeMap<SafePath, Content<'static>>, PristineFault> {
    let mut files = BTreeMap::new();
    let mut archive = Archive::new(unpacked);
    for entry in archive.entries().map_err(PristineFault::Damaged)? {
        let mut entry = entry.map_err(PristineFault::Damaged)?;
        let path = path(&entry.path_bytes())?;
        // Nothing is read of what the record does not know.
        let expected = record.files.get(&path);
        let Some((mode, hash)) = expected.and_then(|file| Some((file.mode, file.hash?))) else {
            return Err(PristineFault::Unknown(path.to_string()));
        };
        let content = content(&mut entry, &path)?;
        if content.mode() != mode || ContentHash::of(content.bytes()) != hash {
            return Err(PristineFault::Different(path.to_string()));
        }
        if files.insert(path.clone(), content).is_some() {
            return Err(PristineFault::Twice(path.to_string()));
        }
    }
    Ok(files)
}

fn path(bytes: &[u8]) -> Result<SafePath, PristineFault> {
    let shown = String::from_utf8_lossy(bytes);
    let Cow::Borrowed(text) = shown else {
        return Err(PristineFault::Name);
    };
    SafePath::parse(text).map_err(|fault| PristineFault::Path {
        path: text.to_owned(),
        fault,
    })
}

fn content(
    entry: &mut tar::Entry<'_, impl Read>,
    path: &SafePath,
) -> Result<Content<'static>, PristineFault> {
    match entry.header().entry_type() {
        EntryType::Regular => {
            let mode = entry.header().mode().map_err(PristineFault::Damaged)?;
            Ok(Content::File {
                bytes: Cow::Owned(read(entry).map_err(PristineFault::Damaged)?),
                is_executable: mode & EXECUTABLE_BITS != 0,
            })
        }
        EntryType::Symlink => {
            let target = entry.link_name_bytes().unwrap_or_default().into_owned();
            let target = String::from_utf8(target).map_err(|_| PristineFault::Name)?;
            match LinkTarget::parse(path.as_str(), &target) {
                Ok(_) => Ok(Content::Link { target }),
                Err(_) => Err(PristineFault::LinkOutside(path.to_string())),
            }
        }
        _ => Err(PristineFault::Kind(path.to_string())),
    }
}

fn read(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    // The size in the header is a claim; memory is taken for what comes.
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes)?;
    Ok(bytes)
}
