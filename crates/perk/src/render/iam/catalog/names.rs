//! What the catalog holds, by name, as parts of JSON documents.

use perk_iam_catalog::{Action, ConditionKey, ResourceType, Service};
use schemars::JsonSchema;
use serde::Serialize;

/// A service by its names.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceName<'c> {
    /// The prefix of its actions, such as `s3`.
    pub(super) prefix: &'c str,
    /// What people call it, such as `Amazon S3`.
    pub(super) name: &'c str,
}

/// An action by its name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ActionName {
    /// The name with prefix, such as `s3:GetObject`.
    pub(super) name: String,
    /// What it does to what it touches, in AWS's words, such as `Permissions management`.
    pub(super) access_level: String,
}

/// A resource type by its name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResourceTypeName<'c> {
    /// The prefix of its service.
    pub(super) prefix: &'c str,
    /// The name.
    pub(super) name: &'c str,
    /// The forms of its ARNs.
    pub(super) arn_patterns: Vec<&'c str>,
}

/// A condition key by its name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KeyName<'c> {
    /// The name, which may have placeholders: `aws:PrincipalTag/${TagKey}`.
    pub(super) name: &'c str,
    /// The type of its value, or of each of its values, in AWS's words, such as `IPAddress`.
    pub(super) value_type: String,
    /// Whether a request may carry several values for it.
    pub(super) multivalued: bool,
}

impl<'c> From<Service<'c>> for ServiceName<'c> {
    fn from(service: Service<'c>) -> Self {
        Self {
            prefix: service.prefix(),
            name: service.name(),
        }
    }
}

impl From<Action<'_>> for ActionName {
    fn from(action: Action<'_>) -> Self {
        Self {
            name: action.full_name(),
            access_level: action.access_level().to_string(),
        }
    }
}

impl<'c> From<ResourceType<'c>> for ResourceTypeName<'c> {
    fn from(entry: ResourceType<'c>) -> Self {
        Self {
            prefix: entry.service().prefix(),
            name: entry.name(),
            arn_patterns: entry.arn_patterns().collect(),
        }
    }
}

impl<'c> From<ConditionKey<'c>> for KeyName<'c> {
    fn from(key: ConditionKey<'c>) -> Self {
        Self {
            name: key.name(),
            value_type: key.value_type().to_string(),
            multivalued: key.is_multivalued(),
        }
    }
}
