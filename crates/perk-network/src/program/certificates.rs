//! Which certificates a program trusts, with the variables that are set.

use std::fmt;

use serde::Serialize;

use super::table::{Effect, Program};
use super::way::Lookup;

/// What a program trusts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Trust {
    /// What a variable names.
    Bundle {
        /// The variable.
        variable: String,
        /// Whether it trusts nothing else.
        only: bool,
    },
    /// What the system of the image trusts; no variable that is set changes it.
    System {
        /// Whether there is a variable that could.
        has_variable: bool,
    },
    /// A list that it brings along; no variable that is set changes it.
    Own {
        /// Whether there is a variable that could.
        has_variable: bool,
    },
    /// It was not measured.
    Unknown,
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bundle {
                variable,
                only: true,
            } => write!(f, "only what `{variable}` names"),
            Self::Bundle {
                variable,
                only: false,
            } => write!(f, "what `{variable}` names, besides its own"),
            Self::System { has_variable: true } => f.write_str("what the image trusts"),
            Self::System {
                has_variable: false,
            } => f.write_str("what the image trusts: the bundle has to be at the image's own path"),
            Self::Own { .. } => f.write_str("a list that it brings along"),
            Self::Unknown => f.write_str("not measured"),
        }
    }
}

/// Returns what a program trusts.
pub(super) fn trust(program: &Program, lookup: Lookup<'_>) -> Trust {
    let Some(certificates) = &program.certificates else {
        return Trust::Unknown;
    };
    let mut variables = certificates.variables.iter();
    let is_set = |name: &str| match lookup(name) {
        Some(value) if name == "JAVA_TOOL_OPTIONS" => value.contains("-Djavax.net.ssl.trustStore="),
        Some(value) => !value.is_empty(),
        None => false,
    };
    if let Some(variable) = variables.find(|variable| is_set(&variable.name)) {
        return Trust::Bundle {
            variable: variable.name.clone(),
            only: variable.effect == Effect::Replaces,
        };
    }
    let has_variable = !certificates.variables.is_empty();
    if certificates.system {
        Trust::System { has_variable }
    } else {
        Trust::Own { has_variable }
    }
}
