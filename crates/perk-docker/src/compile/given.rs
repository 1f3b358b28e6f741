//! What the container would get without perk: by hand, from files, from the engine.

use std::collections::BTreeMap;

use crate::command_line::{GivenVariable, RunCommand};
use crate::engine::{Engine, passed_by_itself};
use crate::network_plan::Host;

/// A variable that the user set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ByHand {
    /// To a value, which is unknown if it is not text.
    Value { text: Option<String>, from: From },
    /// To nothing: it is named, and the environment does not have it.
    Removed,
}

/// Where the user set a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// By `-e`.
    Option,
    /// By `--env-file`.
    File,
}

/// What the container would get without perk.
pub(super) struct Given {
    /// What the user set, by name.
    pub(super) by_hand: BTreeMap<String, ByHand>,
    /// What the engine adds by itself.
    pub(super) passed: BTreeMap<String, String>,
    /// How it is kept from that.
    pub(super) stop: Stop,
}

/// How an engine is kept from adding a variable by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// By setting the variable to nothing.
    Emptying,
    /// By an option for all of them.
    Option,
    /// Not at all, since the user asked for them.
    Never,
}

impl Given {
    pub(super) fn of(command: &RunCommand, host: &Host) -> Self {
        let mut by_hand = BTreeMap::new();
        let in_files = host.environment_files.iter().flatten();
        for variable in in_files {
            // A name alone that the environment does not have is passed over in a file.
            for (name, value) in resolved(command.engine(), variable, &host.environment) {
                if value != ByHand::Removed {
                    by_hand.insert(name, from_file(value));
                }
            }
        }
        for variable in command.environment() {
            by_hand.extend(resolved(command.engine(), &variable, &host.environment));
        }
        Self {
            by_hand,
            passed: passed(command, host),
            stop: stop(command),
        }
    }
}

fn from_file(value: ByHand) -> ByHand {
    match value {
        ByHand::Value { text, .. } => ByHand::Value {
            text,
            from: From::File,
        },
        ByHand::Removed => ByHand::Removed,
    }
}

/// Returns what a variable is set to, and what it stands for if it is a pattern.
fn resolved(
    engine: Engine,
    variable: &GivenVariable,
    environment: &BTreeMap<String, String>,
) -> Vec<(String, ByHand)> {
    let by_option = |text: Option<String>| ByHand::Value {
        text,
        from: From::Option,
    };
    let name = &variable.name;
    if let Some(value) = &variable.value {
        let text = value.to_str().map(str::to_owned);
        return vec![(name.clone(), by_option(text))];
    }
    let prefix = name.strip_suffix('*').filter(|_| engine == Engine::Podman);
    if let Some(prefix) = prefix {
        let matching = environment
            .iter()
            .filter(|(name, _)| name.starts_with(prefix));
        return matching
            .map(|(name, value)| (name.clone(), by_option(Some(value.clone()))))
            .collect();
    }
    let value = match environment.get(name) {
        Some(value) => by_option(Some(value.clone())),
        None => ByHand::Removed,
    };
    vec![(name.clone(), value)]
}

fn stop(command: &RunCommand) -> Stop {
    match command.engine() {
        Engine::Docker | Engine::Nerdctl => Stop::Emptying,
        Engine::Podman if command.flag("http-proxy") == Some(true) => Stop::Never,
        Engine::Podman if command.flag("env-host") == Some(true) => Stop::Emptying,
        Engine::Podman => Stop::Option,
    }
}

fn passed(command: &RunCommand, host: &Host) -> BTreeMap<String, String> {
    if command.flag("env-host") == Some(true) {
        return host.environment.clone();
    }
    // The option is podman's alone.
    if command.flag("http-proxy") == Some(false) {
        return BTreeMap::new();
    }
    passed_by_itself(command.engine(), &host.docker_proxies, &host.environment)
}
