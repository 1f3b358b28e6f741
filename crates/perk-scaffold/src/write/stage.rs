//! Making the files of a plan in a folder of our own.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::{AsFd, BorrowedFd};

use rustix::fs::{Mode, OFlags};

use super::walker::{Walker, split};
use super::{Observer, Step};
use crate::plan::{Content, Entry};

/// The number of files from which a second thread is worth its start.
const WORTH_A_THREAD: usize = 256;
/// More threads than this have nothing left to gain: they wait for the file system.
const MAX_THREADS: usize = 4;

/// A path of the plan and what the system said about it.
pub(super) type StageFault = (String, std::io::Error);

/// Makes all entries below a folder that has none of them.
pub(super) fn stage(
    top: BorrowedFd<'_>,
    entries: &[&Entry<'_>],
    observer: Observer<'_>,
) -> Result<(), StageFault> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || entries.len() < WORTH_A_THREAD {
        return stage_some(top, entries, observer);
    }
    // Neighbors share their folders, so each thread gets a run of them.
    let share = entries.len().div_ceil(threads.min(MAX_THREADS));
    std::thread::scope(|scope| {
        let work = |entries| scope.spawn(move || stage_some(top, entries, observer));
        let threads: Vec<_> = entries.chunks(share).map(work).collect();
        let mut outcome = Ok(());
        for thread in threads {
            match thread.join() {
                Ok(staged) => outcome = outcome.and(staged),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcome
    })
}

fn stage_some(
    top: BorrowedFd<'_>,
    entries: &[&Entry<'_>],
    observer: Observer<'_>,
) -> Result<(), StageFault> {
    let mut walker = Walker::of(top).map_err(|error| (String::new(), error.into()))?;
    for entry in entries {
        let path = entry.path.as_str();
        make(&mut walker, entry).map_err(|error| (path.to_owned(), error))?;
        observer(Step::Staged(&entry.path));
    }
    Ok(())
}

fn make(walker: &mut Walker, entry: &Entry<'_>) -> std::io::Result<()> {
    let (folder, name) = split(entry.path.as_str());
    let folder = walker.make_folder(folder)?;
    match &entry.content {
        Content::File {
            bytes,
            is_executable,
        } => {
            let mode = Mode::from_raw_mode(if *is_executable { 0o755 } else { 0o644 });
            create(folder, name, mode, bytes)?;
        }
        Content::Link { target } => rustix::fs::symlinkat(target, folder, name)?,
    }
    Ok(())
}

/// Makes a file that is not there yet; the user's mask narrows its mode.
pub(super) fn create(
    folder: impl AsFd,
    name: &str,
    mode: Mode,
    bytes: &[u8],
) -> std::io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(rustix::fs::openat(folder, name, flags, mode)?);
    file.write_all(bytes)?;
    Ok(file)
}
