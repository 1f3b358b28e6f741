//! The commands: their arguments, and one function each that does what they say.

mod completions;
mod config;
mod docker_run;
mod iam;
mod scaffold;

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

pub(crate) use completions::CompletionsArgs;
pub(crate) use config::ConfigArgs;
pub(crate) use docker_run::{
    DockerRunArgs, Examination, NotAsked, Relayed, Shown, UsedPreset, is_probe, is_relay, probe,
    relay, with_words_apart,
};
pub(crate) use iam::{BaselineDocument, IamArgs, ReportFormat};
pub(crate) use scaffold::{
    CheckOutcome, CheckResult, CheckRun, CombinationRun, Found, HookState, LookedAt, Origin,
    Prepared, Repository, ScaffoldArgs,
};

use crate::cli::Command;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// Runs the command that was typed.
///
/// The configuration comes as a result, since some commands have to work without a valid one.
pub(crate) fn run(
    command: Command,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    match command {
        Command::Scaffold(arguments) => {
            scaffold::scaffold(&arguments, surroundings, config, terminal)
        }
        Command::Iam(arguments) => iam::iam(&arguments, surroundings, config, terminal),
        Command::DockerRun(arguments) => {
            docker_run::docker_run(&arguments, surroundings, config, terminal)
        }
        Command::Config(arguments) => config::config(&arguments, surroundings, config, terminal),
        Command::Completions(arguments) => completions::completions(&arguments, terminal),
    }
}
