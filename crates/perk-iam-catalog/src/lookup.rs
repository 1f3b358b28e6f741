//! Finding what a catalog holds, from the whole of it: by prefix, full name or key.

use crate::action::Action;
use crate::catalog::Catalog;
use crate::condition_key::ConditionKey;
use crate::entries::Entries;
use crate::layout::KeyPrefixRecord;
use crate::partition::{Partition, Region};
use crate::resource_type::ResourceType;
use crate::service::Service;
use crate::text;

/// The service whose condition keys describe federated identities.
pub(crate) const FEDERATION_SERVICE: &str = "sts";

impl<'c> Catalog<'c> {
    /// Returns every service, sorted by prefix.
    pub fn services(&'c self) -> Entries<'c, Service<'c>> {
        Entries::all(self)
    }

    /// Finds a service by its prefix, ignoring case.
    pub fn service(&'c self, prefix: &str) -> Option<Service<'c>> {
        self.services().find(prefix)
    }

    /// Returns every action of every service.
    pub fn actions(&'c self) -> Entries<'c, Action<'c>> {
        // Sorted within a service only, so the view is iterated and never searched.
        Entries::all(self)
    }

    /// Finds an action by its full name, such as `s3:GetObject`, ignoring case.
    pub fn action(&'c self, full_name: &str) -> Option<Action<'c>> {
        let (prefix, name) = full_name.split_once(':')?;
        self.service(prefix)?.action(name)
    }

    /// Returns every resource type of every service.
    pub fn resource_types(&'c self) -> Entries<'c, ResourceType<'c>> {
        Entries::all(self)
    }

    /// Returns the condition keys that requests to every service may carry.
    pub fn global_condition_keys(&'c self) -> Entries<'c, ConditionKey<'c>> {
        Entries::range(self, self.header.global_keys, self.header.global_key_count)
    }

    /// Finds a global condition key by its full name, such as `aws:PrincipalTag/team`.
    pub fn global_condition_key(&'c self, key: &str) -> Option<ConditionKey<'c>> {
        self.global_condition_keys().matching(key)
    }

    /// Finds the condition key of whatever kind that a policy means by a full name.
    pub fn condition_key(&'c self, key: &str) -> Option<ConditionKey<'c>> {
        let (prefix, _) = key.split_once(':')?;
        self.service(prefix)
            .and_then(|service| service.condition_key(key))
            .or_else(|| self.global_condition_key(key))
            .or_else(|| self.prefix_service(prefix)?.condition_key(key))
    }

    /// Returns the condition keys that federated identities bring, of OIDC and SAML providers.
    pub fn federation_condition_keys(&'c self) -> impl Iterator<Item = ConditionKey<'c>> {
        let keys = self
            .service(FEDERATION_SERVICE)
            .map(Service::condition_keys);
        keys.into_iter()
            .flatten()
            .filter(|key| self.is_federation_prefix(key.prefix()))
    }

    /// Finds a condition key of federated identities, such as `saml:aud`.
    ///
    /// Only the providers that AWS knows are there: a company's own OIDC provider brings keys
    /// under its own host name.
    pub fn federation_condition_key(&'c self, key: &str) -> Option<ConditionKey<'c>> {
        let (prefix, _) = key.split_once(':')?;
        self.federation_service(prefix)?.condition_key(key)
    }

    /// Returns whether a condition key prefix is that of an identity provider AWS knows.
    pub fn is_federation_prefix(&self, prefix: &str) -> bool {
        self.key_prefix(prefix)
            .is_some_and(|record| record.federation == 1)
    }

    /// Returns every partition, sorted by id.
    pub fn partitions(&'c self) -> Entries<'c, Partition<'c>> {
        Entries::all(self)
    }

    /// Finds a partition by its id, such as `aws-cn`.
    pub fn partition(&'c self, id: &str) -> Option<Partition<'c>> {
        self.partitions().find(id)
    }

    /// Returns every region, sorted by name.
    pub fn regions(&'c self) -> Entries<'c, Region<'c>> {
        Entries::all(self)
    }

    /// Finds a region by its name, such as `eu-central-1`.
    pub fn region(&'c self, name: &str) -> Option<Region<'c>> {
        self.regions().find(name)
    }

    /// Returns the service whose condition keys bear a prefix that is no service itself.
    fn prefix_service(&'c self, prefix: &str) -> Option<Service<'c>> {
        self.key_prefix(prefix)
            .map(|record| Service::new(self, record.service))
    }

    fn federation_service(&'c self, prefix: &str) -> Option<Service<'c>> {
        self.prefix_service(prefix)
            .filter(|_| self.is_federation_prefix(prefix))
    }

    /// Returns the prefixes of condition keys that are no services, each with its service.
    pub(crate) fn key_prefixes(&'c self) -> impl Iterator<Item = (&'c str, Service<'c>)> {
        let records = self.key_prefixes.iter().map(KeyPrefixRecord::read);
        records.map(|record| (self.text(record.prefix), Service::new(self, record.service)))
    }

    fn key_prefix(&self, prefix: &str) -> Option<KeyPrefixRecord> {
        self.key_prefixes
            .iter()
            .map(KeyPrefixRecord::read)
            .find(|record| {
                let (exact, pattern) = (self.bytes(record.prefix), self.bytes(record.pattern));
                exact.eq_ignore_ascii_case(prefix.as_bytes())
                    || (!pattern.is_empty() && text::glob_matches(pattern, prefix.as_bytes()))
            })
    }
}
