//! How values with passwords get from perk to the engine.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;

use camino::{Utf8Path, Utf8PathBuf};
use perk_docker::command_line::RunCommand;
use perk_docker::compile::{Compiled, SecretFile, Secrets, Setting, Transport, compile};
use perk_docker::{Host, NetworkPlan};
use perk_network::ProxyUrl;

use super::arguments::{DockerRunArgs, SecretsWay};
use super::error::DockerRunError;
use super::kept;
use crate::settings::Surroundings;

/// Joins the command with the plan, in the way that was asked for: by name only if the environment
/// has the values, unless that was wanted.
pub(super) fn compiled(
    arguments: &DockerRunArgs,
    command: &RunCommand,
    plan: &NetworkPlan,
    host: &Host,
    surroundings: &Surroundings,
) -> Result<Compiled, DockerRunError> {
    if arguments.show_secrets {
        return Ok(compile(command, plan, host, &Secrets::Shown));
    }
    let by_name = compile(command, plan, host, &Secrets::ByName);
    // Other forms than a command have no place for the name of a file.
    if arguments.exec || !arguments.writes_command() {
        return Ok(by_name);
    }
    let in_file = |path: Utf8PathBuf| {
        let secrets = Secrets::File(path.into_string());
        compile(command, plan, host, &secrets)
    };
    let folder = kept::folder(surroundings);
    let path = folder.map(|folder| folder.join(file_name(&in_file(Utf8PathBuf::new()))));
    match (arguments.secrets, path) {
        (Some(SecretsWay::File), Some(path)) => Ok(in_file(path)),
        (Some(SecretsWay::File), None) => Err(DockerRunError::NoFolder),
        (None, Some(path)) if !missing(&by_name, host).is_empty() => Ok(in_file(path)),
        (Some(SecretsWay::Env) | None, _) => Ok(by_name),
    }
}

/// Returns the variables that a file for another tool only names.
pub(super) fn only_named(compiled: &Compiled) -> Vec<&str> {
    let settings = compiled.environment.iter();
    let named = settings.filter(|setting| setting.transport != Transport::Inline);
    named.map(|setting| setting.name.as_str()).collect()
}

/// Returns the variables that the command only names and the environment does not have.
pub(super) fn missing<'c>(compiled: &'c Compiled, host: &Host) -> Vec<&'c str> {
    let is_there = |name: &str, value: &str| {
        let known = host.environment.get(name);
        known.is_some_and(|known| known == value)
    };
    let named = compiled.client_environment();
    named
        .filter(|(name, value)| !is_there(name, value))
        .map(|(name, _)| name)
        .collect()
}

/// Commands with the same variables in their files, for the same users, share a file: with a new
/// password, those that were written before go on to work. Its name is made of what is no secret.
fn file_name(compiled: &Compiled) -> String {
    let settings = compiled.environment.iter();
    let in_file = settings.filter(|setting| setting.transport == Transport::File);
    let shown = in_file.map(|Setting { name, value, .. }| {
        let Ok((proxy, _)) = ProxyUrl::parse(value) else {
            return format!("{name}\n");
        };
        let user = proxy.credentials.as_ref().map(|known| known.to_bytes().0);
        let user = user.unwrap_or_default();
        format!("{name}={proxy} {}\n", String::from_utf8_lossy(&user))
    });
    let name = kept::name_of([shown.collect::<String>().as_bytes()]);
    format!("{name}.env")
}

/// Writes the file of variables that a command names, for its owner alone.
pub(super) fn write(file: &SecretFile) -> Result<(), DockerRunError> {
    let path = Utf8Path::new(&file.path);
    let folder = path.parent().unwrap_or(path);
    kept::make(folder)?;
    let known = perk_fs::read_text(path, perk_fs::DEFAULT_LIMIT);
    if known.is_ok_and(|known| known == file.text) && kept::is_there(path) {
        return Ok(());
    }
    kept::remove_unused(folder);
    // The file that replaces an empty one keeps its mode.
    let mut options = OpenOptions::new();
    let opened = options.create(true).append(true).mode(0o600).open(path);
    opened.map_err(|source| DockerRunError::Folder {
        path: path.to_owned(),
        source,
    })?;
    perk_fs::write_atomic(path, file.text.as_bytes()).map_err(DockerRunError::Write)
}
