//! Turns the unpacked package into a [`Source`].

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::{global_keys, partitions, schema};
use crate::access_level::AccessLevel;
use crate::date::Date;
use crate::error::ReadError;
use crate::federation;
use crate::source::{
    Action, ActionResource, ConditionKey, KeyPrefix, ResourceType, Service, Source,
};
use crate::source_file::read_json;
use crate::value_type::ValueType;

/// Reads the unpacked npm package, with the partitions from botocore's `partitions.json`.
pub fn read(package: &Path, partitions: &Path) -> Result<Source, ReadError> {
    let manifest = package.join("package.json");
    let info: schema::Package = read_json(&manifest)?;
    let date = Date::parse(&info.updated_at)
        .ok_or_else(|| unknown_word(&manifest, "date", &info.updated_at))?;
    let folder = package.join("data");
    let names: BTreeMap<String, String> = read_json(&folder.join("serviceNames.json"))?;
    let with_rcp: HashSet<String> = read_json(&folder.join("rcpSupportedServices.json"))?;
    let prefixes: Vec<String> = read_json(&folder.join("services.json"))?;
    let key_prefixes = key_prefixes(&folder)?;
    let services = prefixes.into_iter().map(|prefix| {
        let name = names
            .get(&prefix)
            .cloned()
            .unwrap_or_else(|| prefix.clone());
        let mut service = Service {
            name,
            supports_rcp: with_rcp.contains(&prefix),
            actions: table(&folder, "actions", &prefix, action)?,
            resource_types: table(&folder, "resourceTypes", &prefix, |_, entry| {
                Ok(resource_type(entry))
            })?,
            condition_keys: table(&folder, "conditionKeys", &prefix, condition_key)?,
            prefix,
        };
        federation::add_standard_claims(&mut service, &key_prefixes);
        Ok(service)
    });
    Ok(Source {
        version: info.version,
        date,
        services: services.collect::<Result<_, _>>()?,
        global_condition_keys: global_keys::global_condition_keys(),
        key_prefixes,
        partitions: partitions::read(partitions)?,
    })
}

fn key_prefixes(folder: &Path) -> Result<Vec<KeyPrefix>, ReadError> {
    let owners: schema::UnassociatedConditions =
        read_json(&folder.join("unassociatedConditions.json"))?;
    let entries = owners.into_iter().flat_map(|(prefix, services)| {
        services.into_iter().map(move |service| KeyPrefix {
            prefix: prefix.clone(),
            service,
        })
    });
    Ok(entries.collect())
}

/// Reads a service's file of one kind: an object whose values are the entries.
fn table<S: serde::de::DeserializeOwned, E>(
    folder: &Path,
    kind: &str,
    prefix: &str,
    entry: impl Fn(&Path, S) -> Result<E, ReadError>,
) -> Result<Vec<E>, ReadError> {
    let path = folder.join(kind).join(format!("{prefix}.json"));
    let entries: BTreeMap<String, S> = read_json(&path)?;
    entries
        .into_values()
        .map(|schema| entry(&path, schema))
        .collect()
}

fn action(path: &Path, schema: schema::Action) -> Result<Action, ReadError> {
    Ok(Action {
        access_level: access_level(&schema.access_level)
            .ok_or_else(|| unknown_word(path, "access level", &schema.access_level))?,
        name: schema.name,
        resource_types: schema
            .resource_types
            .into_iter()
            .map(action_resource)
            .collect(),
        condition_keys: schema.condition_keys,
        dependent_actions: schema.dependent_actions,
    })
}

/// Parses an access level; of two, the one that says more than `Write`.
fn access_level(text: &str) -> Option<AccessLevel> {
    match text {
        "List" => Some(AccessLevel::List),
        "Read" => Some(AccessLevel::Read),
        "Write" => Some(AccessLevel::Write),
        "Tagging" | "Tagging, Write" => Some(AccessLevel::Tagging),
        "Permissions management" | "Permissions management, Write" => {
            Some(AccessLevel::PermissionsManagement)
        }
        _ => None,
    }
}

fn action_resource(schema: schema::ActionResource) -> ActionResource {
    ActionResource {
        name: schema.name,
        required: schema.required,
        condition_keys: schema.condition_keys,
        dependent_actions: schema.dependent_actions,
    }
}

fn resource_type(schema: schema::ResourceType) -> ResourceType {
    ResourceType {
        name: schema.key,
        arn_patterns: vec![schema.arn],
        condition_keys: schema.condition_keys,
    }
}

fn condition_key(path: &Path, schema: schema::ConditionKey) -> Result<ConditionKey, ReadError> {
    let (value_type, multivalued) = ValueType::parse(&schema.value_type)
        .ok_or_else(|| unknown_word(path, "type of a condition key", &schema.value_type))?;
    Ok(ConditionKey {
        name: schema.key,
        value_type,
        multivalued,
    })
}

fn unknown_word(path: &Path, what: &'static str, value: &str) -> ReadError {
    ReadError::UnknownWord {
        path: path.to_owned(),
        what,
        value: value.to_owned(),
    }
}
