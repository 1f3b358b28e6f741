//! Joins the crates to one program: arguments to settings, settings to a command, its result to
//! an exit code.
//!
//! Only this crate knows the command line, reads the environment and decides what is said.

mod cli;
mod command_error;
mod commands;
mod render;
mod settings;
mod words;

use std::ffi::OsString;
use std::panic::PanicHookInfo;

use clap::{CommandFactory as _, Parser as _};
use perk_diag::ExitCode;
use perk_term::{Terminal, TerminalOptions};
use schemars::Schema;

use crate::cli::Cli;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// Runs perk with the arguments of a process, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    if commands::is_relay(&arguments) {
        return commands::relay();
    }
    if commands::is_probe(&arguments) {
        return commands::probe(&arguments);
    }
    let arguments = commands::with_words_apart(arguments, &command());
    match Cli::try_parse_from(arguments) {
        Ok(cli) => run_command(cli),
        Err(error) => {
            // A reader that closed the pipe has seen enough of the help.
            let _ = error.print();
            if error.use_stderr() {
                ExitCode::Usage
            } else {
                ExitCode::Success
            }
        }
    }
}

fn run_command(cli: Cli) -> ExitCode {
    let surroundings = Surroundings::of_process();
    let config = settings::load_config(&surroundings, cli.globals.config_flags());
    let options = settings::terminal_options(&cli.globals, config.as_ref().ok(), &surroundings);
    let mut terminal = Terminal::stdio(&options);
    for variable in surroundings.misspelled_variables() {
        render::misspelled_variable(variable, &mut terminal);
    }
    let result = commands::run(cli.command, &surroundings, config, &mut terminal)
        .and_then(|code| terminal.finish().map(|()| code).map_err(CommandError::from));
    match result {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::Success,
        Err(error) => {
            render::error(&error, &mut terminal);
            error.class().exit_code()
        }
    }
}

/// Tells the user that perk itself is at fault: the hook for panics.
pub fn report_panic(panic: &PanicHookInfo<'_>) {
    let mut terminal = Terminal::stdio(&TerminalOptions::default());
    render::panic(panic, &mut terminal);
}

/// Returns the whole command line, for what is generated from it.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Returns the JSON Schema of every document that a command writes, with a name for its file.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    render::schemas()
}
