//! What engines leave in the file system: folders and control groups, without anything in them.
//!
//! The name of each has the number of the process of the test in it, so that those of tests that
//! were killed are known.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where control groups are: at the top, or with version 1 below each controller.
const CONTROL_GROUPS: &str = "/sys/fs/cgroup";
/// Where podman has its control groups.
const GROUPS_OF_PODMAN: &str = "libpod_parent";
/// A control group of podman's that is this old and has no process will not get one.
const OLD: Duration = Duration::from_mins(1);

const PREFIX: &str = "perk-test-engine-";

/// Returns the beginning of the name of all that this process leaves.
pub(super) fn prefix() -> String {
    format!("{PREFIX}{}-", std::process::id())
}

/// Removes what tests left that are gone.
pub(super) fn remove_of_dead() {
    for folder in entries(&std::env::temp_dir()) {
        if is_of_dead(&folder) {
            // Another test may do the same at this moment.
            let _ = fs::remove_dir_all(&folder);
        }
    }
    for group in groups() {
        if is_of_dead(&group) {
            remove_groups(&group);
        }
        if group.ends_with(GROUPS_OF_PODMAN) {
            entries(&group)
                .iter()
                .filter(|group| is_old(group))
                .for_each(|group| drop(fs::remove_dir(group)));
        }
    }
}

/// Removes the control groups of an engine.
pub(super) fn remove_groups_named(name: &str) {
    for group in groups() {
        if group.ends_with(name) {
            remove_groups(&group);
        }
    }
}

fn is_of_dead(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
    process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists())
}

fn is_old(group: &Path) -> bool {
    let modified = group.metadata().and_then(|it| it.modified());
    modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > OLD))
}

fn groups() -> Vec<PathBuf> {
    let top = entries(Path::new(CONTROL_GROUPS));
    let below: Vec<_> = top
        .iter()
        .flat_map(|controller| entries(controller))
        .collect();
    top.into_iter().chain(below).collect()
}

/// Removes a group with those in it. The system refuses where a process is left.
fn remove_groups(group: &Path) {
    for inner in entries(group) {
        remove_groups(&inner);
    }
    let _ = fs::remove_dir(group);
}

/// Returns the folders of a folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_dead_left_is_theirs() {
        // No process has such a number.
        assert!(is_of_dead(Path::new("/tmp/perk-test-engine-4294967295-a")));
        let own = format!("/tmp/{}a", prefix());
        for name in [&own, "/tmp/perk-test-engine-a", "/tmp/other-4294967295-a"] {
            assert!(!is_of_dead(Path::new(name)), "{name}");
        }
    }
}
