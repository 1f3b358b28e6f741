//! The places where people keep the settings of proxies.
//!
//! Each module reads one kind of text. The caller brings the text and says where it is from;
//! nothing here opens a file or starts a program.

pub mod apt;
mod assignments;
mod collector;
pub mod daemon_json;
pub mod docker_config;
pub mod docker_context;
pub mod environment;
pub mod etc_environment;
mod fault;
pub mod git;
pub mod given;
pub mod gnome;
mod json;
pub mod macos;
pub mod npm;
pub mod pac;
mod remark;
mod shown;
pub mod systemd_drop_in;

use std::fmt;

pub use fault::SourceFault;
pub use remark::SourceRemark;
use serde::Serialize;

use crate::{Field, Place, Remark, Secret, Settings};

/// A kind of place. The order is the order in which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Flags of the command.
    Flags,
    /// `perk.toml`.
    Configuration,
    /// Variables such as `http_proxy`.
    Environment,
    /// The `proxies` of docker's `config.json`.
    DockerConfig,
    /// The `proxies` of dockerd's `daemon.json`, which beat its variables.
    DaemonJson,
    /// Files that set variables of the docker service.
    SystemdDropIn,
    /// `/etc/environment`.
    EtcEnvironment,
    /// The configuration of apt.
    Apt,
    /// The configuration of git.
    Git,
    /// The configuration of npm.
    Npm,
    /// The settings of GNOME.
    Gnome,
    /// The settings of macOS.
    Macos,
    /// A script for automatic configuration.
    Pac,
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flags => "the command line",
            Self::Configuration => "perk.toml",
            Self::Environment => "the environment",
            Self::DockerConfig => "docker's config.json",
            Self::DaemonJson => "dockerd's daemon.json",
            Self::SystemdDropIn => "systemd's settings of docker",
            Self::EtcEnvironment => "/etc/environment",
            Self::Apt => "apt's configuration",
            Self::Git => "git's configuration",
            Self::Npm => "npm's configuration",
            Self::Gnome => "GNOME's settings",
            Self::Macos => "macOS's settings",
            Self::Pac => "the PAC script",
        })
    }
}

/// What a place says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Proxies and exemptions.
    pub settings: Settings,
    /// Where each value is from. A list of exemptions may be from several places.
    pub places: Vec<(Field, Place)>,
    /// What is worth saying about them.
    pub remarks: Vec<Remark>,
    /// Where the place says that a PAC script is: a URL, which may have credentials in it, or a path.
    pub pac: Option<Secret>,
}

#[cfg(test)]
mod tests;
