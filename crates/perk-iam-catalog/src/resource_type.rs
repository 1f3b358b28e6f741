//! A resource type: how its ARNs look and which condition keys come with it.

use crate::action;
use crate::condition_key::ConditionKey;
use crate::entries::entry;
use crate::layout::ResourceTypeRecord;
use crate::service::Service;

entry!(
    /// A type of resource that a service has.
    ResourceType,
    resource_types: ResourceTypeRecord,
    sorted by name
);

impl<'c> ResourceType<'c> {
    /// Returns the service it belongs to.
    pub fn service(self) -> Service<'c> {
        Service::new(self.catalog, self.record().service)
    }

    /// Returns its name, such as `object`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    /// Returns its first ARN pattern: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
    pub fn arn_pattern(self) -> &'c str {
        self.arn_patterns().next().unwrap_or_default()
    }

    /// Returns every form its ARNs may have.
    pub fn arn_patterns(self) -> impl ExactSizeIterator<Item = &'c str> + use<'c> {
        let catalog = self.catalog;
        catalog
            .list(self.record().arn_patterns)
            .map(|text| catalog.text(text))
    }

    /// Returns the condition keys that come with resources of this type.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'c>> + use<'c> {
        action::condition_keys(self.catalog, self.record().condition_keys)
    }
}
