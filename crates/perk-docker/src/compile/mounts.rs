//! Which files the container gets, and how the engine is told.

use crate::command_line::{GivenMount, RunCommand, comma_item};
use crate::compile::Warning;
use crate::network_plan::Mount;

/// Returns the mounts of a plan, but for those whose place the user needs.
pub(super) fn added(command: &RunCommand, planned: &[Mount]) -> (Vec<Mount>, Vec<Warning>) {
    let given = command.mounts();
    let mut added = Vec::new();
    let mut warnings = Vec::new();
    for mount in planned {
        match given.iter().find(|given| takes(given, &mount.target)) {
            None => added.push(mount.clone()),
            Some(given) => warnings.push(Warning::MountTaken {
                given: given.target.clone(),
                target: mount.target.clone(),
            }),
        }
    }
    (added, warnings)
}

/// Tells whether a mount leaves no place for another one: it is there itself, or the place would
/// have to be made in something that may only be read.
fn takes(given: &GivenMount, target: &str) -> bool {
    let rest = target.strip_prefix(given.target.trim_end_matches('/'));
    match rest {
        Some("") => true,
        Some(rest) => given.is_read_only && rest.starts_with('/'),
        None => false,
    }
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
