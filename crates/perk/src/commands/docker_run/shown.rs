//! From what was asked for to the command with all that it needs.

use perk_config::DockerRunSettings;
use perk_docker::command_line::RunCommand;
use perk_docker::compile::Compiled;
use perk_docker::{Host, NetworkPlan};
use perk_network::SourceFault;

use super::arguments::{DockerRunArgs, RunFormat};
use super::certificates::{self, CertificateFiles, Wanted};
use super::command::command;
use super::engine::{self, Known, Need};
use super::error::DockerRunError;
use super::machine::Machine;
use super::plan::{self, Origins, Planned};
use super::preset::UsedPreset;
use super::relay::{self, Circumstances, Relays};
use super::source::{Asked, DockerClient, Looked, docker_client, look};
use super::{by_hand, host, secrets};
use crate::command_error::CommandError;
use crate::render::docker_run as render;

/// A command with all that is known about it.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The words of the user, behind those of a preset.
    pub(crate) command: RunCommand,
    /// The preset, if there is one.
    pub(crate) preset: Option<UsedPreset>,
    /// What became of them.
    pub(crate) compiled: Compiled,
    /// Where the settings are from.
    pub(crate) looked: Looked,
    /// Where the value of each variable is from.
    pub(crate) origins: Origins,
    /// What the engine said when it was asked.
    pub(crate) known: Known,
    /// What the user should know.
    pub(crate) warnings: Vec<String>,
    /// What the user may want to know.
    pub(crate) details: Vec<String>,
    /// Where it is run, with what the engine said.
    pub(super) host: Host,
    pub(super) relays: Relays,
    pub(super) plan: NetworkPlan,
    pub(super) certificates: Option<CertificateFiles>,
}

impl Shown {
    /// Finds out what the command needs, and joins it with the words of the user.
    pub(super) fn new(
        arguments: &DockerRunArgs,
        settings: &DockerRunSettings,
        machine: &Machine<'_>,
    ) -> Result<Self, CommandError> {
        let docker = docker_client(machine);
        let (command, preset) = command(arguments, settings, &docker, machine)?;
        let host = host::host(&command, &docker, machine)?;
        let looked = look(machine, &Asked::new(arguments, settings), &docker)?;
        refuse_faulty(&looked)?;
        let request = Request {
            arguments,
            settings,
            command: &command,
            docker: &docker,
            machine,
        };
        let mut known = request.ask(request.need(&looked));
        let host = known.applied_to(host);
        let relays = request.relays(&looked, &host, &known)?;
        let mut planned = plan::network(&looked, &command, &host, &known, &relays, machine);
        let certificates = request.certificates(&mut planned)?;
        if looked.choice.winner.is_none() && certificates.is_some() {
            known = request.ask(Need {
                image: request.has_image(),
                ..Need::default()
            });
        }
        let host = known.applied_to(host);
        let Planned {
            plan,
            origins,
            details,
        } = planned;
        let compiled =
            secrets::compiled(arguments, &command, &plan, &host, machine.surroundings())?;
        let warnings = request.warnings(&compiled, &looked, &host);
        Ok(Self {
            command,
            preset,
            compiled,
            looked,
            origins,
            known,
            warnings,
            details,
            host,
            relays,
            plan,
            certificates,
        })
    }

    /// Writes what the words speak of.
    pub(super) fn write_files(&self) -> Result<(), DockerRunError> {
        if let Some(files) = &self.certificates {
            files.write()?;
        }
        self.preset.iter().try_for_each(UsedPreset::make_folders)
    }
}

/// Fails if a place would settle the proxy and cannot be read.
fn refuse_faulty(looked: &Looked) -> Result<(), CommandError> {
    let Some((source_kind, fault)) = looked.choice.fault_before_winner() else {
        return Ok(());
    };
    Err(match fault.clone() {
        // It names the variable or the line itself.
        fault @ SourceFault::Url { .. } => fault.into(),
        fault => DockerRunError::Source { source_kind, fault }.into(),
    })
}

/// A command, and what was asked for it.
struct Request<'a> {
    arguments: &'a DockerRunArgs,
    settings: &'a DockerRunSettings,
    command: &'a RunCommand,
    docker: &'a DockerClient,
    machine: &'a Machine<'a>,
}

impl Request<'_> {
    /// Returns what the engine has to be asked because of proxies.
    fn need(&self, looked: &Looked) -> Need {
        let Some((_, found)) = &looked.choice.winner else {
            return Need::default();
        };
        let is_run = matches!(self.arguments.format, RunFormat::Text | RunFormat::Json);
        let uses_proxies = is_run && !found.settings.no_proxy.is_everything();
        let mut proxies = found.settings.proxies();
        Need {
            image: self.has_image(),
            networks: uses_proxies,
            version: uses_proxies && proxies.any(|(_, proxy)| proxy.host.is_loopback()),
        }
    }

    /// Tells whether an image is run, and not built or only thought of.
    fn has_image(&self) -> bool {
        self.arguments.format != RunFormat::BuildArgs && !self.arguments.words.is_empty()
    }

    fn ask(&self, need: Need) -> Known {
        engine::ask(self.command, need, self.docker, self.machine)
    }

    fn relays(
        &self,
        looked: &Looked,
        host: &Host,
        known: &Known,
    ) -> Result<Relays, DockerRunError> {
        let Some((_, found)) = &looked.choice.winner else {
            return Ok(Relays::default());
        };
        let configured = self.settings.relay.as_ref().map(|relay| relay.value);
        let circumstances = Circumstances {
            when: self.arguments.relay.or(configured).unwrap_or_default(),
            is_run: self.arguments.exec,
            command: self.command,
            host,
            known,
            docker: self.docker,
            machine: self.machine,
        };
        relay::prepare(&found.settings, circumstances)
    }

    /// Adds the certificates that are wanted to the plan.
    fn certificates(
        &self,
        planned: &mut Planned,
    ) -> Result<Option<CertificateFiles>, DockerRunError> {
        match Wanted::new(self.arguments, self.settings) {
            Some(wanted) => certificates::add(&wanted, self.machine, planned),
            None => Ok(None),
        }
    }

    /// Returns what the user should know about the command.
    fn warnings(&self, compiled: &Compiled, looked: &Looked, host: &Host) -> Vec<String> {
        let mut warnings: Vec<String> = compiled.warnings.iter().map(ToString::to_string).collect();
        warnings.extend(by_hand::warnings(self.command, host));
        warnings.extend(self.docker.fault().map(ToString::to_string));
        warnings.extend(looked.script_fault.clone());
        let missing = if self.arguments.writes_command() {
            secrets::missing(compiled, host)
        } else {
            secrets::only_named(compiled)
        };
        if !missing.is_empty() && !self.arguments.exec {
            warnings.push(render::missing_variables(&missing));
        }
        warnings
    }
}
