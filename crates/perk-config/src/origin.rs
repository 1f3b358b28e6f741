//! Where values come from.

use std::fmt;

use camino::Utf8PathBuf;
use perk_diag::LineColumn;

/// A kind of configuration file; later ones win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The file of the whole machine.
    System,
    /// The file of the user.
    User,
    /// The `perk.toml` of the project.
    Project,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "system",
            Self::User => "user",
            Self::Project => "project",
        })
    }
}

/// A place in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: Utf8PathBuf,
    /// Line and column in it.
    pub position: LineColumn,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.position;
        write!(f, "{}:{line}:{column}", self.path)
    }
}

/// Who said what a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody: it is the default.
    BuiltIn,
    /// A configuration file.
    File {
        /// Which kind of file.
        layer: Layer,
        /// Where in it.
        place: Place,
    },
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

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::File { layer, place } => write!(f, "{layer}: {place}"),
            Self::Variable { name } => write!(f, "variable: {name}"),
            Self::Flag { name } => write!(f, "flag: {name}"),
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Who said so.
    pub origin: Origin,
}

impl<T: Default> Default for Setting<T> {
    fn default() -> Self {
        Self {
            value: T::default(),
            origin: Origin::BuiltIn,
        }
    }
}
