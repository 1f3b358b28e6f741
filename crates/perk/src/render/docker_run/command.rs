//! A command as a JSON document.

use perk_docker::RenderFault;
use perk_docker::compile::{Setting, SettingReason, Word};
use perk_network::MASK;
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::Shown;
use crate::render::SCHEMA_VERSION;

/// A command for an engine, and what was added to it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CommandDocument<'s> {
    /// Version of this document's form.
    schema_version: u32,
    /// The words of the command, the program first.
    argv: Vec<&'s str>,
    /// The variables that were added.
    environment: Vec<VariableEntry<'s>>,
    /// The files that were added.
    mounts: Vec<MountEntry<'s>>,
    /// The names for addresses that were added.
    add_hosts: Vec<HostEntry<'s>>,
    /// The file of variables that the command names, if there is one.
    secret_file: Option<&'s str>,
    /// What one should know about the command.
    warnings: &'s [String],
}

/// A variable of the container.
#[derive(Debug, Serialize, JsonSchema)]
struct VariableEntry<'s> {
    /// The name.
    name: &'s str,
    /// The value; `***` in place of one with a password, unless it was asked for.
    value: &'s str,
    /// Whether the value has a password in it.
    is_secret: bool,
    /// Where the value is from.
    source: String,
}

/// A file of the host in the container.
#[derive(Debug, Serialize, JsonSchema)]
struct MountEntry<'s> {
    /// The path on the host.
    source: &'s str,
    /// The path in the container.
    target: &'s str,
    /// Whether the container may only read it.
    is_read_only: bool,
}

/// A name for an address.
#[derive(Debug, Serialize, JsonSchema)]
struct HostEntry<'s> {
    /// The name.
    name: &'s str,
    /// The address, or `host-gateway`.
    address: &'s str,
}

impl<'s> CommandDocument<'s> {
    pub(crate) fn new(shown: &'s Shown, shows_secrets: bool) -> Result<Self, RenderFault> {
        let compiled = &shown.compiled;
        let argv = compiled.argv.iter().map(text);
        let variables = compiled.environment.iter();
        let mounts = compiled.mounts.iter().map(|mount| MountEntry {
            source: &mount.source,
            target: &mount.target,
            is_read_only: mount.is_read_only,
        });
        let hosts = compiled.add_hosts.iter().map(|host| HostEntry {
            name: &host.name,
            address: &host.address,
        });
        Ok(Self {
            schema_version: SCHEMA_VERSION,
            argv: argv.collect::<Result<_, _>>()?,
            environment: variables
                .map(|setting| VariableEntry::new(setting, shown, shows_secrets))
                .collect(),
            mounts: mounts.collect(),
            add_hosts: hosts.collect(),
            secret_file: compiled.secret_file.as_ref().map(|file| file.path.as_str()),
            warnings: &shown.warnings,
        })
    }
}

fn text(word: &Word) -> Result<&str, RenderFault> {
    word.text.to_str().ok_or_else(|| RenderFault::NotText {
        word: word.text.clone(),
    })
}

impl<'s> VariableEntry<'s> {
    fn new(setting: &'s Setting, shown: &Shown, shows_secrets: bool) -> Self {
        let is_hidden = setting.is_secret && !shows_secrets;
        Self {
            name: &setting.name,
            value: if is_hidden { MASK } else { &setting.value },
            is_secret: setting.is_secret,
            source: source(setting, shown),
        }
    }
}

/// Returns where the value of a variable is from, in words.
pub(super) fn source(setting: &Setting, shown: &Shown) -> String {
    let planned = || {
        shown
            .origins
            .get(&setting.name)
            .cloned()
            .unwrap_or_default()
    };
    match &setting.reason {
        SettingReason::Network => planned(),
        SettingReason::Joined => format!("your own value or that of the image, and {}", planned()),
        SettingReason::SameAs(name) => format!("the same as `{name}`, which you set"),
        SettingReason::FromFile => "your file of variables".to_owned(),
        SettingReason::Emptied => "emptied, as the engine's own value does not belong".to_owned(),
    }
}
