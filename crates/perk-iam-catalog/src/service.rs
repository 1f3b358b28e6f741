//! A service: what it can do, on what, under which conditions.

use crate::action::Action;
use crate::catalog::Catalog;
use crate::condition_key::ConditionKey;
use crate::entries::{Entries, entry};
use crate::layout::ServiceRecord;
use crate::resource_type::ResourceType;
use crate::text;

entry!(
    /// An AWS service, as IAM tells services apart: by prefix.
    Service,
    services: ServiceRecord,
    sorted by prefix
);

impl<'c> Service<'c> {
    /// Returns the prefix of its actions, such as `s3`.
    pub fn prefix(self) -> &'c str {
        self.catalog.text(self.record().prefix)
    }

    /// Returns its name, such as `Amazon S3`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    /// Returns whether resource control policies apply to it.
    pub fn supports_rcp(self) -> bool {
        self.record().flags == 1
    }

    pub(crate) fn catalog(self) -> &'c Catalog<'c> {
        self.catalog
    }

    /// Returns its actions, sorted by name.
    pub fn actions(self) -> Entries<'c, Action<'c>> {
        let record = self.record();
        Entries::range(self.catalog, record.actions, record.action_count)
    }

    /// Finds an action by its name without prefix, ignoring case.
    pub fn action(self, name: &str) -> Option<Action<'c>> {
        self.actions().find(name)
    }

    /// Returns the actions that a glob without prefix matches, such as `Get*`, ignoring case.
    pub fn actions_matching<'p>(
        self,
        pattern: &'p str,
    ) -> impl Iterator<Item = Action<'c>> + use<'c, 'p> {
        let (literal, rest) = text::split_literal(pattern.as_bytes());
        let candidates = match rest {
            [] => self.actions().named(literal),
            _ => self.actions().with_prefix(literal),
        };
        candidates.iter().filter(move |action| {
            let tail = || action.name_bytes().get(literal.len()..).unwrap_or_default();
            matches!(rest, [] | [b'*']) || text::glob_matches(rest, tail())
        })
    }

    /// Returns whether a glob without prefix matches any action.
    pub fn any_action_matches(self, pattern: &str) -> bool {
        self.actions_matching(pattern).next().is_some()
    }

    /// Returns its resource types, sorted by name.
    pub fn resource_types(self) -> Entries<'c, ResourceType<'c>> {
        let record = self.record();
        Entries::range(
            self.catalog,
            record.resource_types,
            record.resource_type_count,
        )
    }

    /// Finds a resource type by its name, ignoring case.
    pub fn resource_type(self, name: &str) -> Option<ResourceType<'c>> {
        self.resource_types().find(name)
    }

    /// Returns the condition keys it declares, sorted by name, global ones among them.
    pub fn condition_keys(self) -> Entries<'c, ConditionKey<'c>> {
        let record = self.record();
        Entries::range(
            self.catalog,
            record.condition_keys,
            record.condition_key_count,
        )
    }

    /// Finds the condition key that a full key means, such as `s3:ExistingObjectTag/team`.
    pub fn condition_key(self, key: &str) -> Option<ConditionKey<'c>> {
        self.condition_keys().matching(key)
    }
}
