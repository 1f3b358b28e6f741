//! What a container is to get from the network that it runs in, as plain data.

use std::collections::BTreeMap;

use crate::command_line::{AddedHost, GivenVariable};
use crate::engine::Installation;

/// What is to be added to a command so that its container finds its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkPlan {
    /// Variables, both spellings of a proxy variable being two of them.
    pub variables: Vec<Variable>,
    /// Files of the host that the variables speak of.
    pub mounts: Vec<Mount>,
    /// Names that the variables speak of.
    pub add_hosts: Vec<AddedHost>,
    /// Labels by which the container is found again, such as `name=value`.
    pub labels: Vec<String>,
    /// Whether it says what proxies there are to be, were it none: then those of the image do not
    /// count.
    pub settles_proxies: bool,
    /// What the user should know about it, in words.
    pub warnings: Vec<String>,
}

/// A variable for a container.
#[derive(Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// Whether the value is to be seen by nobody else.
    pub is_secret: bool,
}

impl std::fmt::Debug for Variable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = if self.is_secret { "***" } else { &self.value };
        write!(f, "{}={value:?}", self.name)
    }
}

/// A file or folder of the host that a container is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The absolute path on the host.
    pub source: String,
    /// The absolute path in the container.
    pub target: String,
    /// Whether the container may only read it.
    pub is_read_only: bool,
    /// Whether `SELinux` has to be told that containers may use it.
    pub is_relabeled: bool,
}

/// What is known where the command is to be run.
#[derive(Clone)]
pub struct Host {
    /// The engine that is to run it.
    pub installation: Installation,
    /// The environment of its client.
    pub environment: BTreeMap<String, String>,
    /// What the user's `--env-file` options name, read, in their order.
    pub environment_files: Vec<Vec<GivenVariable>>,
    /// What docker's client adds to each container, as its configuration says.
    pub docker_proxies: BTreeMap<String, String>,
    /// What the image sets, where that is known.
    pub image_environment: BTreeMap<String, String>,
}

impl Host {
    /// Describes a host of which only the engine is known.
    pub fn of(installation: Installation) -> Self {
        Self {
            installation,
            environment: BTreeMap::new(),
            environment_files: Vec::new(),
            docker_proxies: BTreeMap::new(),
            image_environment: BTreeMap::new(),
        }
    }
}

impl std::fmt::Debug for Host {
    /// Leaves out the values of variables, some of which are secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host")
            .field("installation", &self.installation)
            .finish_non_exhaustive()
    }
}
