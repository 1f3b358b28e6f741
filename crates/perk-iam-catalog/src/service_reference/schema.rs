//! The JSON of the service reference, field for field; fields that are not needed are not named.

use serde::Deserialize;

/// One file: one service.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Service {
    pub(super) name: String,
    #[serde(default)]
    pub(super) actions: Vec<Action>,
    #[serde(default)]
    pub(super) condition_keys: Vec<ConditionKey>,
    #[serde(default)]
    pub(super) resources: Vec<ResourceType>,
}

/// An action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Action {
    pub(super) name: String,
    #[serde(default, rename = "ActionConditionKeys")]
    pub(super) condition_keys: Vec<String>,
    pub(super) annotations: Option<Annotations>,
    #[serde(default)]
    pub(super) resources: Vec<ActionResource>,
}

/// What AWS notes about an action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Annotations {
    pub(super) properties: Option<Properties>,
}

/// The classes an action falls into; in none of them it only reads.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "AWS's file has these four flags"
)]
pub(super) struct Properties {
    pub(super) is_list: bool,
    pub(super) is_permission_management: bool,
    pub(super) is_tagging_only: bool,
    pub(super) is_write: bool,
}

/// A resource type of an action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ActionResource {
    pub(super) name: String,
}

/// A condition key.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ConditionKey {
    pub(super) name: String,
    #[serde(default)]
    pub(super) types: Vec<String>,
}

/// A resource type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ResourceType {
    pub(super) name: String,
    #[serde(default, rename = "ARNFormats")]
    pub(super) arn_formats: Vec<String>,
    #[serde(default)]
    pub(super) condition_keys: Vec<String>,
}
