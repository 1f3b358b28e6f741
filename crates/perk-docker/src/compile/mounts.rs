//! Which files the container gets, and how the engine is told.

use crate::command_line::{RunCommand, comma_item};
use crate::compile::Warning;
use crate::network_plan::Mount;

/// Returns the mounts of a plan, but for those whose place the user needs.
pub(super) fn added(command: &RunCommand, planned: &[Mount]) -> (Vec<Mount>, Vec<Warning>) {
    let given = command.mounts();
    let is_taken = |mount: &&Mount| {
        let same = |target: &str| target.trim_end_matches('/') == mount.target;
        given.iter().any(|given| same(&given.target))
    };
    let (taken, free): (Vec<_>, Vec<_>) = planned.iter().partition(is_taken);
    let warning = |mount: &Mount| Warning::MountTaken {
        target: mount.target.clone(),
    };
    let warnings = taken.into_iter().map(warning).collect();
    (free.into_iter().cloned().collect(), warnings)
}

/// Returns the value of `--mount`, which fails where `-v` would make an empty folder.
pub(super) fn mount_value(mount: &Mount) -> String {
    let mut items = vec![
        "type=bind".to_owned(),
        comma_item(&format!("source={}", mount.source)),
        comma_item(&format!("target={}", mount.target)),
    ];
    if mount.is_read_only {
        items.push("readonly".to_owned());
    }
    items.join(",")
}
