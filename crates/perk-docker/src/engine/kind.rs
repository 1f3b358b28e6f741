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

    /// Recognizes an engine by what its program says of its version.
    ///
    /// The name of the program does not tell: `docker` may be podman under another name.
    pub fn that_says(version_text: &str) -> Option<Self> {
        let text = version_text.to_ascii_lowercase();
        let named = |engine: &Engine| text.contains(engine.name());
        // Podman's and nerdctl's words may name docker too.
        let engine = Engine::ALL.into_iter().rev().find(named)?;
        Some(Self {
            version: Version::find_in(&text),
            ..Self::of(engine)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_known_by_its_words() {
        let said = |text| Installation::that_says(text).map(|found| (found.engine, found.version));
        assert_eq!(
            said("Docker version 28.2.2, build e6534b4"),
            Some((Engine::Docker, Some(Version::new(28, 2))))
        );
        assert_eq!(
            said("Emulate Docker CLI using podman.\npodman version 4.3.1"),
            Some((Engine::Podman, Some(Version::new(4, 3))))
        );
        assert_eq!(
            said("nerdctl version 2.0.3"),
            Some((Engine::Nerdctl, Some(Version::new(2, 0))))
        );
        assert_eq!(said("what?"), None);
    }
}
