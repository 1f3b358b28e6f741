//! `perk scaffold`: projects made from templates.

mod built_in;
mod check;
mod diff;
mod found;
mod list;
mod new;
mod places;
mod status;

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

pub(crate) use check::{CheckOutcome, CheckResult, CheckRun, CombinationRun};
pub(crate) use found::{Found, Origin};
pub(crate) use new::{HookState, Prepared, Repository};
pub(crate) use status::LookedAt;

use self::places::Places;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// Make projects from templates
#[derive(Debug, clap::Args)]
pub(crate) struct ScaffoldArgs {
    #[command(subcommand)]
    command: ScaffoldCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ScaffoldCommand {
    List(list::ListArgs),
    New(Box<new::NewArgs>),
    Status(status::StatusArgs),
    Diff(diff::DiffArgs),
    Check(check::CheckArgs),
}

pub(crate) fn scaffold(
    arguments: &ScaffoldArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    // A project must not be made, nor a company's templates missed, on a mistaken configuration.
    let places = Places::new(&config?, surroundings);
    match &arguments.command {
        ScaffoldCommand::List(arguments) => list::list(arguments, &places, terminal),
        ScaffoldCommand::New(arguments) => new::new(arguments, &places, surroundings, terminal),
        ScaffoldCommand::Status(arguments) => status::status(arguments, &places, terminal),
        ScaffoldCommand::Diff(arguments) => diff::diff(arguments, terminal),
        ScaffoldCommand::Check(arguments) => check::check(arguments, terminal),
    }
}
