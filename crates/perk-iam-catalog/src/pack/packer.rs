//! Lays a source out as the tables of a packed catalog; the same source gives the same bytes.

use std::collections::HashMap;

use super::interner::{Interner, index};
use super::names::{indices, lower, sorted};
use super::tables::Tables;
use crate::condition_key::template_pattern;
use crate::error::PackError;
use crate::layout::{
    ActionRecord, ActionResourceRecord, ConditionKeyRecord, Header, KeyPrefixRecord, NOTHING,
    PartitionRecord, RegionRecord, ResourceTypeRecord, ServiceRecord,
};
use crate::source::{
    Action, ActionResource, ConditionKey, KeyPrefix, Partition, ResourceType, Service, Source,
};

/// Packs a source into the bytes of a catalog.
pub fn pack(source: &Source) -> Result<Vec<u8>, PackError> {
    let mut packer = Packer::new();
    let version = packer.interner.text(&source.version)?;
    let globals = packer.condition_keys("global condition keys", &source.global_condition_keys)?;
    packer.globals = globals.indices;

    let services = sorted("services", &source.services, |service| &service.prefix)?;
    for (at, service) in services.iter().enumerate() {
        packer.service(index(at)?, service)?;
    }
    for prefix in sorted("condition key prefixes", &source.key_prefixes, |entry| {
        &entry.prefix
    })? {
        packer.key_prefix(prefix, &services)?;
    }
    packer.partitions(&source.partitions)?;
    let header = Header {
        version,
        date: source.date.number(),
        global_keys: globals.start,
        global_key_count: globals.count,
        ..Header::default()
    };
    packer.tables.into_file(header, packer.interner)
}

/// The tables while they grow, and what has been stored already.
#[derive(Debug)]
struct Packer {
    interner: Interner,
    tables: Tables,
    /// Indices of the global condition keys by lower-case name.
    globals: HashMap<String, u32>,
    /// Indices of the action resources, each stored once.
    action_resources: HashMap<ActionResourceRecord, u32>,
}

/// A range of condition keys, with the index of each lower-case name.
#[derive(Debug)]
struct KeyRange {
    start: u32,
    count: u32,
    indices: HashMap<String, u32>,
}

/// What the names in one service mean.
struct Scope<'s> {
    service: &'s Service,
    service_index: u32,
    keys: HashMap<String, u32>,
    resource_types: HashMap<String, u32>,
    keys_of_types: HashMap<String, &'s [String]>,
}

impl Packer {
    fn new() -> Self {
        Self {
            interner: Interner::new(),
            tables: Tables::default(),
            globals: HashMap::new(),
            action_resources: HashMap::new(),
        }
    }

    fn service(&mut self, service_index: u32, service: &Service) -> Result<(), PackError> {
        let types = sorted("resource types", &service.resource_types, |entry| {
            &entry.name
        })?;
        let actions = sorted("actions", &service.actions, |action| &action.name)?;
        let keys = self.condition_keys("condition keys", &service.condition_keys)?;
        let types_start = index(self.tables.resource_types.len())?;
        let scope = Scope {
            service,
            service_index,
            keys: keys.indices,
            resource_types: indices(types_start, types.iter().map(|entry| entry.name.as_str()))?,
            keys_of_types: types
                .iter()
                .map(|entry| (lower(&entry.name), entry.condition_keys.as_slice()))
                .collect(),
        };
        let record = ServiceRecord {
            prefix: self.interner.text(&service.prefix)?,
            name: self.interner.text(&service.name)?,
            actions: index(self.tables.actions.len())?,
            action_count: index(actions.len())?,
            resource_types: types_start,
            resource_type_count: index(types.len())?,
            condition_keys: keys.start,
            condition_key_count: keys.count,
            flags: u32::from(service.supports_rcp),
        };
        self.tables.services.push(record);
        types
            .iter()
            .try_for_each(|entry| self.resource_type(&scope, entry))?;
        actions
            .iter()
            .try_for_each(|action| self.action(&scope, action))
    }

    fn resource_type(&mut self, scope: &Scope<'_>, entry: &ResourceType) -> Result<(), PackError> {
        let record = ResourceTypeRecord {
            name: self.interner.text(&entry.name)?,
            service: scope.service_index,
            arn_patterns: self.interner.texts(&entry.arn_patterns)?,
            condition_keys: self.key_list(scope, &entry.name, &entry.condition_keys)?,
        };
        self.tables.resource_types.push(record);
        Ok(())
    }

    fn action(&mut self, scope: &Scope<'_>, action: &Action) -> Result<(), PackError> {
        let resources = action
            .resource_types
            .iter()
            .map(|resource| self.action_resource(scope, action, resource))
            .collect::<Result<Vec<_>, _>>()?;
        let record = ActionRecord {
            name: self.interner.text(&action.name)?,
            service: scope.service_index,
            access_level: action.access_level as u32,
            resources: self.interner.list(resources)?,
            condition_keys: self.key_list(scope, &action.name, &action.condition_keys)?,
            all_condition_keys: self.key_list(scope, &action.name, scope.all_keys(action))?,
            dependent_actions: self.interner.texts(&action.dependent_actions)?,
        };
        self.tables.actions.push(record);
        Ok(())
    }

    fn action_resource(
        &mut self,
        scope: &Scope<'_>,
        action: &Action,
        resource: &ActionResource,
    ) -> Result<u32, PackError> {
        let record = ActionResourceRecord {
            name: self.interner.text(&resource.name)?,
            resource_type: *scope
                .resource_types
                .get(&lower(&resource.name))
                .unwrap_or(&NOTHING),
            required: u32::from(resource.required),
            condition_keys: self.key_list(scope, &action.name, &resource.condition_keys)?,
            dependent_actions: self.interner.texts(&resource.dependent_actions)?,
        };
        if let Some(known) = self.action_resources.get(&record) {
            return Ok(*known);
        }
        let at = index(self.tables.action_resources.len())?;
        self.tables.action_resources.push(record);
        self.action_resources.insert(record, at);
        Ok(at)
    }

    /// Returns the offset of a list of condition keys, sorted by index and without repetition.
    fn key_list<'n>(
        &mut self,
        scope: &Scope<'_>,
        user: &str,
        names: impl IntoIterator<Item = &'n String>,
    ) -> Result<u32, PackError> {
        let find = |name: &String| {
            let name = lower(name);
            scope
                .keys
                .get(&name)
                .or_else(|| self.globals.get(&name))
                .copied()
        };
        let mut keys = names
            .into_iter()
            .map(|name| {
                find(name).ok_or_else(|| PackError::UnknownConditionKey {
                    user: format!("{}:{user}", scope.service.prefix),
                    key: name.clone(),
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        keys.sort_unstable();
        keys.dedup();
        self.interner.list(keys)
    }

    /// Appends condition keys and returns where they are.
    fn condition_keys(
        &mut self,
        table: &'static str,
        keys: &[ConditionKey],
    ) -> Result<KeyRange, PackError> {
        let keys = sorted(table, keys, |key| &key.name)?;
        let start = index(self.tables.condition_keys.len())?;
        for key in &keys {
            let pattern = template_pattern(&key.name).unwrap_or_default();
            let record = ConditionKeyRecord {
                name: self.interner.text(&key.name)?,
                pattern: self.interner.text(&pattern)?,
                value_type: key.value_type as u32,
                multivalued: u32::from(key.multivalued),
            };
            self.tables.condition_keys.push(record);
        }
        let indices = indices(start, keys.iter().map(|key| key.name.as_str()))?;
        Ok(KeyRange {
            start,
            count: index(keys.len())?,
            indices,
        })
    }

    fn key_prefix(&mut self, entry: &KeyPrefix, services: &[&Service]) -> Result<(), PackError> {
        let service = services
            .iter()
            .position(|service| service.prefix.eq_ignore_ascii_case(&entry.service))
            .ok_or_else(|| PackError::UnknownService {
                prefix: entry.prefix.clone(),
                service: entry.service.clone(),
            })?;
        let pattern = template_pattern(&entry.prefix).unwrap_or_default();
        let record = KeyPrefixRecord {
            prefix: self.interner.text(&entry.prefix)?,
            pattern: self.interner.text(&pattern)?,
            service: index(service)?,
            federation: u32::from(entry.is_federation()),
        };
        self.tables.key_prefixes.push(record);
        Ok(())
    }

    fn partitions(&mut self, partitions: &[Partition]) -> Result<(), PackError> {
        let partitions = sorted("partitions", partitions, |partition| &partition.id)?;
        let regions: Vec<_> = partitions
            .iter()
            .enumerate()
            .flat_map(|(at, partition)| partition.regions.iter().map(move |region| (at, region)))
            .collect();
        let regions = sorted("regions", &regions, |(_, region)| &region.name)?;
        for (partition, region) in &regions {
            let record = RegionRecord {
                name: self.interner.text(&region.name)?,
                description: self.interner.text(&region.description)?,
                partition: index(*partition)?,
            };
            self.tables.regions.push(record);
        }
        for (at, partition) in partitions.iter().enumerate() {
            let own = regions
                .iter()
                .enumerate()
                .filter(|(_, (owner, _))| *owner == at);
            let own = own
                .map(|(region, _)| index(region))
                .collect::<Result<Vec<_>, _>>()?;
            let record = PartitionRecord {
                id: self.interner.text(&partition.id)?,
                regions: self.interner.list(own)?,
            };
            self.tables.partitions.push(record);
        }
        Ok(())
    }
}

impl<'s> Scope<'s> {
    /// Returns the names of the condition keys of an action and of its resource types.
    fn all_keys<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a String>
    where
        's: 'a,
    {
        let of_resources = action.resource_types.iter().flat_map(|resource| {
            let own = self
                .keys_of_types
                .get(&lower(&resource.name))
                .copied()
                .unwrap_or_default();
            resource.condition_keys.iter().chain(own)
        });
        action.condition_keys.iter().chain(of_resources)
    }
}
