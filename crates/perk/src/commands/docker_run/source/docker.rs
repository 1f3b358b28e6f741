//! What docker's own client adds to containers, and which daemon it talks to.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use perk_docker::compile::PROXY_VARIABLES;
use perk_network::source::{docker_config, docker_context};
use perk_network::{About, Field, Found, SourceFault};

use super::super::machine::{Machine, TextFile};
use super::Outcome;

/// The configuration of docker's client.
#[derive(Debug)]
pub(crate) struct DockerClient {
    /// What it says about proxies for the daemon in use.
    pub(super) found: Outcome,
    /// Whether the daemon is one of Docker Desktop.
    pub(crate) is_desktop: bool,
    /// The address of the daemon, if it is known.
    pub(crate) daemon: Option<String>,
    /// Whether the daemon runs as an ordinary user, as its address shows.
    pub(crate) is_rootless: bool,
    /// Whether the daemon is spoken to over TLS.
    pub(crate) uses_tls: bool,
}

impl DockerClient {
    /// Returns the variables that the client adds to each container, under both spellings.
    pub(crate) fn added(&self) -> BTreeMap<String, String> {
        let Ok(Some(found)) = &self.found else {
            return BTreeMap::new();
        };
        // What perk puts right is not what docker adds.
        let is_exact = !found
            .remarks
            .iter()
            .any(|remark| matches!(remark.about, About::Proxy(_)));
        let values = Field::ALL.into_iter().filter_map(|field| {
            let (lower, upper) = PROXY_VARIABLES
                .into_iter()
                .find(|(lower, _)| *lower == field.variable())?;
            let value = value(found, field)?;
            let value = if is_exact { value } else { String::new() };
            Some([(lower, value.clone()), (upper, value)])
        });
        let values = values.flatten();
        values
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// Returns why the configuration cannot be read, if it cannot.
    pub(crate) fn fault(&self) -> Option<&SourceFault> {
        self.found.as_ref().err()
    }
}

fn value(found: &Found, field: Field) -> Option<String> {
    if field == Field::NoProxy {
        let list = &found.settings.no_proxy;
        return (!list.is_empty()).then(|| list.to_variable().0);
    }
    let proxy = found.settings.proxy(field)?;
    Some(proxy.to_text().reveal().to_owned())
}

/// Reads the configuration of docker's client.
pub(crate) fn docker_client(machine: &Machine<'_>) -> DockerClient {
    let config = folder(machine).and_then(|folder| machine.read(folder.join("config.json")));
    let context = docker_context::name(
        machine.variable("DOCKER_HOST"),
        machine.variable("DOCKER_CONTEXT"),
        config.as_ref().and_then(pair),
    );
    let is_desktop = cfg!(target_os = "macos")
        || matches!(&context, Ok(Some(name)) if name.starts_with("desktop-"));
    let uses_tls = uses_tls(machine, context.as_ref().ok().and_then(Option::as_deref));
    let daemon = context.and_then(|context| daemon(machine, context.as_deref()));
    let found = match (&config, &daemon) {
        (_, Err(fault)) => Err(fault.clone()),
        (None, Ok(_)) => Ok(None),
        (Some(file), Ok(daemon)) => docker_config::find(file.path.as_str(), &file.text, daemon),
    };
    let address = daemon.ok();
    let is_below = |folder| address.as_deref().is_some_and(|path| path.contains(folder));
    DockerClient {
        found,
        is_desktop: is_desktop || is_below("/.docker/desktop/"),
        is_rootless: is_below("/run/user/"),
        daemon: address,
        uses_tls,
    }
}

/// Tells whether there are keys for TLS: those of a context are in a folder of its own.
fn uses_tls(machine: &Machine<'_>, context: Option<&str>) -> bool {
    let Some(context) = context else {
        let names = ["DOCKER_TLS", "DOCKER_TLS_VERIFY"];
        return names.iter().any(|name| machine.variable(name).is_some());
    };
    let path = folder(machine).map(|folder| folder.join(docker_context::tls_path(context)));
    path.is_some_and(|path| path.is_dir())
}

/// A file that is empty says nothing.
fn pair(file: &TextFile) -> Option<(&str, &str)> {
    let is_empty = file.text.trim().is_empty();
    (!is_empty).then_some((file.path.as_str(), file.text.as_str()))
}

fn folder(machine: &Machine<'_>) -> Option<Utf8PathBuf> {
    match machine.variable("DOCKER_CONFIG") {
        Some(folder) => Some(folder.into()),
        None => machine.home(".docker"),
    }
}

fn daemon(machine: &Machine<'_>, context: Option<&str>) -> Result<String, SourceFault> {
    let usual = || docker_context::DEFAULT_DAEMON.to_owned();
    let Some(context) = context else {
        let given = machine.variable("DOCKER_HOST").map(str::to_owned);
        return Ok(given.unwrap_or_else(usual));
    };
    let path = folder(machine).map(|folder| folder.join(docker_context::metadata_path(context)));
    let Some(file) = path.and_then(|path| machine.read(path)) else {
        return Ok(usual());
    };
    let address = docker_context::daemon(file.path.as_str(), &file.text)?;
    Ok(address.unwrap_or_else(usual))
}
