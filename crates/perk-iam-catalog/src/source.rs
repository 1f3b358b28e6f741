//! What a catalog is packed from: plain owned data, in any order.

use crate::access_level::AccessLevel;
use crate::catalog::Catalog;
use crate::date::Date;
use crate::lookup::FEDERATION_SERVICE;
use crate::value_type::ValueType;

/// Everything a catalog holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The version of the data.
    pub version: String,
    /// The day the data was brought up to date.
    pub date: Date,
    /// Every service.
    pub services: Vec<Service>,
    /// The condition keys that requests to every service may carry.
    pub global_condition_keys: Vec<ConditionKey>,
    /// The prefixes of condition keys that are no services.
    pub key_prefixes: Vec<KeyPrefix>,
    /// Every partition.
    pub partitions: Vec<Partition>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The prefix of its actions.
    pub prefix: String,
    /// The name people know it by.
    pub name: String,
    /// Whether resource control policies apply to it.
    pub supports_rcp: bool,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Its resource types.
    pub resource_types: Vec<ResourceType>,
    /// The condition keys its actions and resource types use.
    pub condition_keys: Vec<ConditionKey>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The name without prefix.
    pub name: String,
    /// What it does to what it touches.
    pub access_level: AccessLevel,
    /// The resource types it acts on.
    pub resource_types: Vec<ActionResource>,
    /// The names of the condition keys of the action itself.
    pub condition_keys: Vec<String>,
    /// The full names of the actions a caller also needs.
    pub dependent_actions: Vec<String>,
}

/// A resource type as an action takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionResource {
    /// The name of the resource type.
    pub name: String,
    /// Whether the action cannot do without one.
    pub required: bool,
    /// The names of the condition keys for this pair only.
    pub condition_keys: Vec<String>,
    /// The full names of the actions a caller also needs for this pair.
    pub dependent_actions: Vec<String>,
}

/// A resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceType {
    /// Its name.
    pub name: String,
    /// The forms of its ARNs.
    pub arn_patterns: Vec<String>,
    /// The names of the condition keys that come with it.
    pub condition_keys: Vec<String>,
}

/// A condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionKey {
    /// Its full name, which may have `${...}` or `<...>` placeholders.
    pub name: String,
    /// The type of its value.
    pub value_type: ValueType,
    /// Whether a request may carry several values for it.
    pub multivalued: bool,
}

/// A prefix of condition keys that is no service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPrefix {
    /// The prefix, which may have placeholders.
    pub prefix: String,
    /// The prefix of the service whose condition keys bear it.
    pub service: String,
}

/// A partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// Its id as ARNs have it.
    pub id: String,
    /// Its regions.
    pub regions: Vec<Region>,
}

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub description: String,
}

/// Unpacks a catalog, in the order of its tables.
impl From<&Catalog<'_>> for Source {
    fn from(catalog: &Catalog<'_>) -> Self {
        let info = catalog.info();
        Self {
            version: info.version.to_owned(),
            date: info.date,
            services: catalog.services().iter().map(Service::from).collect(),
            global_condition_keys: catalog
                .global_condition_keys()
                .iter()
                .map(ConditionKey::from)
                .collect(),
            key_prefixes: catalog
                .key_prefixes()
                .map(|(prefix, service)| KeyPrefix {
                    prefix: prefix.to_owned(),
                    service: service.prefix().to_owned(),
                })
                .collect(),
            partitions: catalog.partitions().iter().map(Partition::from).collect(),
        }
    }
}

impl From<crate::Service<'_>> for Service {
    fn from(service: crate::Service<'_>) -> Self {
        Self {
            prefix: service.prefix().to_owned(),
            name: service.name().to_owned(),
            supports_rcp: service.supports_rcp(),
            actions: service.actions().iter().map(Action::from).collect(),
            resource_types: service
                .resource_types()
                .iter()
                .map(ResourceType::from)
                .collect(),
            condition_keys: service
                .condition_keys()
                .iter()
                .map(ConditionKey::from)
                .collect(),
        }
    }
}

impl From<crate::Action<'_>> for Action {
    fn from(action: crate::Action<'_>) -> Self {
        Self {
            name: action.name().to_owned(),
            access_level: action.access_level(),
            resource_types: action.resource_types().map(ActionResource::from).collect(),
            condition_keys: names(action.condition_keys()),
            dependent_actions: action.dependent_actions().map(str::to_owned).collect(),
        }
    }
}

impl From<crate::ActionResource<'_>> for ActionResource {
    fn from(resource: crate::ActionResource<'_>) -> Self {
        Self {
            name: resource.name().to_owned(),
            required: resource.required(),
            condition_keys: names(resource.condition_keys()),
            dependent_actions: resource.dependent_actions().map(str::to_owned).collect(),
        }
    }
}

impl From<crate::ResourceType<'_>> for ResourceType {
    fn from(resource_type: crate::ResourceType<'_>) -> Self {
        Self {
            name: resource_type.name().to_owned(),
            arn_patterns: resource_type.arn_patterns().map(str::to_owned).collect(),
            condition_keys: names(resource_type.condition_keys()),
        }
    }
}

impl From<crate::ConditionKey<'_>> for ConditionKey {
    fn from(key: crate::ConditionKey<'_>) -> Self {
        Self {
            name: key.name().to_owned(),
            value_type: key.value_type(),
            multivalued: key.is_multivalued(),
        }
    }
}

impl From<crate::Partition<'_>> for Partition {
    fn from(partition: crate::Partition<'_>) -> Self {
        let regions = partition.regions().map(|region| Region {
            name: region.name().to_owned(),
            description: region.description().to_owned(),
        });
        Self {
            id: partition.id().to_owned(),
            regions: regions.collect(),
        }
    }
}

impl KeyPrefix {
    /// Returns whether the prefix is that of an identity provider.
    pub(crate) fn is_federation(&self) -> bool {
        self.service == FEDERATION_SERVICE
    }
}

fn names<'c>(keys: impl Iterator<Item = crate::ConditionKey<'c>>) -> Vec<String> {
    keys.map(|key| key.name().to_owned()).collect()
}
