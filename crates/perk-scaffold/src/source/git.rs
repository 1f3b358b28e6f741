//! The git program, made to do nothing but what it is asked for.

use std::time::Duration;

use perk_process::{Invocation, ProcessError, Program, SearchPath};

/// Settings that no configuration overrides.
const SETTINGS: &[&str] = &[
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "fetch.writeCommitGraph=false",
    "transfer.bundleURI=false",
    "gc.auto=0",
    "maintenance.auto=false",
    // A connection that stands still is given up.
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=30",
];

/// Variables by which git would work on another repository than the one it is given. They are set
/// when perk itself is started by git, in a hook or an alias.
const VARIABLES_OF_REPOSITORY: &[&str] = &[
    "GIT_DIR",
    "GIT_COMMON_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_TEMPLATE_DIR",
    "GIT_CONFIG",
    "GIT_DEFAULT_HASH",
    "GIT_PROTOCOL",
];

/// How long git may take for what needs no network.
const LOCAL_LIMIT: Duration = Duration::from_mins(1);

/// The git program.
#[derive(Debug, Clone)]
pub(super) struct Git {
    program: Program,
    /// Whether git may ask for a password at the terminal.
    may_ask: bool,
}

impl Git {
    pub(super) fn find(search_path: &SearchPath, may_ask: bool) -> Result<Self, ProcessError> {
        let program = search_path.find("git", "fetch templates from repositories")?;
        Ok(Self { program, may_ask })
    }

    /// Prepares what talks to a repository elsewhere.
    ///
    /// The user's own configuration holds, since proxies and credentials are there; so an address
    /// may be rewritten, but never to a transport that runs a program.
    pub(super) fn remote(&self, purpose: String) -> Invocation {
        let prompt = if self.may_ask { "1" } else { "0" };
        self.invocation(purpose)
            .variable("GIT_ALLOW_PROTOCOL", "file:https:ssh")
            .variable("GIT_TERMINAL_PROMPT", prompt)
            .sharing_terminal(self.may_ask)
    }

    /// Prepares what reads the cache.
    pub(super) fn local(&self, purpose: impl Into<String>) -> Invocation {
        self.invocation(purpose.into())
            .variable("GIT_ALLOW_PROTOCOL", "none")
            .time_limit(LOCAL_LIMIT)
    }

    fn invocation(&self, purpose: String) -> Invocation {
        let settings = SETTINGS.iter().flat_map(|setting| ["-c", setting]);
        self.program
            .invocation(purpose)
            // Never in the working folder: the configuration of a repository there would count.
            .folder("/")
            .arguments(settings)
            .without_variables(VARIABLES_OF_REPOSITORY.iter().copied())
            .variable("LC_ALL", "C")
            .variable("GIT_NO_REPLACE_OBJECTS", "1")
            .variable("GIT_NO_LAZY_FETCH", "1")
            .variable("GIT_OPTIONAL_LOCKS", "0")
    }
}
