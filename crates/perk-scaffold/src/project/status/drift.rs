//! The files of a project against the sums of its record.

use crate::project::folder::{Folder, Found};
use crate::project::{FileRecord, ProjectError, TemplateRecord};
use crate::template::LINK_MODE;
use crate::text::{is_text, with_crlf, with_lf};
use crate::{ContentHash, SafePath};

/// A file that is no longer as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drifted {
    /// Where it is.
    pub path: SafePath,
    /// What has become of it.
    pub drift: Drift,
}

/// What has become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drift {
    /// Its content, or where the link leads.
    Content,
    /// Whether it can be run.
    Mode,
    /// Both of these.
    ContentAndMode,
    /// It is not there.
    Deleted,
    /// Something else is there, such as a folder.
    Replaced {
        /// What it is.
        by: &'static str,
    },
}

/// Returns the files of a template that are no longer as it made them.
pub(super) fn drift(
    folder: &mut Folder<'_>,
    record: &TemplateRecord,
) -> Result<Vec<Drifted>, ProjectError> {
    let mut drifted = Vec::new();
    for (path, file) in &record.files {
        let found = folder.find(path.as_str())?;
        if let Some(drift) = of_file(*file, &found) {
            let path = path.clone();
            drifted.push(Drifted { path, drift });
        }
    }
    Ok(drifted)
}

fn of_file(made: FileRecord, found: &Found) -> Option<Drift> {
    let is_link = made.mode == LINK_MODE;
    let (has_changed, current) = match found {
        Found::Nothing => return Some(Drift::Deleted),
        Found::Other(by) => return Some(Drift::Replaced { by }),
        Found::File { .. } if is_link => return Some(Drift::Replaced { by: "a file" }),
        Found::Link(_) if !is_link => return Some(Drift::Replaced { by: "a link" }),
        Found::Link(target) => (!is_same(made, target), made.mode),
        Found::File {
            bytes,
            is_executable,
        } => {
            let current = if *is_executable { 0o100_755 } else { 0o100_644 };
            let has_changed = !is_same(made, bytes) && !has_other_line_ends(made, bytes);
            (has_changed, current)
        }
    };
    match (has_changed, current != made.mode) {
        (false, false) => None,
        (true, false) => Some(Drift::Content),
        (false, true) => Some(Drift::Mode),
        (true, true) => Some(Drift::ContentAndMode),
    }
}

/// Returns whether bytes are those that were made; of a file with a secret nothing else is known.
fn is_same(made: FileRecord, bytes: &[u8]) -> bool {
    made.hash.is_none_or(|hash| ContentHash::of(bytes) == hash)
}

/// Returns whether only the ends of lines differ, as git leaves them on some systems.
fn has_other_line_ends(made: FileRecord, bytes: &[u8]) -> bool {
    let is_made = |bytes: &[u8]| made.hash == Some(ContentHash::of(bytes));
    is_text(bytes)
        && match with_crlf(bytes) {
            Some(bytes) => is_made(&bytes),
            None => bytes.contains(&b'\r') && is_made(&with_lf(bytes)),
        }
}
