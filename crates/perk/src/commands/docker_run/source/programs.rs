//! Settings that a program has to be asked for.

use std::time::Duration;

use perk_network::source::{git as git_config, gnome as gsettings, macos as scutil};
use perk_process::SearchPath;

use super::super::machine::Machine;
use super::Outcome;

/// How long a program may take to say what its settings are.
const TIME_LIMIT: Duration = Duration::from_secs(1);

/// Git is asked only where one of its files speaks of proxies, or of files that may.
pub(super) fn git(machine: &Machine<'_>) -> Outcome {
    let folder = machine.surroundings().working_folder().ok();
    let paths = [
        Some(machine.system("/etc/gitconfig")),
        machine.config("git/config"),
        machine.home(".gitconfig"),
        folder.map(|folder| folder.join(".git/config")),
    ];
    let mut files = paths
        .into_iter()
        .flatten()
        .filter_map(|path| machine.read(path));
    let is_promising = files.any(|file| {
        let text = file.text.to_ascii_lowercase();
        text.contains("proxy") || text.contains("include")
    });
    let arguments = ["config", "--null", "--show-origin", "--list"];
    match is_promising.then(|| said("git", &arguments)).flatten() {
        Some(text) => git_config::find(&text),
        None => Ok(None),
    }
}

/// GNOME is asked only where a desktop with its settings runs.
pub(super) fn gnome(machine: &Machine<'_>) -> Outcome {
    let desktop = machine.variable("XDG_CURRENT_DESKTOP").unwrap_or_default();
    let has_settings = ["GNOME", "Unity", "Cinnamon", "Budgie", "MATE", "XFCE"];
    let is_there = has_settings.iter().any(|name| desktop.contains(name));
    let arguments = ["list-recursively", "org.gnome.system.proxy"];
    match is_there.then(|| said("gsettings", &arguments)).flatten() {
        Some(text) => gsettings::find(&text),
        None => Ok(None),
    }
}

pub(super) fn macos(_: &Machine<'_>) -> Outcome {
    match said("scutil", &["--proxy"]) {
        Some(text) => scutil::find(&text),
        None => Ok(None),
    }
}

/// Returns what a program says. One that is missing or fails says nothing.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let purpose = "read the settings of proxies";
    let program = SearchPath::of_process().find(program, purpose).ok()?;
    let invocation = program.invocation(purpose).time_limit(TIME_LIMIT);
    let output = invocation
        .arguments(arguments.iter().copied())
        .capture()
        .ok()?;
    String::from_utf8(output.success().ok()?).ok()
}
