//! The commands: their arguments, and one function each that does what they say.

mod completions;
mod config;

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

pub(crate) use completions::CompletionsArgs;
pub(crate) use config::ConfigArgs;

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
        Command::Config(arguments) => config::config(&arguments, surroundings, config, terminal),
        Command::Completions(arguments) => completions::completions(&arguments, terminal),
    }
}
