//! The command line: what may be typed before and after the name of a command.
//!
//! The arguments of a command stand beside the command, in `commands`.

use clap::{Args, Parser, Subcommand};
use perk_config::{ColorWhen, Flags};
use perk_term::Verbosity;

use crate::commands::{CompletionsArgs, ConfigArgs, DockerRunArgs, IamArgs, ScaffoldArgs};
use crate::words::word;

/// The tools that every engineering company ends up writing for itself
#[derive(Debug, Parser)]
#[command(
    name = "perk",
    version,
    propagate_version = false,
    arg_required_else_help = true
)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Scaffold(ScaffoldArgs),
    Iam(IamArgs),
    DockerRun(Box<DockerRunArgs>),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say also what was looked at and passed over
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Color the output, or not
    #[arg(long, global = true, value_name = "WHEN", value_parser = word::<ColorWhen>())]
    color: Option<ColorWhen>,
}

impl GlobalArgs {
    pub(crate) fn config_flags(&self) -> Flags {
        Flags { color: self.color }
    }

    pub(crate) fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}
