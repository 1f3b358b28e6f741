//! An action: what it does, on which resources, under which conditions.

use crate::access_level::AccessLevel;
use crate::catalog::Catalog;
use crate::condition_key::ConditionKey;
use crate::entries::entry;
use crate::layout::{ActionRecord, ActionResourceRecord, NOTHING};
use crate::resource_type::ResourceType;
use crate::service::Service;

entry!(
    /// An action of a service.
    Action,
    actions: ActionRecord,
    sorted by name
);

impl<'c> Action<'c> {
    /// Returns the service it belongs to.
    pub fn service(self) -> Service<'c> {
        Service::new(self.catalog, self.record().service)
    }

    /// Returns its name without prefix, such as `GetObject`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    pub(crate) fn name_offset(self) -> u32 {
        self.record().name
    }

    pub(crate) fn name_bytes(self) -> &'c [u8] {
        self.catalog.bytes(self.record().name)
    }

    /// Returns its name with prefix, such as `s3:GetObject`.
    pub fn full_name(self) -> String {
        format!("{}:{}", self.service().prefix(), self.name())
    }

    /// Returns what it does to what it touches.
    pub fn access_level(self) -> AccessLevel {
        AccessLevel::from_number(self.record().access_level)
    }

    /// Returns the resource types it acts on; none means that only `*` will do.
    pub fn resource_types(
        self,
    ) -> impl DoubleEndedIterator<Item = ActionResource<'c>> + ExactSizeIterator + use<'c> {
        let catalog = self.catalog;
        catalog
            .list(self.record().resources)
            .map(|index| ActionResource { catalog, index })
    }

    /// Returns the condition keys of the action itself.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'c>> + use<'c> {
        condition_keys(self.catalog, self.record().condition_keys)
    }

    /// Returns the condition keys of the action and of all its resource types, each once.
    pub fn all_condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'c>> + use<'c> {
        condition_keys(self.catalog, self.record().all_condition_keys)
    }

    /// Returns the full names of the actions a caller also needs, whatever the resource.
    pub fn dependent_actions(self) -> impl ExactSizeIterator<Item = &'c str> + use<'c> {
        let catalog = self.catalog;
        catalog
            .list(self.record().dependent_actions)
            .map(|text| catalog.text(text))
    }
}

/// A resource type as an action takes it.
#[derive(Debug, Clone, Copy)]
pub struct ActionResource<'c> {
    catalog: &'c Catalog<'c>,
    index: u32,
}

impl<'c> ActionResource<'c> {
    /// Returns the name of the resource type.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    /// Returns whether the action cannot do without a resource of this type.
    pub fn required(self) -> bool {
        self.record().required == 1
    }

    /// Returns the resource type, unless the service does not describe it.
    pub fn resource_type(self) -> Option<ResourceType<'c>> {
        let index = self.record().resource_type;
        (index != NOTHING).then(|| ResourceType::new(self.catalog, index))
    }

    /// Returns the condition keys that hold for the action on this resource type only.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'c>> + use<'c> {
        condition_keys(self.catalog, self.record().condition_keys)
    }

    /// Returns the full names of the actions a caller also needs for this resource type.
    pub fn dependent_actions(self) -> impl ExactSizeIterator<Item = &'c str> + use<'c> {
        let catalog = self.catalog;
        catalog
            .list(self.record().dependent_actions)
            .map(|text| catalog.text(text))
    }

    fn record(self) -> ActionResourceRecord {
        let words = self.catalog.action_resources.get(self.index as usize);
        words.map_or_else(ActionResourceRecord::default, ActionResourceRecord::read)
    }
}

pub(crate) fn condition_keys<'c>(
    catalog: &'c Catalog<'c>,
    list: u32,
) -> impl ExactSizeIterator<Item = ConditionKey<'c>> + use<'c> {
    catalog
        .list(list)
        .map(|index| ConditionKey::new(catalog, index))
}
