//! Which network a container is to have.

use crate::command_line::{RunCommand, comma_list};
use crate::engine::Engine;

/// The network of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkMode {
    /// What the engine gives to each container.
    Default,
    /// That of the host.
    Host,
    /// None at all.
    None,
    /// That of another container, or of what else has one.
    Container(String),
    /// That of the pod that it joins.
    Pod,
    /// Networks that were made by name.
    Named(Vec<String>),
}

impl RunCommand {
    /// Returns the network that the options ask for.
    pub fn network(&self) -> NetworkMode {
        let names: Vec<_> = self
            .values("network")
            .map(|value| name_of(&value.to_string_lossy()))
            .collect();
        let container = |name: &String| {
            let name = name.strip_prefix("container:").or(name.strip_prefix("ns:"));
            name.map(str::to_owned)
        };
        if let Some(container) = names.iter().find_map(container) {
            return NetworkMode::Container(container);
        }
        // What podman adds behind a name says how to join, not what.
        let names = names
            .iter()
            .map(|name| name.split(':').next().unwrap_or(name));
        let has = |wanted: &str| names.clone().any(|name| name == wanted);
        if has("host") {
            return NetworkMode::Host;
        }
        if has("none") {
            return NetworkMode::None;
        }
        let made: Vec<_> = names
            .clone()
            .filter(|name| !is_default(self.engine(), name))
            .map(str::to_owned)
            .collect();
        match made.is_empty() {
            false => NetworkMode::Named(made),
            true if self.value("pod").is_some() || self.value("pod-id-file").is_some() => {
                NetworkMode::Pod
            }
            true => NetworkMode::Default,
        }
    }
}

/// Returns the name in one of the ways to write a network: `NAME`, `name=NAME,alias=…`.
fn name_of(text: &str) -> String {
    let items = comma_list(text);
    let named = items.iter().find_map(|item| item.strip_prefix("name="));
    named.unwrap_or(text).to_owned()
}

fn is_default(engine: Engine, name: &str) -> bool {
    let names: &[&str] = match engine {
        Engine::Docker | Engine::Nerdctl => &["", "default", "bridge"],
        Engine::Podman => &["", "default", "bridge", "private", "slirp4netns", "pasta"],
    };
    names.contains(&name)
}
