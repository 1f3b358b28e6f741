//! Which engine it is, and what is known of the one that is installed.

use std::fmt;

use crate::engine::Version;

/// A program with the command line of `docker run`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Docker's client.
    Docker,
    /// Podman.
    Podman,
    /// Nerdctl, the client of containerd.
    Nerdctl,
}

impl Engine {
    /// All engines, the most usual one first.
    pub const ALL: [Self; 3] = [Self::Docker, Self::Podman, Self::Nerdctl];

    /// Returns the name of the program.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
            Self::Nerdctl => "nerdctl",
        }
    }

    /// Returns the engine whose program has the name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An engine as it is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installation {
    /// Which engine.
    pub engine: Engine,
    /// The version of its client, where it is known.
    pub version: Option<Version>,
    /// Whether its containers run in a virtual machine that makes the host reachable by a name, as
    /// with Docker Desktop.
    pub is_desktop: bool,
    /// Whether its containers run as an ordinary user.
    pub is_rootless: bool,
}

impl Installation {
    /// Describes an engine of which nothing else is known.
    pub fn of(engine: Engine) -> Self {
        Self {
            engine,
            version: None,
            is_desktop: false,
            is_rootless: false,
        }
    }

    /// Tells whether the version is known to be older than another one.
    pub fn is_older_than(&self, version: Version) -> bool {
        self.version.is_some_and(|installed| installed < version)
    }
}
