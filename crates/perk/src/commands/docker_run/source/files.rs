//! Settings in files of the machine and of other programs.

use camino::Utf8Path;
use perk_network::source::{apt as apt_conf, daemon_json as daemon, systemd_drop_in};

use super::super::machine::{Machine, TextFile, pairs};
use super::Outcome;

/// Where systemd has what is added to the docker service, weakest first.
const DROP_INS: [&str; 3] = [
    "/usr/lib/systemd/system/docker.service.d",
    "/run/systemd/system/docker.service.d",
    "/etc/systemd/system/docker.service.d",
];

pub(super) fn daemon_json(machine: &Machine<'_>) -> Outcome {
    let system = machine.read(machine.system("/etc/docker/daemon.json"));
    // A daemon of the user alone has its own.
    let of_user = || machine.read(machine.config("docker/daemon.json")?);
    match system.or_else(of_user) {
        Some(file) if !file.text.trim().is_empty() => daemon::find(file.path.as_str(), &file.text),
        _ => Ok(None),
    }
}

pub(super) fn systemd(machine: &Machine<'_>) -> Outcome {
    let of_user = machine.config("systemd/user/docker.service.d");
    let folders = DROP_INS.iter().map(|folder| machine.system(folder));
    let mut files: Vec<TextFile> = folders
        .chain(of_user)
        .flat_map(|folder| machine.read_folder(&folder, &|path| path.extension() == Some("conf")))
        .collect();
    // Systemd reads all folders as one, by the names of the files.
    files.sort_by(|left, right| left.path.file_name().cmp(&right.path.file_name()));
    systemd_drop_in::find(&pairs(&files))
}

pub(super) fn etc_environment(machine: &Machine<'_>) -> Outcome {
    match machine.read(machine.system("/etc/environment")) {
        Some(file) => perk_network::source::etc_environment::find(file.path.as_str(), &file.text),
        None => Ok(None),
    }
}

pub(super) fn apt(machine: &Machine<'_>) -> Outcome {
    let folder = machine.system("/etc/apt/apt.conf.d");
    let is_wanted = |path: &Utf8Path| matches!(path.extension(), None | Some("conf"));
    let mut files = machine.read_folder(&folder, &is_wanted);
    files.extend(machine.read(machine.system("/etc/apt/apt.conf")));
    apt_conf::find(&pairs(&files))
}
