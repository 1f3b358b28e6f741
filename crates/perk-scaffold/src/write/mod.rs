//! A plan to a folder, all or nothing.
//!
//! A destination that does not exist is made beside itself, under a name with a dot, and gets its
//! own name by one rename: before that there is nothing, after it there is everything.
//!
//! Into a folder that exists, the files are made in `.perk-pending/new` first. Then a journal is
//! renamed into place, which is the moment from which the write counts; then each file is moved to
//! where it belongs, and the file it replaces to `.perk-pending/old`; then the journal goes. A file
//! has been moved if and only if it is no longer in `new`, so a write that was cut off can be
//! completed or taken back from any point, again and again, and the next start does so.
//!
//! The end of the process is survived so; after a loss of power, a file that replaces another is on
//! the disk or the other one is, and the rest is as far as the file system has come.
//!
//! Every name is resolved from the handle of its folder, one component at a time, and links are
//! never followed: the same calls on Linux and macOS, and nothing to be trusted between a look and
//! a use. Both kinds of writer hold a lock on their own folder, which ends with the process.

mod apply;
mod compare;
mod existing;
mod fingerprint;
mod fresh;
mod journal;
mod lock;
mod recover;
mod stage;
pub(crate) mod walker;

#[cfg(test)]
mod tests;

use camino::Utf8Path;

pub use compare::{Comparison, compare};
pub use recover::{Recovery, recover};

use crate::plan::Plan;
use crate::{SafePath, ScaffoldError};

/// The folder of a write that is not complete.
pub(crate) const PENDING_FOLDER: &str = ".perk-pending";

/// What to do with files that are there already and differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Write nothing, unless they are files that no template makes, such as the record.
    Refuse,
    /// Replace them.
    Replace,
}

/// What a write has come to, for showing progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'p> {
    /// A file is made, but not where it belongs.
    Staged(&'p SafePath),
    /// From here on the write will be completed.
    Committed,
    /// A file is where it belongs.
    Placed(&'p str),
}

/// Is told of each step; threads call it.
pub type Observer<'o> = &'o (dyn Fn(Step<'_>) + Sync);

/// Writes a plan to a folder. After a failure the folder is as it was; after the end of the
/// process in the middle it is so, or complete, as soon as [`recover`] or this has been called.
pub fn write(
    plan: &Plan<'_>,
    destination: &Utf8Path,
    existing: Existing,
    observer: Observer<'_>,
) -> Result<(), ScaffoldError> {
    match std::fs::metadata(destination) {
        Ok(metadata) if metadata.is_dir() => existing::write(plan, destination, existing, observer),
        Ok(_) => Err(ScaffoldError::NotAFolder {
            path: destination.to_owned(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            fresh::write(plan, destination, observer)
        }
        Err(error) => Err(ScaffoldError::io("read", destination, error)),
    }
}
