//! Where a value was found.

use std::fmt;

/// The place of one value, to be shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A variable of the environment.
    Variable(String),
    /// A flag of the command line.
    Flag(String),
    /// A line of a file, counted from one.
    Line {
        /// The path as it was given.
        path: String,
        /// The line.
        line: usize,
    },
    /// A key of a store that has no lines, such as the settings of a desktop.
    Key(String),
    /// A key in a file, where the line is not known.
    KeyIn {
        /// The key.
        key: String,
        /// The path as it was given.
        path: String,
    },
}

impl Place {
    /// Makes the place of a line in a file.
    pub fn line(path: &str, line: usize) -> Self {
        Self::Line {
            path: path.to_owned(),
            line,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) | Self::Flag(name) | Self::Key(name) => write!(f, "`{name}`"),
            Self::KeyIn { key, path } => write!(f, "`{key}` in `{path}`"),
            Self::Line { path, line } => write!(f, "`{path}:{line}`"),
        }
    }
}
