//! What a plan would change in a folder that exists.

use std::os::fd::AsFd;

use camino::Utf8Path;
use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;

use super::fingerprint::{Fingerprint, Found, look};
use super::walker::{Walker, split};
use crate::plan::{Entry, Plan};
use crate::{SafePath, ScaffoldError};

/// How a plan and a folder stand to each other; each path is in one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Not there yet.
    pub new: Vec<SafePath>,
    /// There already, as the plan has it.
    pub same: Vec<SafePath>,
    /// There with other content, another mode or another target.
    pub different: Vec<SafePath>,
    /// In the way is a folder, a device, or a link or file where the plan has a folder.
    pub blocked: Vec<SafePath>,
}

/// Compares a plan with a folder. A folder that does not exist has nothing in it.
pub fn compare(plan: &Plan<'_>, destination: &Utf8Path) -> Result<Comparison, ScaffoldError> {
    let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
    let top = match rustix::fs::openat(CWD, destination.as_str(), flags, Mode::empty()) {
        Ok(top) => top,
        Err(Errno::NOENT) => {
            return Ok(Comparison {
                new: plan
                    .entries()
                    .iter()
                    .map(|entry| entry.path.clone())
                    .collect(),
                ..Comparison::default()
            });
        }
        Err(error) => return Err(ScaffoldError::io("read", destination, error)),
    };
    let mut comparison = Comparison::default();
    for (entry, state) in states(plan, &top, destination)? {
        let list = match state {
            State::New => &mut comparison.new,
            State::Same => &mut comparison.same,
            State::Different(_) => &mut comparison.different,
            State::Blocked => &mut comparison.blocked,
        };
        list.push(entry.path.clone());
    }
    Ok(comparison)
}

/// How an entry stands to what is there.
pub(super) enum State {
    New,
    Same,
    Different(Fingerprint),
    Blocked,
}

/// Returns how each entry stands to what is there.
pub(super) fn states<'p, 't>(
    plan: &'p Plan<'t>,
    top: impl AsFd,
    destination: &Utf8Path,
) -> Result<Vec<(&'p Entry<'t>, State)>, ScaffoldError> {
    let mut walker =
        Walker::of(top).map_err(|error| ScaffoldError::io("read", destination, error))?;
    let mut states = Vec::with_capacity(plan.entries().len());
    for entry in plan.entries() {
        let state = state(&mut walker, entry).map_err(|error| {
            ScaffoldError::io("read", destination.join(entry.path.as_str()), error)
        })?;
        states.push((entry, state));
    }
    Ok(states)
}

fn state(walker: &mut Walker, entry: &Entry<'_>) -> std::io::Result<State> {
    let (folder, name) = split(entry.path.as_str());
    let folder = match walker.folder(folder) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(State::New),
        Err(Errno::NOTDIR | Errno::LOOP) => return Ok(State::Blocked),
        Err(error) => return Err(error.into()),
    };
    Ok(match look(folder, name)? {
        Found::Nothing => State::New,
        Found::Leaf(found) if found == Fingerprint::of(entry) => State::Same,
        Found::Leaf(found) => State::Different(found),
        Found::Other => State::Blocked,
    })
}
