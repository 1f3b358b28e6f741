//! What the engine is asked for a command.

use perk_docker::command_line::{NetworkMode, RunCommand};
use perk_docker::engine::Engine;
use perk_process::is_superuser;

/// Something that the engine knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Question {
    /// What an image sets.
    Image(String),
    /// What a network is like.
    Network(String),
    /// In which networks a container is.
    Container(String),
}

/// What a command needs to know.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Need {
    /// Whether the image counts.
    pub(in super::super) image: bool,
    /// Whether the networks do.
    pub(in super::super) networks: bool,
    /// Whether it matters how this machine is reached, which is a question of podman's version.
    pub(in super::super) version: bool,
}

/// Returns what has to be asked for a command.
pub(super) fn questions(command: &RunCommand, need: Need) -> Vec<Question> {
    let mut questions = Vec::new();
    if need.image {
        let image = command.image().to_string_lossy().into_owned();
        questions.push(Question::Image(image));
    }
    if need.networks {
        questions.extend(of_network(command));
    }
    questions
}

fn of_network(command: &RunCommand) -> Vec<Question> {
    match command.network() {
        NetworkMode::Named(names) => names.into_iter().map(Question::Network).collect(),
        NetworkMode::Container(name) => vec![Question::Container(name)],
        NetworkMode::Default => usual_network(command.engine())
            .map(|name| Question::Network(name.to_owned()))
            .into_iter()
            .collect(),
        NetworkMode::Host | NetworkMode::None | NetworkMode::Pod => Vec::new(),
    }
}

/// Returns the network of a container that asks for none. Those of ordinary users of podman and
/// nerdctl have a network of their own, in which there is nobody else.
fn usual_network(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Docker => Some("bridge"),
        Engine::Podman if is_superuser() => Some("podman"),
        Engine::Nerdctl if is_superuser() => Some("bridge"),
        Engine::Podman | Engine::Nerdctl => None,
    }
}
