//! Everything about one name, as a JSON document.

use std::collections::BTreeSet;

use perk_iam_catalog::{Action, ActionResource, Catalog, ConditionKey, ResourceType, Service};
use schemars::JsonSchema;
use serde::Serialize;

use super::names::{ActionName, KeyName, ServiceName};
use crate::render::SCHEMA_VERSION;

/// Everything about one name.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShowDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// What has the name.
    #[serde(flatten)]
    pub(super) entry: Entry<'c>,
}

/// What may have a name.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Entry<'c> {
    /// An action.
    Action(ActionEntry<'c>),
    /// A service.
    Service(ServiceEntry<'c>),
    /// A condition key.
    ConditionKey(ConditionKeyEntry<'c>),
}

/// An action.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ActionEntry<'c> {
    /// The name.
    #[serde(flatten)]
    pub(super) name: ActionName,
    /// The service it belongs to.
    pub(super) service: ServiceName<'c>,
    /// The resource types it acts on; none means that only `*` will do.
    pub(super) resource_types: Vec<ActionResourceEntry<'c>>,
    /// The condition keys of the action and of its resource types.
    pub(super) condition_keys: Vec<KeyName<'c>>,
    /// The actions, with prefix, that a caller may also need.
    pub(super) dependent_actions: Vec<&'c str>,
}

/// A resource type as an action takes it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ActionResourceEntry<'c> {
    /// The name.
    pub(super) name: &'c str,
    /// Whether the action cannot do without a resource of this type.
    pub(super) required: bool,
    /// The forms of its ARNs.
    pub(super) arn_patterns: Vec<&'c str>,
}

/// A service.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceEntry<'c> {
    /// Its names.
    #[serde(flatten)]
    pub(super) name: ServiceName<'c>,
    /// Whether resource control policies apply to it.
    pub(super) supports_rcp: bool,
    /// Its resource types.
    pub(super) resource_types: Vec<ResourceTypeEntry<'c>>,
    /// The condition keys that it declares.
    pub(super) condition_keys: Vec<KeyName<'c>>,
    /// Its actions.
    pub(super) actions: Vec<ActionName>,
}

/// A resource type of a service.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResourceTypeEntry<'c> {
    /// The name.
    pub(super) name: &'c str,
    /// The forms of its ARNs.
    pub(super) arn_patterns: Vec<&'c str>,
    /// The names of the condition keys that come with it.
    condition_keys: Vec<&'c str>,
}

/// A condition key.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ConditionKeyEntry<'c> {
    /// The name.
    #[serde(flatten)]
    pub(super) name: KeyName<'c>,
    /// Whether it belongs to AWS as a whole, and not to a service.
    pub(super) global: bool,
    /// The actions, with prefix, that the services list it for.
    pub(super) actions: Vec<String>,
}

impl<'c> ShowDocument<'c> {
    fn new(entry: Entry<'c>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            entry,
        }
    }

    pub(crate) fn of_action(action: Action<'c>) -> Self {
        let of_resources = action
            .resource_types()
            .flat_map(ActionResource::dependent_actions);
        let dependent_actions: BTreeSet<&str> =
            action.dependent_actions().chain(of_resources).collect();
        Self::new(Entry::Action(ActionEntry {
            name: action.into(),
            service: action.service().into(),
            resource_types: action
                .resource_types()
                .map(ActionResourceEntry::new)
                .collect(),
            condition_keys: action.all_condition_keys().map(KeyName::from).collect(),
            dependent_actions: dependent_actions.into_iter().collect(),
        }))
    }

    pub(crate) fn of_service(service: Service<'c>) -> Self {
        let (types, keys) = (service.resource_types(), service.condition_keys());
        Self::new(Entry::Service(ServiceEntry {
            name: service.into(),
            supports_rcp: service.supports_rcp(),
            resource_types: types.iter().map(ResourceTypeEntry::new).collect(),
            condition_keys: keys.iter().map(KeyName::from).collect(),
            actions: service.actions().iter().map(ActionName::from).collect(),
        }))
    }

    pub(crate) fn of_condition_key(catalog: &'c Catalog<'c>, key: ConditionKey<'c>) -> Self {
        let is_it = |other: ConditionKey<'c>| other.name().eq_ignore_ascii_case(key.name());
        let actions = catalog.actions().iter();
        Self::new(Entry::ConditionKey(ConditionKeyEntry {
            name: key.into(),
            global: catalog.global_condition_keys().iter().any(is_it),
            actions: actions
                .filter(|action| action.all_condition_keys().any(is_it))
                .map(Action::full_name)
                .collect(),
        }))
    }
}

impl<'c> ActionResourceEntry<'c> {
    fn new(resource: ActionResource<'c>) -> Self {
        let described = resource.resource_type().into_iter();
        Self {
            name: resource.name(),
            required: resource.required(),
            arn_patterns: described.flat_map(ResourceType::arn_patterns).collect(),
        }
    }
}

impl<'c> ResourceTypeEntry<'c> {
    fn new(entry: ResourceType<'c>) -> Self {
        Self {
            name: entry.name(),
            arn_patterns: entry.arn_patterns().collect(),
            condition_keys: entry.condition_keys().map(ConditionKey::name).collect(),
        }
    }
}
