//! Places in the files of a template.

use std::fmt;

use perk_diag::LineColumn;

/// A file of a template, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path from the template's folder.
    pub file: String,
    /// Line and column, where they are known.
    pub position: Option<LineColumn>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(LineColumn { line, column }) => write!(f, "{}:{line}:{column}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
