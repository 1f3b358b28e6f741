//! Turns a folder of service reference files into a [`Source`].
//!
//! What the reference does not say is carried over from an older catalog: names of services,
//! support of resource control policies, required resources, dependent actions, condition keys
//! of an action on one resource type, global keys, partitions, and services without a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::schema;
use crate::access_level::AccessLevel;
use crate::catalog::Catalog;
use crate::date::Date;
use crate::error::ReadError;
use crate::federation;
use crate::source::{Action, ActionResource, ConditionKey, ResourceType, Service, Source};
use crate::source_file::{json_files, read_json_object};
use crate::value_type::ValueType;

/// Reads a folder of service reference files of a given day, filling in from an older catalog.
pub fn read(folder: &Path, date: Date, older: &Catalog<'_>) -> Result<Source, ReadError> {
    let older = Source::from(older);
    let mut services: BTreeMap<String, Service> = older
        .services
        .into_iter()
        .map(|service| (lower(&service.prefix), service))
        .collect();
    let mut found = false;
    for path in json_files(folder)? {
        let Some(schema) = read_json_object::<schema::Service>(&path)? else {
            continue;
        };
        found = true;
        let prefix = lower(&schema.name);
        let mut service = service(schema, services.get(&prefix));
        federation::add_standard_claims(&mut service, &older.key_prefixes);
        services.insert(prefix, service);
    }
    if !found {
        return Err(ReadError::NoServices {
            path: folder.to_owned(),
        });
    }
    Ok(Source {
        version: "service-reference".to_owned(),
        date,
        services: services.into_values().collect(),
        global_condition_keys: older.global_condition_keys,
        key_prefixes: older.key_prefixes,
        partitions: older.partitions,
    })
}

fn service(schema: schema::Service, older: Option<&Service>) -> Service {
    let older_actions: HashMap<String, &Action> = older
        .into_iter()
        .flat_map(|service| &service.actions)
        .map(by_name)
        .collect();
    let actions = schema.actions.into_iter().map(|entry| {
        let older_action = older_actions.get(&lower(&entry.name)).copied();
        action(entry, older_action)
    });
    let mut service = Service {
        name: older.map_or_else(|| schema.name.clone(), |service| service.name.clone()),
        supports_rcp: older.is_some_and(|service| service.supports_rcp),
        actions: actions.collect(),
        resource_types: schema.resources.into_iter().map(resource_type).collect(),
        condition_keys: schema
            .condition_keys
            .into_iter()
            .map(condition_key)
            .collect(),
        prefix: schema.name,
    };
    let undeclared = undeclared_keys(&service, older);
    service.condition_keys.extend(undeclared);
    service
}

fn by_name(action: &Action) -> (String, &Action) {
    (lower(&action.name), action)
}

fn action(schema: schema::Action, older: Option<&Action>) -> Action {
    // An action that nobody has classified is treated as one that changes something.
    let fallback = older.map_or(AccessLevel::Write, |action| action.access_level);
    let properties = schema
        .annotations
        .and_then(|annotations| annotations.properties);
    let resources = schema.resources.into_iter().map(|resource| {
        let mut known = older.into_iter().flat_map(|action| &action.resource_types);
        known
            .find(|known| known.name.eq_ignore_ascii_case(&resource.name))
            .cloned()
            .unwrap_or(ActionResource {
                name: resource.name,
                required: false,
                condition_keys: Vec::new(),
                dependent_actions: Vec::new(),
            })
    });
    Action {
        access_level: properties.map_or(fallback, access_level),
        resource_types: resources.collect(),
        condition_keys: schema.condition_keys,
        dependent_actions: older
            .map(|action| action.dependent_actions.clone())
            .unwrap_or_default(),
        name: schema.name,
    }
}

fn access_level(properties: schema::Properties) -> AccessLevel {
    if properties.is_permission_management {
        AccessLevel::PermissionsManagement
    } else if properties.is_tagging_only {
        AccessLevel::Tagging
    } else if properties.is_write {
        AccessLevel::Write
    } else if properties.is_list {
        AccessLevel::List
    } else {
        AccessLevel::Read
    }
}

fn resource_type(schema: schema::ResourceType) -> ResourceType {
    ResourceType {
        name: schema.name,
        arn_patterns: schema.arn_formats,
        condition_keys: schema.condition_keys,
    }
}

fn condition_key(schema: schema::ConditionKey) -> ConditionKey {
    let known = schema.types.iter().find_map(|name| ValueType::parse(name));
    let (value_type, multivalued) = known.unwrap_or((ValueType::String, false));
    ConditionKey {
        name: schema.name,
        value_type,
        multivalued,
    }
}

/// Returns the condition keys that are used and not declared, as an older catalog has them.
fn undeclared_keys(service: &Service, older: Option<&Service>) -> Vec<ConditionKey> {
    let declared: BTreeSet<String> = service
        .condition_keys
        .iter()
        .map(|key| lower(&key.name))
        .collect();
    let of_actions = service.actions.iter().flat_map(|action| {
        let of_resources = action
            .resource_types
            .iter()
            .flat_map(|entry| &entry.condition_keys);
        action.condition_keys.iter().chain(of_resources)
    });
    let of_types = service
        .resource_types
        .iter()
        .flat_map(|entry| &entry.condition_keys);
    let used: BTreeMap<String, &String> = of_actions
        .chain(of_types)
        .map(|name| (lower(name), name))
        .collect();
    used.into_iter()
        .filter(|(name, _)| !declared.contains(name))
        .map(|(_, name)| {
            let mut known = older
                .into_iter()
                .flat_map(|service| &service.condition_keys);
            known
                .find(|key| key.name.eq_ignore_ascii_case(name))
                .cloned()
                .unwrap_or_else(|| ConditionKey {
                    name: name.clone(),
                    value_type: ValueType::String,
                    multivalued: false,
                })
        })
        .collect()
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}
