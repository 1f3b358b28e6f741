//! Which files the container gets, and how the engine is told.

use crate::command_line::{GivenMount, RunCommand, comma_item};
use crate::compile::Warning;
use crate::engine::Engine;
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

/// Returns a mount as an option with its value: `--mount`, which fails where `-v` would make an
/// empty folder, unless something has to be said for which docker has a word in `-v` alone.
pub fn mount_words(engine: Engine, mount: &Mount) -> [String; 2] {
    let Mount { source, target, .. } = mount;
    let fits_volume = !source.contains(':') && !target.contains(':');
    if mount.is_relabeled && engine != Engine::Podman && fits_volume {
        let options = if mount.is_read_only { "ro,z" } else { "z" };
        return ["-v".to_owned(), format!("{source}:{target}:{options}")];
    }
    let mut items = vec![
        "type=bind".to_owned(),
        comma_item(&format!("source={}", mount.source)),
        comma_item(&format!("target={}", mount.target)),
    ];
    if mount.is_read_only {
        items.push("readonly".to_owned());
    }
    if mount.is_relabeled && engine == Engine::Podman {
        items.push("relabel=shared".to_owned());
    }
    ["--mount".to_owned(), items.join(",")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selinux_is_told_as_the_engine_can_be() {
        let words = |engine, source: &str, is_relabeled| {
            let mount = Mount {
                source: source.to_owned(),
                target: "/src".to_owned(),
                is_read_only: false,
                is_relabeled,
            };
            mount_words(engine, &mount).join(" ")
        };
        for (engine, source, is_relabeled, expected) in [
            (
                Engine::Docker,
                "/a b",
                false,
                "--mount type=bind,source=/a b,target=/src",
            ),
            (Engine::Docker, "/a b", true, "-v /a b:/src:z"),
            (
                Engine::Docker,
                "/a:b",
                true,
                "--mount type=bind,source=/a:b,target=/src",
            ),
            (
                Engine::Docker,
                "/a,b",
                false,
                "--mount type=bind,\"source=/a,b\",target=/src",
            ),
            (
                Engine::Podman,
                "/a",
                true,
                "--mount type=bind,source=/a,target=/src,relabel=shared",
            ),
        ] {
            assert_eq!(words(engine, source, is_relabeled), expected);
        }
    }
}
