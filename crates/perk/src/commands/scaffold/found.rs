//! A template with where it comes from.

use std::fmt;

use perk_scaffold::{Location, Template};

/// What a source is called that is the binary itself.
pub(super) const BUILT_IN: &str = "built-in";

/// A template with where it comes from.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) template: Template,
    pub(crate) origin: Origin,
}

/// Where a template comes from. `Display` writes what a project keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The binary.
    BuiltIn,
    /// A folder or a repository.
    Elsewhere {
        /// What it was asked for by; of a folder the whole path, so that a project finds it again
        /// from wherever it is.
        spec: String,
        location: Location,
        commit: Option<String>,
    },
}

impl Origin {
    /// Returns the commit of the template, if it comes from a repository.
    pub(crate) fn commit(&self) -> Option<&str> {
        match self {
            Self::BuiltIn => None,
            Self::Elsewhere { commit, .. } => commit.as_deref(),
        }
    }

    /// Returns the place, whatever name somebody has given it.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::BuiltIn => BUILT_IN.to_owned(),
            Self::Elsewhere { location, .. } => location.to_string(),
        }
    }

    /// Returns what trust in the template is kept by.
    pub(super) fn identity(&self) -> String {
        match self {
            Self::BuiltIn => BUILT_IN.to_owned(),
            Self::Elsewhere { location, .. } => location.identity(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str(BUILT_IN),
            Self::Elsewhere { spec, .. } => f.write_str(spec),
        }
    }
}
