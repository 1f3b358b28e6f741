//! Writing to a destination that does not exist.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rustix::fs::{AtFlags, CWD, Mode, OFlags, RenameFlags};
use rustix::io::Errno;

use super::lock::{Acquired, IfMissing, LockedFolder};
use super::stage::stage;
use super::walker::{self, Walker};
use super::{Observer, Step};
use crate::ScaffoldError;
use crate::plan::Plan;

/// What the name of a destination in the making begins with.
const PREFIX: &str = ".perk-new-";
/// The most bytes of a name on common file systems.
const MAX_NAME: usize = 255;

/// A destination taken apart: the folder that is there, the name that is made in it, and the
/// folders below that.
struct Parts {
    parent: Utf8PathBuf,
    name: String,
    below: Option<String>,
}

pub(super) fn write(
    plan: &Plan<'_>,
    destination: &Utf8Path,
    observer: Observer<'_>,
) -> Result<(), ScaffoldError> {
    let parts = parts(destination)?;
    let failed = |error: Errno| ScaffoldError::io("write", destination, error);
    let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
    let parent = rustix::fs::openat(CWD, parts.parent.as_str(), flags, Mode::empty())
        .map_err(|error| ScaffoldError::io("read", &parts.parent, error))?;
    let temporary = temporary_name(&parts.name);
    let acquired = LockedFolder::acquire(&parent, &temporary, IfMissing::Make);
    let Acquired::Ours(folder) = acquired.map_err(failed)? else {
        return Err(ScaffoldError::Busy {
            path: destination.to_owned(),
        });
    };
    let made = make(plan, &folder, parts.below.as_deref(), observer).and_then(|()| {
        rename(&parent, &temporary, &parts.name).map_err(|error| (String::new(), error.into()))
    });
    if let Err((path, error)) = made {
        // What cannot be removed now is removed by the next write to this destination.
        let _ = walker::empty(&folder);
        let _ = rustix::fs::unlinkat(&parent, &temporary, AtFlags::REMOVEDIR);
        return Err(ScaffoldError::io("write", join(destination, &path), error));
    }
    observer(Step::Committed);
    Ok(())
}

fn make(
    plan: &Plan<'_>,
    folder: &LockedFolder,
    below: Option<&str>,
    observer: Observer<'_>,
) -> Result<(), (String, std::io::Error)> {
    let failed = |error: Errno| (String::new(), error.into());
    // Something is in it only if a writer before us was cut off.
    walker::empty(folder).map_err(failed)?;
    let mut walker = Walker::of(folder).map_err(failed)?;
    let top = walker.make_folder(below).map_err(failed)?;
    let entries: Vec<_> = plan.entries().iter().collect();
    stage(top, &entries, observer)
}

/// Gives the finished folder its name, unless the name has been taken meanwhile.
fn rename(parent: &std::os::fd::OwnedFd, from: &str, to: &str) -> rustix::io::Result<()> {
    match rustix::fs::renameat_with(parent, from, parent, to, RenameFlags::NOREPLACE) {
        // A folder takes the place of an empty folder only, so this replaces nothing either.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            rustix::fs::renameat(parent, from, parent, to)
        }
        renamed => renamed,
    }
}

fn parts(destination: &Utf8Path) -> Result<Parts, ScaffoldError> {
    let is_there = |path: &&Utf8Path| path.as_str().is_empty() || path.symlink_metadata().is_ok();
    let parent = destination.ancestors().skip(1).find(is_there);
    let parent = parent.unwrap_or(Utf8Path::new(""));
    let rest = destination.strip_prefix(parent).unwrap_or(destination);
    let mut names = Vec::new();
    for component in rest.components() {
        match component {
            Utf8Component::Normal(name) => names.push(name),
            Utf8Component::CurDir => {}
            _ => {
                return Err(ScaffoldError::Destination {
                    path: destination.to_owned(),
                });
            }
        }
    }
    let Some((name, below)) = names.split_first() else {
        return Err(ScaffoldError::Destination {
            path: destination.to_owned(),
        });
    };
    let is_working_folder = parent.as_str().is_empty();
    Ok(Parts {
        parent: if is_working_folder {
            ".".into()
        } else {
            parent.to_owned()
        },
        name: (*name).to_owned(),
        below: (!below.is_empty()).then(|| below.join("/")),
    })
}

fn temporary_name(name: &str) -> String {
    let mut end = name.len().min(MAX_NAME - PREFIX.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{PREFIX}{}", &name[..end])
}

fn join(destination: &Utf8Path, path: &str) -> Utf8PathBuf {
    if path.is_empty() {
        destination.to_owned()
    } else {
        destination.join(path)
    }
}
