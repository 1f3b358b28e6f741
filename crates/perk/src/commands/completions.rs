//! `perk completions`: scripts that teach a shell the command line of perk.

use clap::CommandFactory as _;
use clap_complete::Shell;
use perk_diag::ExitCode;
use perk_term::{OutputError, Terminal};

use crate::cli::Cli;
use crate::command_error::CommandError;

/// Print the script that completes perk's commands in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk completions bash > ~/.local/share/bash-completion/completions/perk
  perk completions zsh > ~/.zfunc/_perk
  perk completions fish > ~/.config/fish/completions/perk.fish")]
pub(crate) struct CompletionsArgs {
    /// Shell to write for
    shell: Shell,
}

pub(crate) fn completions(
    arguments: &CompletionsArgs,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    // The generator panics when writing fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "perk", &mut script);
    terminal
        .data()
        .write_all(&script)
        .map_err(OutputError::from)?;
    Ok(ExitCode::Success)
}
