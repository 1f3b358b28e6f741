//! `perk docker-run`: a command for an engine with what its network needs.

mod arguments;
mod by_hand;
mod certificates;
mod command;
mod doctor;
mod engine;
mod error;
mod exec;
mod explain;
mod forecast;
mod hex;
mod host;
mod kept;
mod listeners;
mod loopback;
mod machine;
mod plan;
mod preset;
mod relay;
mod secrets;
mod shown;
mod source;
mod words;
mod write;

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

pub(crate) use arguments::DockerRunArgs;
pub(crate) use doctor::{Examination, is_probe, probe};
pub(crate) use preset::UsedPreset;
pub(crate) use relay::{Relayed, is_relay, relay};
pub(crate) use shown::Shown;
pub(crate) use source::NotAsked;
pub(crate) use words::with_words_apart;

use self::arguments::RunFormat;
use self::error::DockerRunError;
use self::machine::Machine;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

pub(crate) fn docker_run(
    arguments: &DockerRunArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let settings = config?.docker_run;
    check(arguments)?;
    let machine = Machine::new(surroundings);
    let shown = Shown::new(arguments, &settings, &machine)?;
    if arguments.doctor {
        let case = doctor::Case {
            arguments,
            settings: &settings,
            shown: &shown,
            machine: &machine,
        };
        return doctor::doctor(&case, terminal);
    }
    if arguments.explain {
        explain::explain(arguments, &shown, terminal)?;
    } else if arguments.exec {
        return Err(exec::exec(shown, terminal));
    } else {
        write::write(arguments, &shown, &machine, terminal)?;
    }
    Ok(ExitCode::Success)
}

/// Finds what clap cannot: flags that do not go together.
fn check(arguments: &DockerRunArgs) -> Result<(), DockerRunError> {
    let is_said = matches!(arguments.format, RunFormat::Text | RunFormat::Json);
    match (arguments.explain, arguments.doctor) {
        (true, _) if !is_said => Err(DockerRunError::ExplainFormat("--explain")),
        (_, true) if !is_said => Err(DockerRunError::ExplainFormat("--doctor")),
        (false, false) if arguments.program.is_some() => Err(DockerRunError::ProgramAlone),
        _ => Ok(()),
    }
}
