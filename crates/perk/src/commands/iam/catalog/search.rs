//! `perk iam catalog search`: names that hold some words.

use std::collections::BTreeMap;

use perk_diag::{ExitCode, Hint};
use perk_iam_catalog::{Catalog, ConditionKey, Service};
use perk_term::Terminal;

use super::catalogue;
use crate::command_error::CommandError;
use crate::render::iam::catalog::{self as render, SearchDocument};
use crate::settings::Surroundings;
use crate::words::Format;

/// Find services, actions, resource types and condition keys by words
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk iam catalog search passrole
  perk iam catalog search s3 object tagging --all")]
pub(super) struct SearchArgs {
    /// Words that a name has to hold, all of them, in any case
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// List all that is found, not only the first of each group; JSON always has all
    #[arg(long)]
    all: bool,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn search(
    arguments: &SearchArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let cache = catalogue::read_cache(surroundings, terminal);
    let catalog = &catalogue::choose(cache.as_ref(), terminal).catalog;
    let found = find(catalog, &arguments.words);
    match arguments.format {
        Format::Text => render::search_text(&found, arguments.all, terminal)?,
        Format::Json => terminal.json(&found)?,
    }
    if !found.is_empty() {
        return Ok(ExitCode::Success);
    }
    let words = arguments.words.join(" ");
    terminal.error(format_args!("no name in the catalog holds `{words}`"));
    if arguments.words.len() > 1 {
        terminal.hint(Hint::new(
            "all words have to be in one name; try one of them",
        ));
    }
    Ok(ExitCode::No)
}

fn find<'c>(catalog: &'c Catalog<'c>, words: &[String]) -> SearchDocument<'c> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let holds = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let services = catalog
        .services()
        .iter()
        .filter(|service| holds(&format!("{} {}", service.prefix(), service.name())));
    let actions = catalog
        .actions()
        .iter()
        .filter(|action| holds(&action.full_name()));
    let types = catalog
        .resource_types()
        .iter()
        .filter(|entry| holds(&format!("{} {}", entry.service().prefix(), entry.name())));
    let keys = keys(catalog).into_values().filter(|key| holds(key.name()));
    SearchDocument::new(services, actions, types, keys)
}

/// Returns every condition key once, by name: services declare global ones, too.
fn keys<'c>(catalog: &'c Catalog<'c>) -> BTreeMap<String, ConditionKey<'c>> {
    let of_services = catalog.services().iter().flat_map(Service::condition_keys);
    catalog
        .global_condition_keys()
        .iter()
        .chain(of_services)
        .map(|key| (key.name().to_lowercase(), key))
        .collect()
}
