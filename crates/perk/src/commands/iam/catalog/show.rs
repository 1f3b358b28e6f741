//! `perk iam catalog show`: everything about one name.

use perk_diag::{ExitCode, Hint};
use perk_iam_catalog::{Action, Catalog, ConditionKey, Service};
use perk_term::Terminal;

use super::catalogue;
use crate::command_error::CommandError;
use crate::render::iam::catalog::{self as render, ShowDocument};
use crate::settings::Surroundings;
use crate::words::Format;

/// Show an action, a service or a condition key
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk iam catalog show s3:GetObject
  perk iam catalog show s3
  perk iam catalog show aws:SourceIp")]
pub(super) struct ShowArgs {
    /// Name to show, in any case
    name: String,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn show(
    arguments: &ShowArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let cache = catalogue::read_cache(surroundings, terminal);
    let catalog = &catalogue::choose(cache.as_ref(), terminal).catalog;
    let name = &arguments.name;
    let Some(document) = find(catalog, name) else {
        terminal.error(format_args!("the catalog has nothing called `{name}`"));
        terminal.hint(match nearest(catalog, name) {
            Some(meant) => Hint::new(format!("did you mean `{meant}`?")),
            None => Hint::new("find names with `perk iam catalog search WORD`"),
        });
        return Ok(ExitCode::No);
    };
    match arguments.format {
        Format::Text => render::show_text(&document, terminal)?,
        Format::Json => terminal.json(&document)?,
    }
    Ok(ExitCode::Success)
}

fn find<'c>(catalog: &'c Catalog<'c>, name: &str) -> Option<ShowDocument<'c>> {
    if !name.contains(':') {
        return catalog.service(name).map(ShowDocument::of_service);
    }
    let action = catalog.action(name).map(ShowDocument::of_action);
    action.or_else(|| {
        let key = catalog.condition_key(name)?;
        Some(ShowDocument::of_condition_key(catalog, key))
    })
}

/// Returns the name that was probably meant by one that is not there.
fn nearest<'c>(catalog: &'c Catalog<'c>, name: &str) -> Option<String> {
    if let Some((prefix, rest)) = name.split_once(':') {
        return nearest_of_service(catalog, prefix, rest);
    }
    let mut services = catalog.services().iter();
    let action = services.find_map(|service| service.action(name));
    let meant = action.map(Action::full_name);
    meant.or_else(|| Some(nearest_service(catalog, name)?.prefix().to_owned()))
}

fn nearest_service<'c>(catalog: &'c Catalog<'c>, prefix: &str) -> Option<Service<'c>> {
    let services = catalog.services().iter();
    most_similar(
        prefix,
        services.map(|service| (service.prefix().to_owned(), service)),
    )
}

/// Returns the action or condition key that was meant, where the prefix may be mistyped, too.
fn nearest_of_service<'c>(catalog: &'c Catalog<'c>, prefix: &str, rest: &str) -> Option<String> {
    let service = catalog
        .service(prefix)
        .or_else(|| nearest_service(catalog, prefix));
    let prefix = service.map_or(prefix, Service::prefix);
    let actions = service
        .into_iter()
        .flat_map(Service::actions)
        .map(Action::full_name);
    let keys = service.into_iter().flat_map(Service::condition_keys);
    let keys = keys
        .chain(catalog.global_condition_keys())
        .map(|key| ConditionKey::name(key).to_owned());
    let names = actions.chain(keys).map(|name| (name.clone(), name));
    most_similar(&format!("{prefix}:{rest}"), names)
}

/// Returns the value whose name needs the fewest changes, at most one in three letters.
fn most_similar<T>(name: &str, known: impl Iterator<Item = (String, T)>) -> Option<T> {
    let name = name.to_lowercase();
    let limit = (name.len() / 3).max(usize::from(name.len() > 1));
    known
        .filter(|(known, _)| known.len().abs_diff(name.len()) <= limit)
        .map(|(known, value)| (changes(&name, &known), value))
        .filter(|(changes, _)| *changes <= limit)
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, value)| value)
}

fn changes(left: &str, right: &str) -> usize {
    strsim::damerau_levenshtein(left, &right.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(name: &str) -> Option<String> {
        nearest(Catalog::embedded(), name)
    }

    #[test]
    fn mistyped_names_find_what_was_meant() {
        assert_eq!(meant("s3:GetObjet").as_deref(), Some("s3:GetObject"));
        assert_eq!(meant("ss3:getobject").as_deref(), Some("s3:GetObject"));
        assert_eq!(meant("dynamdb").as_deref(), Some("dynamodb"));
        assert_eq!(meant("aws:SourcIp").as_deref(), Some("aws:SourceIp"));
        assert_eq!(meant("s3:x-amz-alc").as_deref(), Some("s3:x-amz-acl"));
        assert_eq!(meant("PassRole").as_deref(), Some("iam:PassRole"));
        assert_eq!(meant("quite:different"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant(":"), None);
    }

    #[test]
    fn names_are_found_in_any_case() {
        for name in [
            "S3",
            "S3:getobject",
            "AWS:sourceip",
            "aws:PrincipalTag/team",
        ] {
            assert!(find(Catalog::embedded(), name).is_some(), "{name}");
        }
        for name in ["", ":", "s3:", "s3:Get*", "GetObject"] {
            assert!(find(Catalog::embedded(), name).is_none(), "{name}");
        }
    }
}
