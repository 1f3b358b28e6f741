//! Which engine it is, and what is known of the machine that it runs on.

use camino::Utf8PathBuf;
use perk_config::{Choice as _, EngineName};
use perk_docker::Host;
use perk_docker::command_line::{GivenVariable, RunCommand, parse_environment_file};
use perk_docker::engine::{Engine, Installation};
use perk_process::SearchPath;

use super::error::DockerRunError;
use super::machine::Machine;
use super::source::DockerClient;

/// A file of variables that is larger than this is some other file.
const LIMIT: u64 = 4 * 1024 * 1024;
/// A program that is larger than this is no script that calls another.
const SCRIPT_LIMIT: u64 = 4096;

/// Returns the engine of a name, or the first one that is installed; docker if there is none.
pub(super) fn engine(name: Option<EngineName>) -> Engine {
    if let Some(name) = name {
        return Engine::named(name.name()).unwrap_or(Engine::Docker);
    }
    let path = SearchPath::of_process();
    let program = |engine: &Engine| path.find(engine.name(), "run containers").ok();
    let installed = Engine::ALL
        .into_iter()
        .find_map(|engine| Some((engine, program(&engine)?)));
    match installed {
        Some((_, program)) if is_podman(program.path()) => Engine::Podman,
        Some((engine, _)) => engine,
        None => Engine::Docker,
    }
}

/// Tells whether a program is podman under another name: a link to it, or a script that calls it.
fn is_podman(path: &std::path::Path) -> bool {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.file_name().is_some_and(|name| name == "podman") {
        return true;
    }
    match perk_fs::read_bytes(&target, SCRIPT_LIMIT) {
        Ok(bytes) => bytes.starts_with(b"#!") && String::from_utf8_lossy(&bytes).contains("podman"),
        Err(_) => false,
    }
}

/// Describes the machine for a command.
pub(super) fn host(
    command: &RunCommand,
    docker: &DockerClient,
    machine: &Machine<'_>,
) -> Result<Host, DockerRunError> {
    let installation = Installation {
        is_desktop: docker.is_desktop && command.engine() == Engine::Docker,
        is_rootless: docker.is_rootless && command.engine() == Engine::Docker,
        ..Installation::of(command.engine())
    };
    let files = command.environment_files().into_iter();
    let files = files.map(|path| environment_file(&path));
    Ok(Host {
        environment: machine.environment().clone(),
        environment_files: files.collect::<Result<_, _>>()?,
        docker_proxies: docker.added(),
        ..Host::of(installation)
    })
}

fn environment_file(path: &std::path::Path) -> Result<Vec<GivenVariable>, DockerRunError> {
    let bytes = perk_fs::read_bytes(path, LIMIT).map_err(DockerRunError::EnvironmentFile)?;
    let text = String::from_utf8_lossy(&bytes);
    parse_environment_file(&text).map_err(|fault| DockerRunError::Variables {
        path: Utf8PathBuf::from(path.to_string_lossy().into_owned()),
        fault,
    })
}
