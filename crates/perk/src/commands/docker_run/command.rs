//! The words of the user as a command, behind those of a preset.

use std::ffi::OsString;

use clap::Args as _;
use perk_config::DockerRunSettings;
use perk_docker::CommandFault;
use perk_docker::command_line::{RunCommand, parse};

use super::arguments::DockerRunArgs;
use super::error::DockerRunError;
use super::host;
use super::machine::Machine;
use super::preset::{self, UsedPreset};
use super::source::DockerClient;
use crate::command_error::CommandError;

/// Reads the words of the user, with those of a preset before them. An explanation of the network
/// alone needs no image.
pub(super) fn command(
    arguments: &DockerRunArgs,
    settings: &DockerRunSettings,
    docker: &DockerClient,
    machine: &Machine<'_>,
) -> Result<(RunCommand, Option<UsedPreset>), CommandError> {
    let configured = settings.engine.as_ref().map(|engine| engine.value);
    let engine = host::engine(arguments.engine.or(configured));
    let no_image = [OsString::from("IMAGE")];
    let preset = arguments.preset.as_ref();
    let preset = preset.and_then(|name| settings.presets.get(name));
    let has_image = preset.is_some_and(|preset| preset.image.is_some());
    let words = match &arguments.words[..] {
        [] if (arguments.explain || arguments.doctor) && !has_image => &no_image,
        words => words,
    };
    let extra = &arguments.allow_unknown;
    let Some(name) = &arguments.preset else {
        let command = parse(words, engine, extra).map_err(command_error)?;
        return Ok((command, None));
    };
    let using = preset::Using {
        engine,
        extra,
        is_rootless: docker.is_rootless,
        machine,
    };
    let (words, used) = preset::with_preset(name, settings, words, &using)?;
    let command = parse(&words, engine, extra).map_err(command_error)?;
    Ok((command, Some(used)))
}

fn command_error(fault: CommandFault) -> CommandError {
    match fault {
        CommandFault::UnknownOption { engine, option, .. } if is_own_option(&option) => {
            DockerRunError::OptionOfPerk { option, engine }.into()
        }
        fault => fault.into(),
    }
}

/// Tells whether perk itself has an option, given with its dashes.
fn is_own_option(option: &str) -> bool {
    let own = DockerRunArgs::augment_args(clap::Command::new("docker-run"));
    let name = option.trim_start_matches('-');
    own.get_arguments().any(|own| own.get_long() == Some(name))
}
