//! The configuration as JSON documents.

use perk_config::{Config, Layer, Origin, PathPattern, Suppression};
use schemars::JsonSchema;
use serde::Serialize;

use super::words::{Value, Word, words};
use crate::render::SCHEMA_VERSION;
use crate::settings::ConfigFile;

/// All settings that hold, with their origins.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SettingsDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// The settings that are a text or a list of texts each.
    settings: Vec<SettingEntry<'c>>,
    /// The entries of `[[iam.checks.suppress]]` from all files.
    suppressions: Vec<SuppressionEntry<'c>>,
}

/// One setting.
#[derive(Debug, Serialize, JsonSchema)]
struct SettingEntry<'c> {
    /// The key with all tables before it.
    key: String,
    /// The value that holds: a text, or a list of texts.
    value: Value<'c>,
    /// Who said so.
    origin: OriginEntry<'c>,
}

/// One entry of `[[iam.checks.suppress]]`.
#[derive(Debug, Serialize, JsonSchema)]
struct SuppressionEntry<'c> {
    /// The check whose findings are dropped.
    code: &'c str,
    /// The pattern for files it is limited to.
    path: Option<&'c str>,
    /// The statement it is limited to.
    sid: Option<&'c str>,
    /// Why.
    reason: &'c str,
    /// The last day on which it counts, as `2027-01-31`.
    expires: Option<String>,
    /// Who said so.
    origin: OriginEntry<'c>,
}

/// Where a value comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "layer", rename_all = "kebab-case")]
enum OriginEntry<'c> {
    /// The default.
    BuiltIn,
    /// The configuration file of the machine.
    System(PlaceEntry<'c>),
    /// The configuration file of the user.
    User(PlaceEntry<'c>),
    /// The `perk.toml` of the project.
    Project(PlaceEntry<'c>),
    /// An environment variable.
    Variable {
        /// Its name.
        name: &'static str,
    },
    /// A flag on the command line.
    Flag {
        /// Its name, with the dashes.
        name: &'static str,
    },
}

/// A place in a configuration file.
#[derive(Debug, Serialize, JsonSchema)]
struct PlaceEntry<'c> {
    /// The file.
    path: &'c str,
    /// Line in it, from 1.
    line: u32,
    /// Column in the line, from 1, in Unicode characters.
    column: u32,
}

impl<'c> SettingsDocument<'c> {
    pub(crate) fn new(config: &'c Config) -> Self {
        let suppressions = &config.iam.checks.suppressions;
        Self {
            schema_version: SCHEMA_VERSION,
            settings: words(config).into_iter().map(SettingEntry::new).collect(),
            suppressions: suppressions.iter().map(SuppressionEntry::new).collect(),
        }
    }
}

impl<'c> SettingEntry<'c> {
    fn new(word: Word<'c>) -> Self {
        Self {
            key: word.key,
            value: word.value,
            origin: OriginEntry::new(word.origin),
        }
    }
}

impl<'c> SuppressionEntry<'c> {
    fn new(entry: &'c Suppression) -> Self {
        Self {
            code: &entry.code,
            path: entry.path.as_ref().map(PathPattern::as_str),
            sid: entry.sid.as_deref(),
            reason: &entry.reason,
            expires: entry.expires.map(|date| date.to_string()),
            origin: OriginEntry::new(&entry.origin),
        }
    }
}

impl<'c> OriginEntry<'c> {
    fn new(origin: &'c Origin) -> Self {
        match origin {
            Origin::BuiltIn => Self::BuiltIn,
            Origin::File { layer, place } => {
                let place = PlaceEntry {
                    path: place.path.as_str(),
                    line: place.position.line,
                    column: place.position.column,
                };
                match layer {
                    Layer::System => Self::System(place),
                    Layer::User => Self::User(place),
                    Layer::Project => Self::Project(place),
                }
            }
            Origin::Variable { name } => Self::Variable { name },
            Origin::Flag { name } => Self::Flag { name },
        }
    }
}

/// The configuration files that count, the strongest last.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FilesDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// The files.
    files: Vec<FileEntry<'c>>,
}

/// One configuration file.
#[derive(Debug, Serialize, JsonSchema)]
struct FileEntry<'c> {
    /// What it is the file of: `system`, `user` or `project`.
    layer: String,
    /// The file.
    path: &'c str,
    /// Whether it is there.
    exists: bool,
}

impl<'c> FilesDocument<'c> {
    pub(crate) fn new(files: &'c [ConfigFile]) -> Self {
        let entry = |file: &'c ConfigFile| FileEntry {
            layer: file.layer.to_string(),
            path: file.path.as_str(),
            exists: file.exists,
        };
        Self {
            schema_version: SCHEMA_VERSION,
            files: files.iter().map(entry).collect(),
        }
    }
}
