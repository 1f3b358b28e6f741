//! The JSON of the package, field for field; fields that are not needed are not named.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `package.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Package {
    pub(super) version: String,
    pub(super) updated_at: String,
}

/// An action in `data/actions/PREFIX.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) access_level: String,
    pub(super) resource_types: Vec<ActionResource>,
    pub(super) condition_keys: Vec<String>,
    pub(super) dependent_actions: Vec<String>,
}

/// A resource type of an action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionResource {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) condition_keys: Vec<String>,
    pub(super) dependent_actions: Vec<String>,
}

/// A resource type in `data/resourceTypes/PREFIX.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceType {
    pub(super) key: String,
    pub(super) arn: String,
    #[serde(default)]
    pub(super) condition_keys: Vec<String>,
}

/// A condition key in `data/conditionKeys/PREFIX.json`.
#[derive(Debug, Deserialize)]
pub(super) struct ConditionKey {
    pub(super) key: String,
    #[serde(rename = "type")]
    pub(super) value_type: String,
}

/// `data/unassociatedConditions.json`: the services that own each foreign prefix.
pub(super) type UnassociatedConditions = BTreeMap<String, Vec<String>>;
