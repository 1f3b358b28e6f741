//! Values to words: what commands say, as text and as JSON.

pub(crate) mod config;
pub(crate) mod docker_run;
mod failure;
pub(crate) mod iam;
mod place;
mod quoted;
pub(crate) mod scaffold;
mod toml;

use crate::commands::BaselineDocument;
use schemars::{Schema, schema_for};

pub(crate) use failure::{error, misspelled_variable, panic};
pub(crate) use quoted::quoted;

/// The version of every JSON document; it grows when a document changes incompatibly.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Returns the schema of every JSON document, with a name for its file.
pub(crate) fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("config-show", schema_for!(config::SettingsDocument<'_>)),
        ("config-path", schema_for!(config::FilesDocument<'_>)),
        ("docker-run", schema_for!(docker_run::CommandDocument<'_>)),
        (
            "docker-run-explain",
            schema_for!(docker_run::ExplainDocument),
        ),
        ("docker-run-doctor", schema_for!(docker_run::DoctorDocument)),
        ("iam-validate", schema_for!(iam::ReportDocument<'_>)),
        ("iam-checks", schema_for!(iam::ChecksDocument)),
        ("iam-baseline", schema_for!(BaselineDocument)),
        (
            "iam-catalog-info",
            schema_for!(iam::catalog::InfoDocument<'_>),
        ),
        (
            "iam-catalog-show",
            schema_for!(iam::catalog::ShowDocument<'_>),
        ),
        (
            "iam-catalog-search",
            schema_for!(iam::catalog::SearchDocument<'_>),
        ),
        (
            "scaffold-list",
            schema_for!(scaffold::TemplatesDocument<'_>),
        ),
        ("scaffold-new", schema_for!(scaffold::NewDocument<'_>)),
        ("scaffold-status", schema_for!(scaffold::StatusDocument<'_>)),
        ("scaffold-check", schema_for!(scaffold::CheckDocument<'_>)),
    ]
}
