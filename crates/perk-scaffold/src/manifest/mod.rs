//! `template.toml`: what a template asks, computes, leaves out and runs.

mod convert;
mod default;
mod keys;
mod model;
mod places;
mod problem;
mod question;
mod rules;
mod schema;
#[cfg(test)]
mod tests;

pub(crate) use convert::is_template_name;
pub(crate) use default::DefaultValue;
pub use model::{Check, Choice, Computed, Hook, HookMoment, Kind, Manifest, Question};
pub(crate) use places::ManifestPlaces;
pub use problem::ManifestProblem;
pub(crate) use rules::Rules;

/// The name of the manifest's file.
pub const MANIFEST_FILE: &str = "template.toml";
