//! The differences between what is there and what would be written, as a patch.

use std::os::unix::fs::PermissionsExt as _;

use camino::Utf8Path;
use perk_scaffold::{Content, Entry, Side, file_patch};
use perk_term::{OutputError, Terminal};

use super::plan::{State, states};
use crate::commands::Prepared;
use crate::render::scaffold::patch::write_patch;

/// What is larger is not compared line by line.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Writes a patch with what the template would make or change; files with a secret are named only.
pub(crate) fn patch(prepared: &Prepared<'_>, terminal: &mut Terminal) -> Result<(), OutputError> {
    // What no template makes is the record, which nobody reads as a patch.
    let of_template = states(prepared).filter(|(entry, _)| !entry.from.is_empty());
    for (entry, state) in of_template {
        let old = match state {
            State::New => None,
            State::Changed => read(&prepared.destination.path, entry),
            State::Same | State::Blocked => continue,
        };
        if entry.has_secret {
            terminal.note(format_args!(
                "`{}` is not shown, since a secret is in it",
                entry.path
            ));
            continue;
        }
        let new = Some(side(&entry.content));
        let patch = file_patch(&entry.path, old.as_ref().map(side), new);
        write_patch(&patch.text, terminal)?;
    }
    Ok(())
}

fn side<'c>(content: &'c Content<'_>) -> Side<'c> {
    Side {
        mode: content.mode(),
        bytes: content.bytes(),
    }
}

/// Reads what is there; what cannot be read counts as empty.
fn read(destination: &Utf8Path, entry: &Entry<'_>) -> Option<Content<'static>> {
    let path = destination.join(entry.path.as_str());
    let metadata = path.symlink_metadata().ok()?;
    if metadata.is_symlink() {
        let target = path.read_link_utf8().ok()?.into_string();
        return Some(Content::Link { target });
    }
    Some(Content::File {
        bytes: perk_fs::read_bytes(&path, LIMIT).unwrap_or_default().into(),
        is_executable: metadata.permissions().mode() & 0o100 != 0,
    })
}
