//! `perk iam`: IAM policies.

mod catalog;
mod catalogue;
mod validate;

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

pub(crate) use validate::{BaselineDocument, ReportFormat};

use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// Check IAM policies
#[derive(Debug, clap::Args)]
pub(crate) struct IamArgs {
    #[command(subcommand)]
    command: IamCommand,
}

#[derive(Debug, clap::Subcommand)]
enum IamCommand {
    Validate(validate::ValidateArgs),
    Catalog(catalog::CatalogArgs),
}

pub(crate) fn iam(
    arguments: &IamArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    match &arguments.command {
        IamCommand::Validate(arguments) => {
            validate::validate(arguments, surroundings, config, terminal)
        }
        IamCommand::Catalog(arguments) => catalog::catalog(arguments, surroundings, terminal),
    }
}
