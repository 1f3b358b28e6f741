//! Questions about a command line that decide what can be added to it.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::command_line::{RunCommand, comma_list};
use crate::engine::Engine;

/// A variable that the user sets by `-e`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenVariable {
    /// The name.
    pub name: String,
    /// The value; none if it is taken from the environment of the engine's client, or the variable
    /// removed if it is not set there.
    pub value: Option<OsString>,
}

/// A name for an address that the user adds by `--add-host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedHost {
    /// The name.
    pub name: String,
    /// The address, or `host-gateway`.
    pub address: String,
}

/// Something that the user mounts into the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMount {
    /// `bind`, `volume`, `tmpfs` or another kind.
    pub kind: String,
    /// What is mounted: a path, or the name of a volume.
    pub source: Option<String>,
    /// Where it is in the container.
    pub target: String,
    /// Whether the container may only read it.
    pub is_read_only: bool,
}

impl RunCommand {
    /// Returns the variables that are set by `-e`, in their order, in which the last one counts.
    pub fn environment(&self) -> Vec<GivenVariable> {
        self.values("env").filter_map(given_variable).collect()
    }

    /// Returns the files of variables, in their order, in which the last one counts.
    pub fn environment_files(&self) -> Vec<PathBuf> {
        let values = self.values("env-file");
        match self.engine() {
            // Podman takes several files between commas.
            Engine::Podman => values
                .flat_map(|value| comma_list(&value.to_string_lossy()))
                .map(PathBuf::from)
                .collect(),
            Engine::Docker | Engine::Nerdctl => values.map(PathBuf::from).collect(),
        }
    }

    /// Returns the names that are given to addresses.
    pub fn added_hosts(&self) -> Vec<AddedHost> {
        let texts = self.values("add-host").map(OsStr::to_string_lossy);
        let items = texts.flat_map(|text| match self.engine() {
            Engine::Podman => comma_list(&text),
            Engine::Docker | Engine::Nerdctl => vec![text.into_owned()],
        });
        items.flat_map(|item| added_hosts(&item)).collect()
    }

    /// Returns the names under which linked containers are reached.
    pub fn links(&self) -> Vec<String> {
        let names = |value: &OsStr| -> Vec<String> {
            let text = value.to_string_lossy();
            text.split(':')
                .map(|name| name.trim_start_matches('/').to_owned())
                .collect()
        };
        self.values("link").flat_map(names).collect()
    }

    /// Returns everything that is mounted by `-v`, `--mount` and `--tmpfs`.
    pub fn mounts(&self) -> Vec<GivenMount> {
        let lossy = OsStr::to_string_lossy;
        let volumes = self.values("volume").map(|value| volume(&lossy(value)));
        let mounts = self.values("mount").map(|value| mount(&lossy(value)));
        let temporary = self.values("tmpfs").map(|value| GivenMount {
            kind: "tmpfs".to_owned(),
            source: None,
            target: first_of(&lossy(value), ':'),
            is_read_only: false,
        });
        volumes.chain(mounts).chain(temporary).collect()
    }

    /// Returns what is run instead of the image's entry point; empty for nothing.
    pub fn entrypoint(&self) -> Option<&OsStr> {
        self.value("entrypoint")
    }

    /// Returns the user that the program runs as.
    pub fn user(&self) -> Option<&OsStr> {
        self.value("user")
    }

    /// Returns the name of the container.
    pub fn name(&self) -> Option<&OsStr> {
        self.value("name")
    }

    /// Tells whether input is kept open.
    pub fn is_interactive(&self) -> bool {
        self.flag("interactive").unwrap_or(false)
    }

    /// Tells whether a terminal is asked for.
    pub fn has_terminal(&self) -> bool {
        self.flag("tty").unwrap_or(false)
    }

    /// Tells whether the container goes on in the background.
    pub fn is_detached(&self) -> bool {
        self.flag("detach").unwrap_or(false)
    }

    /// Tells whether the container is removed when it ends.
    pub fn is_removed(&self) -> bool {
        self.flag("rm").unwrap_or(false)
    }
}

fn given_variable(word: &OsStr) -> Option<GivenVariable> {
    let bytes = word.as_bytes();
    let equals = bytes.iter().position(|&byte| byte == b'=');
    let name = &bytes[..equals.unwrap_or(bytes.len())];
    (!name.is_empty()).then(|| GivenVariable {
        name: String::from_utf8_lossy(name).into_owned(),
        value: equals.map(|at| OsStr::from_bytes(&bytes[at + 1..]).to_owned()),
    })
}

/// Reads `NAME:ADDRESS` and `NAME=ADDRESS`; podman allows several names between semicolons.
fn added_hosts(text: &str) -> Vec<AddedHost> {
    let Some((names, address)) = text.split_once(['=', ':']) else {
        return Vec::new();
    };
    let added = |name: &str| AddedHost {
        name: name.to_owned(),
        address: address.to_owned(),
    };
    names.split(';').map(added).collect()
}

/// Reads `TARGET`, `SOURCE:TARGET` and `SOURCE:TARGET:OPTIONS`.
fn volume(text: &str) -> GivenMount {
    let mut parts = text.splitn(3, ':');
    let first = parts.next().unwrap_or_default().to_owned();
    let (source, target) = match parts.next() {
        None => (None, first),
        Some(target) => (Some(first), target.to_owned()),
    };
    let is_path = |source: &String| source.starts_with(['/', '.', '~']);
    let kind = match &source {
        Some(source) if is_path(source) => "bind",
        _ => "volume",
    };
    let options = parts.next().unwrap_or_default();
    GivenMount {
        kind: kind.to_owned(),
        source,
        target,
        is_read_only: options.split(',').any(|option| option == "ro"),
    }
}

fn mount(text: &str) -> GivenMount {
    let mut mount = GivenMount {
        kind: "volume".to_owned(),
        source: None,
        target: String::new(),
        is_read_only: false,
    };
    for item in comma_list(text) {
        let (key, value) = item.split_once('=').unwrap_or((&item, "true"));
        match key.to_ascii_lowercase().as_str() {
            "type" => value.clone_into(&mut mount.kind),
            "source" | "src" => mount.source = Some(value.to_owned()),
            "target" | "destination" | "dst" => value.clone_into(&mut mount.target),
            "readonly" | "ro" => mount.is_read_only = !["0", "false"].contains(&value),
            _ => {}
        }
    }
    mount
}

fn first_of(text: &str, separator: char) -> String {
    text.split(separator).next().unwrap_or_default().to_owned()
}
