//! The command that comes out, with what has to be around it.

use std::ffi::OsString;
use std::fmt;

use crate::command_line::AddedHost;
use crate::compile::Warning;
use crate::network_plan::Mount;

/// A command with what has to be around it when it is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// The words, from the name of the program on.
    pub argv: Vec<Word>,
    /// The variables that were added.
    pub environment: Vec<Setting>,
    /// The mounts that were added.
    pub mounts: Vec<Mount>,
    /// The names that were added.
    pub add_hosts: Vec<AddedHost>,
    /// The file of variables that the words name and that has to be written before.
    pub secret_file: Option<SecretFile>,
    /// What the user should know.
    pub warnings: Vec<Warning>,
}

impl Compiled {
    /// Returns the variables that have to be in the environment of the engine's client, since the
    /// words only name them.
    pub fn client_environment(&self) -> impl Iterator<Item = (&str, &str)> {
        self.environment
            .iter()
            .filter(|setting| setting.transport == Transport::ByName)
            .map(|setting| (setting.name.as_str(), setting.value.as_str()))
    }
}

/// A word of the command.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: OsString,
    /// Whether it was added to what the user wrote.
    pub is_added: bool,
    /// Whether a secret is in it, which is so only where that was asked for.
    pub is_secret: bool,
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_secret {
            return f.write_str("***");
        }
        fmt::Debug::fmt(&self.text, f)
    }
}

/// A variable that was added.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// Whether the value is to be seen by nobody else.
    pub is_secret: bool,
    /// Why it has this value.
    pub reason: SettingReason,
    /// How the container gets it.
    pub transport: Transport,
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_secret { "***" } else { &self.value };
        let Self {
            name,
            reason,
            transport,
            ..
        } = self;
        write!(f, "{name}={value:?} ({reason:?}, {transport:?})")
    }
}

/// Why a variable was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingReason {
    /// The network needs it.
    Network,
    /// The network needs it, and the user's or the image's own value comes first in it.
    Joined,
    /// The user set the other spelling of it, which is named.
    SameAs(String),
    /// The user set it in a file, which the engine's own configuration would beat.
    FromFile,
    /// The engine would add a value of its own that does not belong here.
    Emptied,
}

/// How a variable gets into the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// The value is a part of the command.
    Inline,
    /// The command names it, and the engine's client has it in its environment.
    ByName,
    /// It is in a file that the command names.
    File,
    /// The engine's client adds it by itself, as its configuration says.
    ByEngine,
}

/// A file of variables that only its owner may read.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretFile {
    /// Where it has to be.
    pub path: String,
    /// What has to be in it.
    pub text: String,
}

impl fmt::Debug for SecretFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        write!(f, "SecretFile({path:?})")
    }
}
