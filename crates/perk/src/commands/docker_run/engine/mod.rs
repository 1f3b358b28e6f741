//! What only the engine can say: what the image sets, and in which networks the container will be.
//!
//! It is asked for what the command needs and for nothing else, and need not answer: an engine that
//! does not run and an image that is not there yet are no mistakes of the user.

mod client;
mod daemon;
mod known;
mod question;

pub(super) use known::Known;
pub(super) use question::Need;

use perk_docker::command_line::RunCommand;
use perk_docker::engine::Engine;

use super::machine::Machine;
use super::source::DockerClient;
use known::Silence;
use question::{Question, questions};

/// Asks the engine.
pub(super) fn ask(
    command: &RunCommand,
    need: Need,
    docker: &DockerClient,
    machine: &Machine<'_>,
) -> Known {
    let questions = questions(command, need);
    if questions.is_empty() {
        return Known::default();
    }
    match command.engine() {
        Engine::Docker => daemon::ask(&questions, docker, machine),
        engine => client::ask(engine, &questions, need.version),
    }
}
