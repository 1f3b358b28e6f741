//! What was measured of a program, as one process tells the other.

use serde::{Deserialize, Serialize};

/// What was measured of a program.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Measured {
    /// It is not here.
    Skipped(String),
    /// It could not be measured, although it is here.
    Failed(String),
    /// All cases were tried.
    Done {
        /// What the program calls its version.
        version: String,
        cases: Vec<Compared>,
    },
}

/// A case, with what the table foretells and what was seen.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Compared {
    pub(crate) case: String,
    pub(crate) foretold: String,
    pub(crate) observed: String,
}

impl Compared {
    pub(crate) fn agrees(&self) -> bool {
        self.foretold == self.observed
    }
}
