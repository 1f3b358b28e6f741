//! Entries of a plan to an archive.
//!
//! Owner and time are 0, the order is that of the plan, and what does not fit into the fields of a
//! header stands in an extended one, as POSIX has it.

use std::io;

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

use crate::plan::{Content, Entry};

/// The bytes of a name or a target that fit into a header.
const FIELD: usize = 100;
/// `unknown` as the system that packed, so that all systems write the same.
const NO_SYSTEM: u8 = 255;
/// The next levels take up to twice the time and save a twentieth of the bytes.
const LEVEL: u32 = 3;

/// Packs the entries that have no secret in them.
pub(crate) fn pack(entries: &[Entry<'_>]) -> io::Result<Vec<u8>> {
    let gzip = GzBuilder::new()
        .mtime(0)
        .operating_system(NO_SYSTEM)
        .write(Vec::new(), Compression::new(LEVEL));
    let mut archive = Builder::new(gzip);
    for entry in entries.iter().filter(|entry| !entry.has_secret) {
        append(&mut archive, entry)?;
    }
    archive.into_inner()?.finish()
}

fn append(archive: &mut Builder<impl io::Write>, entry: &Entry<'_>) -> io::Result<()> {
    let path = entry.path.as_str().as_bytes();
    let mut header = Header::new_ustar();
    let mut long: Vec<(&str, &[u8])> = Vec::new();
    if fits(path) {
        header.set_path(entry.path.as_str())?;
    } else {
        long.push(("path", path));
        // What is cut off is read by nothing that knows extended headers.
        let field = header.as_ustar_mut().map(|header| &mut header.name);
        copy(path, field);
    }
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    let bytes = match &entry.content {
        Content::File {
            bytes,
            is_executable,
        } => {
            header.set_entry_type(EntryType::Regular);
            header.set_mode(if *is_executable { 0o755 } else { 0o644 });
            bytes.as_ref()
        }
        Content::Link { target } => {
            header.set_entry_type(EntryType::Symlink);
            header.set_mode(0o777);
            let target = target.as_bytes();
            if !fits(target) {
                long.push(("linkpath", target));
            }
            let field = header.as_ustar_mut().map(|header| &mut header.linkname);
            copy(target, field);
            &[]
        }
    };
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    archive.append_pax_extensions(long)?;
    archive.append(&header, bytes)
}

fn fits(text: &[u8]) -> bool {
    text.len() <= FIELD
}

/// Copies what fits.
fn copy(text: &[u8], field: Option<&mut [u8; FIELD]>) {
    for (to, from) in field.into_iter().flatten().zip(text) {
        *to = *from;
    }
}
