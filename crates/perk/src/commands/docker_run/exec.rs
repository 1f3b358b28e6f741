//! `--exec`: the command is run in the place of perk.

use perk_docker::compile::Compiled;
use perk_process::{Invocation, Program, SearchPath};
use perk_term::Terminal;

use super::shown::Shown;
use crate::command_error::CommandError;
use crate::render::docker_run as render;

/// Becomes the engine's client, which then has the terminal, the signals and the exit code. The
/// values with passwords are in its environment. Returns only if it cannot be run.
pub(super) fn exec(shown: Shown, terminal: &mut Terminal) -> CommandError {
    let purpose = "run the container";
    let engine = shown.command.engine().name();
    let program = match SearchPath::of_process().find(engine, purpose) {
        Ok(program) => program,
        Err(error) => return error.into(),
    };
    if let Err(error) = shown.write_files() {
        return error.into();
    }
    render::remarks(&shown, terminal);
    render::relays(&shown.command, &shown.relays.running, terminal);
    let mut invocation = invocation(&program, purpose, &shown.compiled);
    if let Some(lifeline) = shown.relays.lifeline {
        invocation = invocation.keeping_alive(lifeline);
    }
    invocation.replace().into()
}

/// Returns how the engine's client is run: with the words of a command, and with the values of the
/// variables that it only names.
pub(super) fn invocation(program: &Program, purpose: &str, compiled: &Compiled) -> Invocation {
    let words = compiled.argv.iter().skip(1);
    let invocation = program
        .invocation(purpose)
        .arguments(words.map(|word| word.text.clone()));
    let variables = compiled.client_environment();
    variables.fold(invocation, |invocation, (name, value)| {
        invocation.variable(name, value)
    })
}
