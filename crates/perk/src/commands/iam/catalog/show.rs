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
    let prefixes = catalog.services().iter().map(Service::prefix);
    catalog.service(perk_diag::nearest(prefix, prefixes)?)
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
    let names: Vec<String> = actions.chain(keys).collect();
    let meant = perk_diag::nearest(
        &format!("{prefix}:{rest}"),
        names.iter().map(String::as_str),
    );
    meant.map(str::to_owned)
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
