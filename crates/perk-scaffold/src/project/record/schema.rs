//! The tables of `.perk/scaffold.toml` as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, Value};

/// What every schema has.
#[derive(Debug, Deserialize)]
pub(super) struct AnySchema {
    pub(super) schema: Spanned<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordTable {
    pub(super) schema: Spanned<i64>,
    #[serde(default)]
    pub(super) template: Vec<Spanned<TemplateTable>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateTable {
    pub(super) name: Spanned<String>,
    pub(super) version: String,
    pub(super) source: String,
    pub(super) commit: Option<String>,
    pub(super) content: Spanned<String>,
    pub(super) perk: String,
    #[serde(default)]
    pub(super) answers: BTreeMap<String, Spanned<Value>>,
    #[serde(default)]
    pub(super) files: BTreeMap<String, Spanned<FileTable>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTable {
    pub(super) mode: String,
    pub(super) sha256: Option<String>,
    #[serde(default)]
    pub(super) secret: bool,
}
