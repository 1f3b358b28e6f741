//! What a search found, as a JSON document.

use perk_iam_catalog::{Action, ConditionKey, ResourceType, Service};
use schemars::JsonSchema;
use serde::Serialize;

use super::names::{ActionName, KeyName, ResourceTypeName, ServiceName};
use crate::render::SCHEMA_VERSION;

/// The names that hold all words of a search.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SearchDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// Services.
    pub(super) services: Vec<ServiceName<'c>>,
    /// Actions.
    pub(super) actions: Vec<ActionName>,
    /// Resource types.
    pub(super) resource_types: Vec<ResourceTypeName<'c>>,
    /// Condition keys, each once, however many services declare it.
    pub(super) condition_keys: Vec<KeyName<'c>>,
}

impl<'c> SearchDocument<'c> {
    pub(crate) fn new(
        services: impl Iterator<Item = Service<'c>>,
        actions: impl Iterator<Item = Action<'c>>,
        resource_types: impl Iterator<Item = ResourceType<'c>>,
        condition_keys: impl Iterator<Item = ConditionKey<'c>>,
    ) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            services: services.map(ServiceName::from).collect(),
            actions: actions.map(ActionName::from).collect(),
            resource_types: resource_types.map(ResourceTypeName::from).collect(),
            condition_keys: condition_keys.map(KeyName::from).collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.services.is_empty()
            && self.actions.is_empty()
            && self.resource_types.is_empty()
            && self.condition_keys.is_empty()
    }
}
