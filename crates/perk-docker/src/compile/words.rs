//! The order of the words: the user's options, what is added, the image and its arguments.

use std::ffi::OsString;

use crate::command_line::{NetworkMode, RunCommand};
use crate::compile::compiled::{Compiled, SecretFile, Setting, SettingReason, Transport, Word};
use crate::compile::given::Given;
use crate::compile::{Warning, environment, hosts, mounts};
use crate::engine::Engine;
use crate::network_plan::{Host, NetworkPlan};

/// How secrets get into the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secrets {
    /// The words name them, and they are in the environment of the engine's client.
    ByName,
    /// They are in a file at the path, which the words name.
    File(String),
    /// They are in the words, for all to see.
    Shown,
}

/// Joins what the user wrote with what the network needs.
///
/// The words of the user come out unchanged and in order. What is added stands behind the options
/// and before the image, or before the `--` that ends the options.
pub fn compile(
    command: &RunCommand,
    plan: &NetworkPlan,
    host: &Host,
    secrets: &Secrets,
) -> Compiled {
    let engine = command.engine();
    let given = Given::of(command, host);
    let mut added = environment::added(engine, &given, plan, host);
    let mut warnings = general_warnings(command, plan, host);
    warnings.append(&mut added.warnings);
    for setting in &mut added.settings {
        setting.transport = transport(setting, engine, &given, secrets);
        warnings.extend(transport_warning(setting, engine, host, secrets));
    }
    let (mounts, mut mount_warnings) = mounts::added(command, &plan.mounts);
    warnings.append(&mut mount_warnings);
    let (add_hosts, mut host_warnings) = hosts::added(command, &host.installation, &plan.add_hosts);
    warnings.append(&mut host_warnings);
    let mut compiled = Compiled {
        argv: Vec::new(),
        secret_file: secret_file(&added.settings, secrets),
        environment: added.settings,
        mounts,
        add_hosts,
        warnings,
    };
    compiled.argv = argv(command, &compiled, &plan.labels, added.stops_passing);
    compiled
}

fn general_warnings(command: &RunCommand, plan: &NetworkPlan, host: &Host) -> Vec<Warning> {
    let engine = command.engine();
    let mut warnings: Vec<_> = plan
        .warnings
        .iter()
        .cloned()
        .map(Warning::Network)
        .collect();
    if command.network() == NetworkMode::None && !plan.variables.is_empty() {
        warnings.push(Warning::NoNetwork);
    }
    if let Some(version) = host.installation.version {
        let newer = command.newer_than(version).into_iter();
        warnings.extend(newer.map(|(option, since)| Warning::OptionTooNew {
            engine,
            option: option.to_owned(),
            since,
        }));
    }
    warnings
}

fn transport(setting: &Setting, engine: Engine, given: &Given, secrets: &Secrets) -> Transport {
    if !setting.is_secret || *secrets == Secrets::Shown {
        return Transport::Inline;
    }
    // Only to name it would take it away.
    let is_passed = given.passed.get(&setting.name) == Some(&setting.value);
    if is_passed && engine == Engine::Docker && setting.reason == SettingReason::Network {
        return Transport::ByEngine;
    }
    match secrets {
        Secrets::Shown => Transport::Inline,
        Secrets::ByName => Transport::ByName,
        // What the user or docker's configuration sets beats a file.
        Secrets::File(_) => {
            let is_beaten = given.by_hand.contains_key(&setting.name)
                || (engine == Engine::Docker && given.passed.contains_key(&setting.name));
            let fits = !setting.value.contains(['\n', '\r']);
            if is_beaten || !fits {
                Transport::ByName
            } else {
                Transport::File
            }
        }
    }
}

fn transport_warning(
    setting: &Setting,
    engine: Engine,
    host: &Host,
    secrets: &Secrets,
) -> Option<Warning> {
    if setting.transport != Transport::ByName {
        return None;
    }
    let name = setting.name.clone();
    if matches!(secrets, Secrets::File(_)) {
        return Some(Warning::NotInFile { name });
    }
    let is_there = host.environment.get(&name) == Some(&setting.value);
    if is_there || setting.reason == SettingReason::Joined {
        return None;
    }
    if engine != Engine::Docker {
        return Some(Warning::ClientReads { engine, name });
    }
    let daemon = host.environment.get("DOCKER_HOST");
    let is_remote = daemon.is_some_and(|address| address.starts_with("tcp://"));
    is_remote.then_some(Warning::ClientConnects { name })
}

fn secret_file(settings: &[Setting], secrets: &Secrets) -> Option<SecretFile> {
    let Secrets::File(path) = secrets else {
        return None;
    };
    let mut text = String::new();
    let is_in_file = |setting: &&Setting| setting.transport == Transport::File;
    for Setting { name, value, .. } in settings.iter().filter(is_in_file) {
        text.extend([name, "=", value, "\n"]);
    }
    (!text.is_empty()).then(|| SecretFile {
        path: path.clone(),
        text,
    })
}

fn argv(
    command: &RunCommand,
    compiled: &Compiled,
    labels: &[String],
    stops_passing: bool,
) -> Vec<Word> {
    let theirs = |text: &OsString| Word {
        text: text.clone(),
        is_added: false,
        is_secret: false,
    };
    let mut words = vec![ours(command.engine().name()), ours("run")];
    words.extend(command.option_words().iter().map(theirs));
    for setting in &compiled.environment {
        words.extend(environment_words(setting));
    }
    if let Some(file) = &compiled.secret_file {
        words.extend([ours("--env-file"), ours(file.path.as_str())]);
    }
    for mount in &compiled.mounts {
        words.extend(mounts::mount_words(command.engine(), mount).map(ours));
    }
    for host in &compiled.add_hosts {
        let value = format!("{}:{}", host.name, host.address);
        words.extend([ours("--add-host"), ours(value)]);
    }
    for label in labels {
        words.extend([ours("--label"), ours(label.as_str())]);
    }
    if stops_passing {
        words.push(ours("--http-proxy=false"));
    }
    words.extend(command.words_behind_options().iter().map(theirs));
    words
}

fn environment_words(setting: &Setting) -> Vec<Word> {
    let Setting { name, value, .. } = setting;
    match setting.transport {
        Transport::File | Transport::ByEngine => Vec::new(),
        Transport::ByName => vec![ours("-e"), ours(name.as_str())],
        Transport::Inline => {
            let assignment = Word {
                is_secret: setting.is_secret,
                ..ours(format!("{name}={value}"))
            };
            vec![ours("-e"), assignment]
        }
    }
}

fn ours(text: impl Into<OsString>) -> Word {
    Word {
        text: text.into(),
        is_added: true,
        is_secret: false,
    }
}
