//! `perk iam catalog`: what perk knows about AWS, and how old that is.

mod refresh;
mod search;
mod show;

use perk_diag::ExitCode;
use perk_term::Terminal;

use super::catalogue;
use crate::command_error::CommandError;
use crate::render::iam::catalog::{self as render, InfoDocument};
use crate::settings::Surroundings;
use crate::words::Format;

/// Look up AWS's services, actions, resource types and condition keys
#[derive(Debug, clap::Args)]
pub(crate) struct CatalogArgs {
    #[command(subcommand)]
    command: CatalogCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CatalogCommand {
    Info(InfoArgs),
    Show(show::ShowArgs),
    Search(search::SearchArgs),
    Refresh(refresh::RefreshArgs),
}

/// Say which data the catalog holds, and of which day it is
#[derive(Debug, clap::Args)]
struct InfoArgs {
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn catalog(
    arguments: &CatalogArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    match &arguments.command {
        CatalogCommand::Info(arguments) => info(arguments, surroundings, terminal),
        CatalogCommand::Show(arguments) => show::show(arguments, surroundings, terminal),
        CatalogCommand::Search(arguments) => search::search(arguments, surroundings, terminal),
        CatalogCommand::Refresh(arguments) => refresh::refresh(arguments, surroundings, terminal),
    }
}

fn info(
    arguments: &InfoArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let cache = catalogue::read_cache(surroundings, terminal);
    let catalogue = catalogue::choose(cache.as_ref(), terminal);
    let today = surroundings.today();
    let document = InfoDocument::new(&catalogue.catalog, catalogue.cache, today);
    match arguments.format {
        Format::Text => render::info_text(&document, terminal)?,
        Format::Json => terminal.json(&document)?,
    }
    Ok(ExitCode::Success)
}
