//! What has to be known of the settings to say what to change.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// How the command is set up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setup {
    /// The name of the engine.
    pub engine: String,
    /// Where the proxy is written: variables, files with their lines.
    pub proxy_places: Vec<String>,
    /// Where the exemptions are written.
    pub exemption_places: Vec<String>,
    /// Which certificates the container is given.
    pub trust: TrustSetup,
    /// The servers for names that this machine uses and a container can reach.
    pub name_servers: Vec<IpAddr>,
    /// The value of `--network` with which the loopback of this machine is reached.
    pub loopback_network: String,
    /// Whether a relay, which there is with `--exec`, would bring the container to the proxy.
    pub has_relay: bool,
    /// Whether the container is to have no network.
    pub has_no_network: bool,
    /// Whether programs were named to be told about.
    pub has_programs: bool,
}

/// Which certificates the container is given besides those of the image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TrustSetup {
    /// Those that the company has added to this machine.
    #[default]
    OfMachine,
    /// Those of a file.
    File {
        /// The file.
        path: String,
        /// What names it: a flag, or a place.
        by: String,
    },
    /// None, since that was asked for.
    Off {
        /// What says so: a flag, or a place.
        by: String,
    },
}

/// What was found out in a container.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ContainerAnswers {
    /// What was tried.
    pub answers: Vec<Answer>,
    /// The certificates that it was given.
    pub bundle: GivenBundle,
    /// The networks that it is in.
    pub networks: Vec<IpNet>,
}

/// The certificates that a container was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum GivenBundle {
    /// None.
    #[default]
    None,
    /// They are in a file.
    Read {
        /// The file.
        path: String,
    },
    /// A variable names a file that is not there or cannot be read.
    Missing {
        /// The file.
        path: String,
    },
}

impl Setup {
    /// Returns how to have a container ask a server for names that this machine asks.
    pub(super) fn pass_name_server(&self) -> Option<String> {
        let server = self.name_servers.first()?;
        Some(format!("pass `--dns {server}`"))
    }
}
